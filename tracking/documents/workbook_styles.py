"""What the styles and the rich texts of a workbook show: percent signs, and what was struck out.

Runs only in the limited process, like `tracking.documents.workbook_reading`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from zipfile import ZipFile

from tracking.documents.rich_texts import kept_texts
from tracking.documents.xml_parts import tree_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN_PERCENT = {9, 10}
# Characters of a format; Excel takes no more.
_LONGEST_FORMAT = 255
_NOT_SHOWN_AS_PERCENT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles, by their number in the file, that show a percent sign, only quote one, or strike the text out."""

    percent: frozenset[str] = frozenset()
    quoted: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    # Shared text → what of it is not struck out, for those of which a part is.
    kept: Mapping[str, str] = field(default_factory=dict)


def shows_percent(code: str) -> bool:
    """Whether a number format shows a number as a percentage."""
    return "%" in code and "%" in _NOT_SHOWN_AS_PERCENT.sub("", code[:_LONGEST_FORMAT])


def quotes_percent(code: str) -> bool:
    """Whether a number format only puts a percent sign behind a number."""
    return "%" in code and not shows_percent(code)


def styles_of(archive: ZipFile) -> Styles:
    """The styles of a workbook."""
    names = archive.namelist()
    kept = kept_texts(archive.read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else {}
    if "xl/styles.xml" not in names:
        return Styles(kept=kept)
    styles = tree_of(archive.read("xl/styles.xml"))
    codes = {
        int(made.get("numFmtId", 0)): made.get("formatCode", "") for made in styles.iter(f"{MAIN}numFmt")
    }
    percent = {at for at, code in codes.items() if shows_percent(code)}
    quoted = {at for at, code in codes.items() if quotes_percent(code)}
    fonts = [_strikes(font) for font in _children(styles, "fonts")]
    formats = _children(styles, "cellXfs")
    return Styles(
        percent=_those(int(one.get("numFmtId", 0)) in percent | _BUILT_IN_PERCENT for one in formats),
        quoted=_those(int(one.get("numFmtId", 0)) in quoted for one in formats),
        struck=_those(_at(fonts, int(one.get("fontId", 0))) for one in formats),
        kept=kept,
    )


def _children(styles: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    found = styles.find(f"{MAIN}{name}")
    return [] if found is None else list(found)


def _strikes(font: ElementTree.Element) -> bool:
    strike = font.find(f"{MAIN}strike")
    return strike is not None and strike.get("val", "1") not in {"0", "false"}


def _at(fonts: list[bool], place: int) -> bool:
    return place < len(fonts) and fonts[place]


def _those(chosen: Iterable[bool]) -> frozenset[str]:
    return frozenset(str(at) for at, one in enumerate(chosen) if one)
