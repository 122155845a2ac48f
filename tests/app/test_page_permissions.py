"""Every page × every role, as the one table of roles says; a page or a role without its row fails."""

from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.navigation import PAGES, SCRIPTS
from tests.app.conftest import Open
from tests.support.finding import some
from tests.support.people import WHO
from tracking.messages import text
from tracking.permissions import ROLES
from tracking.vocabulary import Language, Role


def test_every_script_has_its_row_and_every_role_its_person():
    scripts = {path.stem for path in some(Path(SCRIPTS).glob("*.py"))} - {"__init__"}
    assert scripts == set(PAGES)
    assert set(WHO) == set(ROLES)


def _headlines(seen: AppTest) -> list[str]:
    return [element.value for element in seen.header]


@pytest.mark.parametrize(("name", "role"), list(product(PAGES, Role)))
def test_a_page_is_open_to_whom_the_table_says_and_to_nobody_else(open_page: Open, name: str, role: Role):
    seen = open_page(name, WHO[role])
    assert [error.message for error in seen.exception] == []
    refusal = text("access.refused", Language.ZH_CN, page=text(f"page.{name}", Language.ZH_CN))
    rights = PAGES[name].rights
    expected = not rights or bool(rights & ROLES[role].rights)
    assert (refusal not in _headlines(seen)) is expected
    assert len(seen.main) > 1 or not expected


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_sees_nothing_of_any_page(open_page: Open, name: str):
    seen = open_page(name, None)
    assert [error.message for error in seen.exception] == [text("access.signed_out", Language.ZH_CN)]
    assert _headlines(seen) == []
