"""What stands at the head of every page, on odd pages and on even ones."""

from io import BytesIO

import docx
from docx.section import Section

from tracking.documents.word.marks import writable
from tracking.documents.word.package import packed


def set_head(section: Section, words: str) -> None:
    """Set the text of the page header, empty for none."""
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = writable(words)


def with_head(content: bytes, words: str) -> bytes:
    """A finished file with this text added to its page header, before any existing text."""
    document = docx.Document(BytesIO(content))
    (section,) = document.sections
    before = section.header.paragraphs[0].text
    set_head(section, "　".join(filter(None, (words, before))))
    return packed(document)
