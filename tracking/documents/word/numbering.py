"""Heading numbers: one four-level list, Word's own, restarted in every annex."""

from typing import Any

from docx.document import Document

from tracking.documents.word.marks import mark
from tracking.documents.word.styles import HEADINGS
from tracking.vocabulary import Language

# Format and text of each level.
LEVELS = {
    Language.ZH_CN: (
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
    ),
    Language.EN: (
        ("decimal", "%1. "),
        ("lowerLetter", "(%2) "),
        ("lowerRoman", "%3. "),
        ("decimal", "(%4) "),
    ),
}
# An id that the template's own lists do not use.
_LIST = 90


def add_heading_list(document: Document, language: Language) -> None:
    """Define the list in the file."""
    levels = [_level(at, form, words) for at, (form, words) in enumerate(LEVELS[language])]
    multi = mark("w:multiLevelType", val="multilevel")
    numbering = document.part.numbering_part.element
    numbering.insert(0, mark("w:abstractNum", multi, *levels, abstractNumId=_LIST))
    numbers = new_numbers(document)
    for level, name in enumerate(HEADINGS):
        place_in_list(document.styles[name].element, level, numbers)


def new_numbers(document: Document) -> int:
    """The key of the same list, restarted from one."""
    numbers = document.part.numbering_part.element.add_num(_LIST)
    for level in range(len(HEADINGS)):
        numbers.add_lvlOverride(level).add_startOverride(1)
    return int(numbers.numId)


def place_in_list(element: Any, level: int, numbers: int) -> None:
    """Give a style or a paragraph its place: level 0 to 3 of the list with this key."""
    place = element.get_or_add_pPr().get_or_add_numPr()
    place.get_or_add_ilvl().val, place.get_or_add_numId().val = level, numbers


def _level(at: int, form: str, words: str) -> object:
    """A number followed by nothing, indented like the lines of the body."""
    place = mark("w:pPr", mark("w:ind", firstLineChars=200, firstLine=640))
    return mark(
        "w:lvl",
        mark("w:start", val=1),
        mark("w:numFmt", val=form),
        mark("w:pStyle", val=HEADINGS[at].replace(" ", "")),
        mark("w:suff", val="nothing"),
        mark("w:lvlText", val=words),
        mark("w:lvlJc", val="left"),
        place,
        ilvl=at,
    )
