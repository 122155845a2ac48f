"""Text fit for a label or a column: harmless, and cut to a width."""

import unicodedata
from functools import lru_cache

# In every label, Plotly reads a subset of HTML, and formulas between dollar signs.
_HARMLESS = str.maketrans({"<": "＜", ">": "＞", "$": "＄"})
_BREAKS = "\t\r\n"
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def plain(words: object) -> str:
    """User text made safe for a label: no markup, formulas or invisible characters."""
    return _plain(str(words))


# The names in a picture are the same again and again.
@lru_cache(maxsize=4096)
def _plain(words: str) -> str:
    shown = "".join(" " if c in _BREAKS else c for c in words if c in _BREAKS or not _hidden(c))
    return " ".join(shown.translate(_HARMLESS).split())


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE


def columns_of(words: str) -> int:
    """Width of a text in half-width characters; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def shortened(words: object, width: int) -> str:
    """`plain` text cut to a width in half-width characters, the cut marked by "…"."""
    return _shortened(plain(words), width)


@lru_cache(maxsize=4096)
def _shortened(shown: str, width: int) -> str:
    if columns_of(shown) <= width:
        return shown
    while columns_of(shown) > width - 1:
        shown = shown[:-1]
    return shown.rstrip() + "…"
