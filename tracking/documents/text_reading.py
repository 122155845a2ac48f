"""The plain text of an uploaded paper: .docx or .txt, told by its content. Runs only in the limited process."""

from io import BytesIO

import docx
from docx.table import Table

from tracking.documents.csv_reading import text_of
from tracking.documents.workbook_zip import MOST_ENTRIES, check_entries, check_parts, entries_of
from tracking.messages import Message, Refusal


def text_of_paper(content: bytes) -> str:
    """The paragraphs, and the cells of tables, one a line. Raises `Refusal` for any other kind of file."""
    if content.startswith(b"PK"):
        return _text_of_word(content)
    text = None if content.startswith(b"%PDF-") else text_of(content)
    if text is None:
        raise Refusal(Message("articles.no_text"))
    return text


def _text_of_word(content: bytes) -> str:
    check_entries(entries_of(content, MOST_ENTRIES))
    check_parts(content)
    paper = docx.Document(BytesIO(content))
    lines: list[str] = []
    for part in paper.iter_inner_content():
        if isinstance(part, Table):
            lines += [cell.text for row in part.rows for cell in row.cells]
        else:
            lines.append(part.text)
    return "\n".join(lines)
