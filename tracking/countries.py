"""Countries and regions abroad by their codes of ISO 3166-1, with their names in both languages.

The names are those of the Unicode CLDR, which Babel carries.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale

from tracking.messages import text
from tracking.vocabulary import Language

# Territories of the CLDR that are no codes of ISO 3166-1, or none of a place abroad.
_NO_COUNTRIES = frozenset(
    {"AC", "CN", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
)
_LOCALES = {Language.ZH_CN: "zh_Hans", Language.EN: "en"}
# Asked for in place of a country: those on the list of countries along the route.
ALONG = "along"
# How many one entry, task or difficulty may name.
MOST_COUNTRIES = 30
_APART, _COMMAS = re.compile(r"[、；;/|\n]"), re.compile("[，,]")
# As official texts write them.
_WRITTEN = {
    Language.ZH_CN: {
        "AE": "阿联酋",
        "FK": "马尔维纳斯群岛（福克兰）",
        "HK": "中国香港",
        "MN": "蒙古国",
        "MO": "中国澳门",
        "PS": "巴勒斯坦",
        "TW": "中国台湾",
    },
    Language.EN: {
        "FK": "Falkland Islands (Malvinas)",
        "HK": "Hong Kong, China",
        "MO": "Macao, China",
        "PS": "Palestine",
        "TW": "Taiwan, China",
    },
}


@cache
def countries(language: Language) -> Mapping[str, str]:
    """Code → name of every country and region, in the order of the names as the language sorts them here."""
    found = {
        str(code): str(name)
        for code, name in Locale.parse(_LOCALES[language]).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    } | _WRITTEN[language]
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def country_name(code: str, language: Language) -> str:
    """The name of a country; the code itself if it is no country."""
    return countries(language).get(code, code)


def country_names(codes: Iterable[str], language: Language) -> str:
    """Several names as one text."""
    mark = "、" if language is Language.ZH_CN else "; "  # a name may hold a comma: Hong Kong, China
    return mark.join(country_name(code, language) for code in codes)


def is_country(code: str) -> bool:
    """Whether a code is one of a country or region."""
    return code in countries(Language.EN)


def country_asked(given: str | None) -> str | None:
    """What a filter asks for: `ALONG`, or the code of a country given by code or name; None for anything else."""
    return ALONG if given == ALONG else country_of(given or "")


def asked_words(asked: str, language: Language) -> str:
    """What a filter asks for, in words."""
    return text("filter.along", language) if asked == ALONG else country_name(asked, language)


def countries_in(said: str) -> tuple[tuple[str, ...], list[str]]:
    """The codes of the countries that a text names one after another, in order, and the names that are of none."""
    named = [name for part in _APART.split(said) for name in _names_in(part)]
    codes = {name: country_of(name) for name in named}
    found = tuple(sorted({code for code in codes.values() if code}))
    return found, [name for name, code in codes.items() if code is None]


def _names_in(part: str) -> list[str]:
    """The names that a part holds: one, or several with commas between."""
    names = [part] if country_of(part) else _COMMAS.split(part)
    return [name.strip() for name in names if name.strip()]


def country_of(said: str) -> str | None:
    """The code of a country given by its code or its name in either language, or None."""
    given = said.strip()
    if given.upper() in countries(Language.EN):
        return given.upper()
    return _by_name().get(given.casefold())


@cache
def _by_name() -> Mapping[str, str]:
    return {name.casefold(): code for language in Language for code, name in countries(language).items()}
