"""The text of a paper, read by a real limited process."""

from io import BytesIO

import docx
import pytest

from tests.support.trail import refusal_of
from tracking.documents.limited import read_text
from tracking.documents.text_reading import text_of_paper
from tracking.documents.workbook_process import DEEDS


def _paper(*paragraphs: str) -> bytes:
    paper, content = docx.Document(), BytesIO()
    for text in paragraphs:
        paper.add_paragraph(text)
    paper.add_table(1, 1).cell(0, 0).text = "表中文字"
    paper.save(content)
    return content.getvalue()


def test_paragraphs_and_tables_of_a_word_file_are_read():
    paper, said = _paper("一、重点工作", "（一）参展"), "一、重点工作\n（一）参展\n表中文字"
    assert read_text(paper) == said
    assert DEEDS["text"](paper).decode() == said


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_any_usual_encoding(encoding):
    assert text_of_paper("一、重点工作".encode(encoding)) == "一、重点工作"


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"\0\1\2\3", b"PK\3\4broken", _paper("x")[:900]])
def test_what_holds_no_text_is_refused_in_words(content):
    assert refusal_of(read_text, content).messages[0].key == "articles.no_text"
    assert refusal_of(DEEDS["text"], content).messages[0].key == "articles.no_text"
