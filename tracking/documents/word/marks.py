"""Markup that python-docx has no names for, and text made safe for a file."""

import re
import unicodedata
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

# XML cannot hold these; line breaks and tabs are kept.
_FORBIDDEN = {"Cc", "Cs", "Cn"}
_NUMBERS = re.compile(r"(?<=[0-9])、(?=[0-9])")


def mark(name: str, *inside: Any, **attributes: object) -> Any:
    """An element of the word-processing namespace, such as `mark("w:tblHeader", val="true")`."""
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), str(value))
    element.extend(inside)
    return element


def indent(properties: Any, *, size: int, **characters: float) -> None:
    """Indent by characters of a size in points: `firstLine`, `hanging`, `left` or `right`.

    Written in characters, which follow the font size, and in twips for programs that do not support
    characters.
    """
    place = properties.get_or_add_ind()
    for side, count in characters.items():
        place.set(qn(f"w:{side}Chars"), str(round(count * 100)))
        place.set(qn(f"w:{side}"), str(round(count * size * 20)))


def writable(words: str) -> str:
    """A text without the characters that would make the file unreadable.

    A list of numbers gets explicit break opportunities after its commas; some programs would break it before
    the first.
    """
    kept = "".join(sign for sign in words if sign in "\n\t" or unicodedata.category(sign) not in _FORBIDDEN)
    return _NUMBERS.sub("、\u200b", kept)
