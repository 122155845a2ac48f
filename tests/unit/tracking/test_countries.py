"""Countries by their codes: what counts as one, and how it is written in both languages."""

import pytest

from tracking.countries import countries, country_name, country_of
from tracking.vocabulary import Language


def test_both_languages_know_the_same_countries_and_none_that_is_no_place_abroad():
    chinese, english = (countries(language) for language in Language)
    assert chinese.keys() == english.keys()
    assert not chinese.keys() & {"CN", "EU", "UN", "XK", "ZZ"}
    assert all(len(code) == 2 and code.isupper() for code in chinese)


def test_regions_of_china_are_written_as_such():
    for code in ("HK", "MO", "TW"):
        assert country_name(code, Language.ZH_CN).startswith("中国")
        assert country_name(code, Language.EN).endswith(", China")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("哈萨克斯坦", "KZ"),
        (" kazakhstan ", "KZ"),
        ("kz", "KZ"),
        ("阿联酋", "AE"),
        ("某国", None),
        ("CN", None),
    ],
)
def test_a_country_is_known_by_code_or_name(given, code):
    assert country_of(given) == code


def test_a_code_that_is_no_country_is_shown_as_it_is():
    assert country_name("ZZ", Language.EN) == "ZZ"
