"""Styles of an official document: built-in ones under their own names, in GB/T 9704-2012 sizes.

Sizes and lines are points: 2号 is 22, 3号 16, 4号 14, 小四 12.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from tracking.documents.word.fonts import (
    BODY,
    HEADING,
    LATIN,
    NUMBER,
    SECOND_HEADING,
    TITLE,
    Typeface,
    names_of,
)
from tracking.documents.word.marks import indent, mark

BODY_SIZE, LINE = 16, 29
# 28 characters of 16 points are wider than the 156 mm text block, so each gives up a quarter point (in twips).
CLOSER = -5
_CENTRE, _LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True, slots=True)
class Manner:
    """How a style looks; `first` indents its first line by characters, `leads` keeps it with what follows."""

    typeface: Typeface = BODY
    size: int = BODY_SIZE
    line: int = LINE
    first: int = 0
    placed: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    leads: bool = False


HEADINGS = tuple(f"Heading {level}" for level in (1, 2, 3, 4))
MANNERS: Mapping[str, Manner] = {
    "Normal": Manner(),
    "Title": Manner(TITLE, size=22, line=36, placed=_CENTRE, leads=True),
    "Salutation": Manner(),
    **{
        name: Manner(typeface, first=2, leads=True)
        for name, typeface in zip(HEADINGS, (HEADING, SECOND_HEADING, BODY, BODY), strict=True)
    },
    "Body Text": Manner(first=2),
    "Caption": Manner(HEADING, size=14, placed=_CENTRE, leads=True),
    "Table Header": Manner(HEADING, size=12, line=18, placed=_CENTRE, leads=True),
    "Table Text": Manner(size=12, line=18, placed=_LEFT),
    "Table Figure": Manner(size=12, line=18, placed=_RIGHT),
    "Large Text": Manner(HEADING, size=18, line=28, placed=_LEFT),
    "Gap": Manner(size=2, line=4),
    "Flush Left": Manner(placed=_LEFT),
    "Centred": Manner(placed=_CENTRE),
    "Annex Mark": Manner(HEADING, placed=_LEFT, leads=True),
    "Signature": Manner(placed=_RIGHT, leads=True),
    "Date": Manner(placed=_RIGHT),
    "Header": Manner(HEADING, size=14, line=20, placed=_RIGHT),
    "Footer": Manner(NUMBER, size=14, line=20, placed=_LEFT),
}
# Word knows these by name, though the template lacks them.
_BUILT_IN = {"Salutation", "Signature", "Date"}


def set_styles(document: Document) -> None:
    """Set the look of every style in use, discarding what the template says about it."""
    _forget_defaults(document)
    for name, manner in MANNERS.items():
        _apply(_style(document, name), manner)
    for level, name in enumerate(HEADINGS):
        document.styles[name].element.get_or_add_pPr().append(mark("w:outlineLvl", val=level))


def _forget_defaults(document: Document) -> None:
    """Drop the template's defaults: fonts from its theme, and American English."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.clear()
    defaults.extend([_fonts(BODY), mark("w:lang", val="en-GB", eastAsia="zh-CN")])


def _fonts(typeface: Typeface) -> Any:
    fonts = mark("w:rFonts")
    for name, value in names_of(typeface).items():
        fonts.set(qn(name), value)
    return fonts


def _style(document: Document, name: str) -> Any:
    if name in {style.name for style in document.styles}:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in _BUILT_IN)
    style.base_style = document.styles["Normal"]
    return style


def _apply(style: Any, manner: Manner) -> None:
    for part in (style.element.rPr, style.element.pPr):
        if part is not None:
            style.element.remove(part)
    style.font.name, style.font.size = LATIN, Pt(manner.size)
    style.element.rPr.replace(style.element.rPr.rFonts, _fonts(manner.typeface))
    if manner.size == BODY_SIZE:
        style.element.rPr.insert_element_before(mark("w:spacing", val=CLOSER), "w:sz")
    layout = style.paragraph_format
    layout.alignment, layout.keep_with_next = manner.placed, manner.leads
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(manner.line)
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False
    if manner.first:
        indent(style.element.pPr, size=manner.size, firstLine=manner.first)
