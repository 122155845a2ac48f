"""Countries and regions abroad by their codes of ISO 3166-1, with their names in both languages.

The names are those of the Unicode CLDR, which Babel carries.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale

from tracking.vocabulary import Language

# Territories of the CLDR that are no codes of ISO 3166-1, or none of a place abroad.
_NO_COUNTRIES = frozenset(
    {"AC", "CN", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
)
_LOCALES = {Language.ZH_CN: "zh_Hans", Language.EN: "en"}
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
    mark = "、" if language is Language.ZH_CN else ", "
    return mark.join(country_name(code, language) for code in codes)


def country_of(text: str) -> str | None:
    """The code of a country given by its code or its name in either language, or None."""
    given = text.strip()
    if given.upper() in countries(Language.EN):
        return given.upper()
    return _by_name().get(given.casefold())


@cache
def _by_name() -> Mapping[str, str]:
    return {name.casefold(): code for language in Language for code, name in countries(language).items()}
