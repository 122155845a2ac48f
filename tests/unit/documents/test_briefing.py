"""A briefing as an official document: what is kept is what is printed, and its picture is crisp."""

import io
import re
import struct
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import docx

from tests.support.office import PRINTED, converted
from tests.support.patience import SECONDS
from tracking.documents.briefing import briefing_document
from tracking.documents.pictures import DOTS_PER_INCH, completion_picture
from tracking.documents.word import Picture, official_document
from tracking.vocabulary import BriefingKind, Language

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)')
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


@dataclass(frozen=True)
class Word:
    """A word as it was printed: its page, and where it stands in millimetres from the left and the top."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    text: str


def printed(folder: Path, document: bytes) -> tuple[list[Word], bytes]:
    """Every word of the document as LibreOffice prints it, and the PDF itself."""
    source = folder / "briefing.docx"
    source.write_bytes(document)
    (pdf,) = converted(folder, source, to=PRINTED)
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, timeout=SECONDS)
    words = []
    for page, part in enumerate(boxes.stdout.decode().split("<page ")[1:], start=1):
        for box in WORD.finditer(part):
            left, top, right, bottom = (float(value) * 25.4 / 72 for value in box.groups()[:4])
            words.append(Word(page, left, right, top, bottom, box.group(5)))
    return words, pdf.read_bytes()


def test_what_an_office_suite_prints_stands_in_the_text_block_of_the_standard(tmp_path: Path):
    numbers = "、".join(map(str, range(1, 41)))
    laggards = "\n".join(["慢序时任务共40项。", *[f"内蒙古40项：{numbers}。"] * 9])
    words, pdf = printed(tmp_path, made(sections={**CONTENT["sections"], "laggards": laggards}))
    pages = max(word.page for word in words)
    assert pages == 6, "three of the body, one an annex"
    assert b"/Subtype/Image" in pdf
    for word in words:
        # The inner margin, 28 mm, changes sides; half a millimetre is left to the side bearings of a letter.
        left = 28 if word.page % 2 else 26
        assert left - 0.5 <= word.left
        assert word.right <= left + 156 + 0.5
    body = [word for word in words if word.top >= 37 and word.bottom <= 262.5]
    outside = [word.text for word in words if word not in body]
    assert outside.count("草稿") == pages
    assert "".join(outside).replace("草稿", "") == "".join(f"—{page}—" for page in range(1, pages + 1))
    # No list of numbers has stretched the words before it.
    assert [word.text for word in body].count("内蒙古") == 9


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(tmp_path: Path):
    words, _ = printed(tmp_path, made())
    numbers = {word.page: word for word in words if word.top > 262.5 and word.text.isdecimal()}
    assert [number.text for number in numbers.values()] == ["1", "2", "3", "4"]
    assert all((number.left > 105) == bool(page % 2) for page, number in numbers.items())
