"""What the styles and the rich texts of a workbook show: percent signs, and what was struck out.

Runs only in the limited process, like `tracking.documents.workbook_reading`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN_PERCENT = {9, 10}
_NOT_SHOWN_AS_PERCENT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_STRING = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r\b[^>]*>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>(.*?)</(?:\w+:)?t>", re.DOTALL)
_STRIKE = re.compile(rb'<(?:\w+:)?strike\b(?!\s+val="(?:0|false)")')


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles, by their number in the file, that show a percent sign, only quote one, or strike the text out."""

    percent: frozenset[bytes] = frozenset()
    quoted: frozenset[bytes] = frozenset()
    struck: frozenset[bytes] = frozenset()
    # Shared text → what of it is not struck out, for those of which a part is.
    kept: Mapping[bytes, str] = field(default_factory=dict)


def styles_of(archive: ZipFile) -> Styles:
    """The styles of a workbook."""
    names = archive.namelist()
    kept = _kept_texts(archive.read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else {}
    if "xl/styles.xml" not in names:
        return Styles(kept=kept)
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314 -- no part has a DTD: check_parts
    codes = {
        int(made.get("numFmtId", 0)): made.get("formatCode", "") for made in styles.iter(f"{MAIN}numFmt")
    }
    percent = {at for at, code in codes.items() if "%" in _NOT_SHOWN_AS_PERCENT.sub("", code)}
    quoted = {at for at, code in codes.items() if "%" in code} - percent
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


def _those(chosen: Iterable[bool]) -> frozenset[bytes]:
    return frozenset(str(at).encode() for at, one in enumerate(chosen) if one)


def _kept_texts(shared: bytes) -> dict[bytes, str]:
    if not _STRIKE.search(shared):
        return {}
    texts = (
        (str(at).encode(), kept_text(match[1] or b"")) for at, match in enumerate(_STRING.finditer(shared))
    )
    return {at: text for at, text in texts if text is not None}


def kept_text(rich: bytes) -> str | None:
    """What of a rich text is not struck out; None if nothing of it is."""
    if not _STRIKE.search(rich):
        return None
    runs = (run for run in _RUN.findall(rich) if not _STRIKE.search(run))
    return unescape(b"".join(text for run in runs for text in _TEXT.findall(run)).decode(errors="replace"))
