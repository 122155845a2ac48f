"""The typefaces to set a document in: those that the Word file names, as far as this machine has them."""

from collections.abc import Collection, Iterator

from tracking.documents.fonts import CHINESE
from tracking.documents.word.fonts import LATIN, TYPEFACES, Typeface
from tracking.messages import Message, Refusal

# Metric-compatible with Times New Roman, then what the typesetter carries itself.
_LATIN = (LATIN, "Liberation Serif", "Tinos", "Libertinus Serif")


def fonts_of(typeface: Typeface, there: Collection[str]) -> list[dict[str, str] | str]:
    """The fonts for a typeface, best first, of those that are there; letters and digits in a common one.

    Raises `Refusal` where no font knows Chinese: a page of boxes helps nobody.
    """
    chinese = _known((typeface.name, *typeface.instead, *_others(typeface), *CHINESE), there)
    if not chinese:
        raise Refusal(Message("paper.no_font"))
    return [*({"name": name, "covers": "latin-in-cjk"} for name in _known(_LATIN, there)), *chinese]


def _others(typeface: Typeface) -> Iterator[str]:
    """The names of the other typefaces, those of the same family first."""
    for other in sorted(TYPEFACES, key=lambda one: one.family != typeface.family):
        yield from (other.name, *other.instead)


def _known(names: Collection[str], there: Collection[str]) -> list[str]:
    known = {name.casefold() for name in there}
    return [name for name in dict.fromkeys(names) if name.casefold() in known]
