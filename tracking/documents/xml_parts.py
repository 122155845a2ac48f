"""Walking the XML of an uploaded workbook in one pass, however it is made; runs only in the limited process.

A pattern that looks for the end of a cell looks through the whole rest of the sheet for each that has none: a megabyte of
unclosed cells takes a minute. A parser knows at the first wrong tag, and is never misled by a comment.
"""

from collections.abc import Mapping
from typing import Protocol
from xml.etree import ElementTree
from xml.parsers.expat import ParserCreate

from tracking.messages import Message, Refusal

# Tags and comments; a text comes in pieces. The parser begins a token anew with each piece that does not end it.
_LONGEST_TOKEN = 1024 * 1024
_PIECE = 128 * 1024
# The styles of a workbook that has as many as Excel takes have some ten megabytes.
_LARGEST_TREE = 16 * 1024 * 1024


class Walker(Protocol):
    """What is told of a part: elements by their names without a prefix, and the texts between the tags."""

    def start(self, name: str, about: Mapping[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, words: str) -> None: ...


def walk(content: bytes, walker: Walker | None = None) -> None:
    """Tell the walker all of a part. Raises `Refusal` for a tag without an end, ExpatError for other bad XML."""
    parser = ParserCreate()
    parser.buffer_text = True
    if walker is not None:
        start, end = walker.start, walker.end
        parser.StartElementHandler = lambda name, about: start(_bare(name), about)
        parser.EndElementHandler = lambda name: end(_bare(name))
        parser.CharacterDataHandler = walker.text
    for begun in range(0, len(content), _PIECE):
        parser.Parse(content[begun : begun + _PIECE], False)
        if begun - parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise Refusal(Message("upload.bomb"))
    parser.Parse(b"", True)


def tree_of(content: bytes) -> ElementTree.Element:
    """A small part as a tree. Raises as `walk`, and `Refusal` if it is not small."""
    if len(content) > _LARGEST_TREE:
        raise Refusal(Message("upload.bomb"))
    walk(content)
    return ElementTree.fromstring(content)  # noqa: S314 -- no part has a DTD: check_parts


def _bare(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name
