"""Both languages say the same things, and everything the code names has its wording."""

import ast
from pathlib import Path

import pytest

from tests.unit.structure import source
from tests.unit.structure.catalogues import NAMING, fault_of, keys_of, placeholders, uses
from tracking.messages import CATALOGUES, catalogue
from tracking.vocabulary import Language

WORDINGS = catalogue(Language.ZH_CN)


@pytest.mark.parametrize("language", Language)
def test_no_message_is_worded_twice_or_left_empty(language):
    assert [key for key, times in keys_of(CATALOGUES / language).items() if times > 1] == []
    assert [key for key, wording in catalogue(language).items() if not wording.strip()] == []


def test_both_languages_have_the_same_messages():
    assert set(catalogue(Language.ZH_CN)) ^ set(catalogue(Language.EN)) == set()


def test_both_languages_have_the_same_placeholders():
    english = catalogue(Language.EN)
    differing = [key for key in WORDINGS if placeholders(WORDINGS[key]) != placeholders(english.get(key, ""))]
    assert differing == []


def test_every_message_the_code_names_is_worded_and_given_its_values():
    found = [use for path in source.files(*source.PRODUCT) for use in uses(path, source.tree_of(path))]
    assert {use.by for use in found} == NAMING, "each way to name a message is looked at"
    assert [fault for fault in (fault_of(use, WORDINGS) for use in found) if fault] == []


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ('Message("greeting", name=1)', None),
        ('Message("greeting", **values)', None),
        ('translate(f"light.{light}")', None),
        ('st.text("not a message")', None),
        ('Message("greetings", name=1)', "planted.py:1 greetings has no wording"),
        ('translate("greeting" if early else "farewell", name=1)', "planted.py:1 farewell has no wording"),
        ('translate("greeting")', "planted.py:1 greeting is not given ['name']"),
        ('translate(f"shade.{light}")', "planted.py:1 no wording fits shade\\..+"),
    ],
)
def test_a_planted_message_is_judged(code, fault):
    wordings = {"greeting": "您好，{name}。", "light.red": "滞后"}
    found = [fault_of(use, wordings) for use in uses(Path("planted.py"), ast.parse(code))]
    assert [one for one in found if one] == ([fault] if fault else [])
