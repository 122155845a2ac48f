"""A briefing as an official document: what is kept is what is printed, and its picture is crisp."""

import io
import re
import shutil
import struct
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from tracking.documents.briefing import briefing_document
from tracking.documents.pictures import DOTS_PER_INCH, FONTS, completion_picture
from tracking.documents.word import Picture, official_document
from tracking.words import BriefingKind, Language

SOFFICE = shutil.which("soffice")
BARS = [
    {"name": "助力中小企业赴沿线国家开展贸易投资", "completion": 632.0, "expected": 700.0},
    {"name": "服务 <b>$x$</b>", "completion": 1000.0, "expected": 1000.0},
]
CONTENT = {
    "title": "关于全国2026年第一季度专项行动实施情况的通报",
    "addressee": "各有关单位",
    "sections": {"opening": "现通报如下。", "overall": "在册任务2项。\n其中1项。", "rows": "", "laggards": "北省2项：1、2。"},
    "annexes": [
        {"title": "慢序时任务清单", "headers": ["单位", "项"], "rows": [["北省", 2]], "widths": [3, 1], "note": "其余见台账。"},
        {"title": "按序时任务清单", "headers": ["单位"], "rows": [["南市"]], "widths": [1], "note": ""},
    ],
    "bars": BARS,
}  # fmt: skip


def made(*, issued: bool = False, **changed) -> bytes:
    return briefing_document(
        CONTENT | changed,
        on=date(2026, 3, 20),
        issued=issued,
        kind=BriefingKind.CIRCULAR,
        language=Language.ZH_CN,
    )


def read(content: bytes):
    return docx.Document(io.BytesIO(content))


def test_sections_stand_under_their_headings_and_an_emptied_one_is_left_out():
    lines = [(line.style.name, line.text) for line in read(made()).paragraphs if line.text]
    assert [words for style, words in lines if style == "Heading 1"] == ["总体情况", "慢序时任务"]
    assert ("Salutation", "各有关单位：") in lines
    assert ("Body Text", "其中1项。") in lines
    assert ("Body Text", "北省2项：1、\u200b2。") in lines
    assert ("Date", "2026年3月20日") in lines


def test_annexes_are_tables_with_their_note_and_the_picture_last():
    document = read(made())
    assert [[cell.text for cell in table.rows[1].cells] for table in document.tables] == [
        ["北省", "2"],
        ["南市"],
    ]
    assert "其余见台账。" in [line.text for line in document.paragraphs]
    (shape,) = document.inline_shapes
    assert round(shape.width.mm) == 150
    assert "完成率" in shape._inline.docPr.get("descr")


def test_a_briefing_without_tasks_has_no_annex():
    document = read(made(annexes=[], bars=[]))
    assert (len(document.tables), len(document.inline_shapes)) == (0, 0)
    assert "附件" not in "".join(line.text for line in document.paragraphs)


def test_only_what_is_not_issued_says_that_it_is_a_draft():
    heads = [read(made(issued=issued)).sections[0].header.paragraphs[0].text for issued in (False, True)]
    assert heads == ["草稿", ""]


def test_the_picture_is_a_png_of_200_dots_an_inch():
    picture = completion_picture(BARS, language=Language.ZH_CN)
    width, height = struct.unpack(">II", picture[16:24])
    assert picture.startswith(b"\x89PNG")
    assert width == round(6.1 * DOTS_PER_INCH)
    assert height > DOTS_PER_INCH
    assert FONTS[-1] == "DejaVu Sans", "the last one comes with the library"


def test_a_picture_stands_in_a_line_of_its_own_height():
    content = official_document(
        title="图",
        blocks=[Picture(completion_picture(BARS, language=Language.EN), width_mm=100)],
        date_on=date(2026, 3, 20),
        language=Language.EN,
    )
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    line = next(part for part in xml.split("<w:p>") if "w:drawing" in part)
    assert 'w:lineRule="auto"' in line


@pytest.mark.skipif(not SOFFICE, reason="NO OFFICE SUITE: the rendered pages are not looked at")
def test_an_office_suite_renders_it_with_the_picture_on_the_last_page(tmp_path: Path):
    file = tmp_path / "briefing.docx"
    file.write_bytes(made())
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)], check=True, capture_output=True, timeout=120
    )  # fmt: skip
    pdf = (tmp_path / "briefing.pdf").read_bytes()
    # The body, an annex a page.
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 4
    assert b"/Subtype/Image" in pdf
