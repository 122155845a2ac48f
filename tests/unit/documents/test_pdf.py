"""Official documents as PDF: what the Word file says is read again from the PDF, and it is laid out by the same measures."""

import re
from collections import Counter
from datetime import date
from io import BytesIO
from itertools import pairwise

import docx
import pypdfium2
import pytest
import typst
from docx.oxml.ns import qn

from tests.support.fonts import needs_chinese_font
from tests.unit.documents.test_word import made
from tracking.documents.attestation import qr_code
from tracking.documents.pdf import as_pdf
from tracking.documents.pdf.fonts import fonts_of
from tracking.documents.word import (
    Annex,
    Beside,
    Heading,
    Paragraph,
    Picture,
    Placing,
    Signatures,
    Table,
    with_head,
)
from tracking.documents.word.fonts import BODY, HEADING
from tracking.messages import Refusal
from tracking.vocabulary import Language

MILLIMETRE = 72 / 25.4
# Signs that would be markup in one program or another, and rare and wide ones beside common ones.
ODD = "*加粗* #let x = 1; $a_b$ <b>标记</b> @引用 \\n 第3季度“进口/出口”——80%，㎡、①、〔2017〕191号"
TABLES = (
    Table(
        ["序号", "任务", "偏差"],
        [(n, f"第{n}项任务，{'内容' * n}", "-12.5%") for n in range(1, 60)],
        (1, 5, 2),
        "表1",
    ),
    Table(["名称"], [["长" * 900]]),
)
EVERYTHING = (
    Paragraph(f"{ODD}\n第二段，" + "各地区持续推进，" * 60),
    Heading("总体情况"),
    Heading("重点领域", 2),
    Heading("其中", 2),
    Heading("细目", 3),
    Heading("细目之下", 4),
    Heading("存在问题"),
    TABLES[0],
    Signatures(["审签人", "盖章", "日期"]),
    Beside(Picture(qr_code("abc"), 30, "核验码"), ["ABCD-1234", "张三制作"]),
    Paragraph("居中", Placing.CENTRED),
    Paragraph("https://example.test/" + "a" * 200, Placing.FLUSH),
)
WHOLE = {
    "title": "关于实施情况的通报\n（2026年第三季度）",
    "addressee": "各有关单位",
    "signed_by": "工作组",
    "draft": "草稿",
    "annexes": [Annex("清单", [Heading("甲"), Heading("乙", 2), TABLES[1]]), Annex("另附")],
}


NUMBERED = {
    Language.ZH_CN: (
        *(
            ("一、", "总体情况"),
            ("（一）", "重点领域"),
            ("（二）", "其中"),
            ("1.", "细目"),
            ("（1）", "细目之下"),
        ),
        *(("二、", "存在问题"), ("一、", "甲"), ("（一）", "乙")),
    ),
    Language.EN: (
        *(("1.", "总体情况"), ("(a)", "重点领域"), ("(b)", "其中"), ("i.", "细目"), ("(1)", "细目之下")),
        *(("2.", "存在问题"), ("1.", "甲"), ("(a)", "乙")),
    ),
}


@pytest.fixture(autouse=True)
def _font():
    needs_chinese_font()


def opened(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(as_pdf(content))


def signs_of(content: bytes) -> str:
    """What a PDF says without any space: where lines end is the layout's. Heads and page numbers are left out."""
    said = []
    with opened(content) as pdf:
        for page in pdf:
            box = (28 * MILLIMETRE - 6, 34 * MILLIMETRE, 184 * MILLIMETRE + 6, (297 - 36) * MILLIMETRE)
            width, height = page.get_size()
            assert (round(width / MILLIMETRE), round(height / MILLIMETRE)) == (210, 297)
            left, bottom, _, top = box
            said.append(page.get_textpage().get_text_bounded(left, bottom, width - left + 8, top))
    return _bare("".join(said))


def _bare(words: str) -> str:
    return re.sub(r"[\s\u200b\ufffe]", "", words)


def words_of(content: bytes) -> str:
    """What the Word file says in its body, the numbers of headings left out."""
    body = docx.Document(BytesIO(content)).element.body
    return _bare("".join(found.text or "" for found in body.iter(qn("w:t"))))


@pytest.mark.parametrize("language", Language)
def test_the_pdf_says_what_the_word_file_says(language: Language):
    content = made(*EVERYTHING, **WHOLE, language=language)
    said, wanted = signs_of(content), words_of(content)
    for number, heading in NUMBERED[language]:
        assert number + heading in said
        said = said.replace(number + heading, heading, 1)
    for table in TABLES:
        # The header stands on every page that the table reaches.
        again = "".join(table.headers)
        first = said.index(again) + len(again)
        said = said[:first] + said[first:].replace(again, "")
    assert said == wanted


def test_every_sign_has_a_glyph_and_every_font_is_embedded():
    content = as_pdf(made(Paragraph(ODD)))
    assert content.count(b"/FontFile3") + content.count(b"/FontFile2") > 0
    with pypdfium2.PdfDocument(content) as pdf:
        assert "\ufffd" not in pdf[0].get_textpage().get_text_range()


def test_lines_stand_where_the_standard_puts_them():
    with opened(made(Paragraph("字" * 28 * 60), title="题")) as pdf:
        page = pdf[1].get_textpage()
        signs = [n for n in range(page.count_chars()) if page.get_text_range(n, 1) == "字"]
        boxes = [page.get_charbox(n, loose=True) for n in signs]
    tops = sorted({round(top) for *_, top in boxes}, reverse=True)
    lefts = Counter(round(left) for left, *_ in boxes)
    assert len(boxes) == 22 * 28
    assert [above - below for above, below in pairwise(tops)] == [29] * 21
    # An even page: the inner margin is on the right.
    assert min(lefts) == round(26 * MILLIMETRE)
    assert set(lefts.values()) == {22}


def test_a_page_number_stands_on_the_outer_side():
    with opened(made(Paragraph("字" * 28 * 40))) as pdf:
        found = [_place(page, f"— {number} —") for number, page in enumerate(pdf, start=1)]
    assert [place > 105 for place in found[:2]] == [True, False]


def _place(page: pypdfium2.PdfPage, words: str) -> float:
    text = page.get_textpage()
    place, _ = text.search(words).get_next()
    return text.get_charbox(place)[0] / MILLIMETRE


def test_the_head_of_a_draft_is_on_every_page():
    with opened(with_head(made(Paragraph("字" * 28 * 50), draft="草稿"), "示例数据")) as pdf:
        assert len(pdf) > 2
        for page in pdf:
            assert "示例数据 草稿" in page.get_textpage().get_text_range().replace("\u3000", " ")


def test_a_picture_is_drawn_and_described():
    with opened(made(Picture(qr_code("abc"), 40, "核验码"))) as pdf:
        (image,) = [one for one in pdf[0].get_objects() if isinstance(one, pypdfium2.PdfImage)]
        left, _, right, _ = image.get_bounds()
    assert (right - left) / MILLIMETRE == pytest.approx(40, abs=0.1)


def test_the_same_file_gives_the_same_bytes_and_bears_its_own_day():
    content = made(Paragraph("正文"), date_on=date(2026, 9, 30))
    assert as_pdf(content) == as_pdf(content)
    with opened(content) as pdf:
        about = pdf.get_metadata_dict()
    assert about["Title"] == "关于补齐要素的函"
    assert about["CreationDate"].startswith("D:20260930")


def test_without_a_chinese_font_it_is_refused():
    with pytest.raises(Refusal) as refused:
        as_pdf(made(Paragraph("正文")), typst.Fonts(include_system_fonts=False))
    assert [message.key for message in refused.value.messages] == ["paper.no_font"]


def test_each_typeface_takes_the_best_font_that_is_there():
    there = ["FangSong", "SIMHEI", "Noto Serif CJK SC", "Libertinus Serif", "Times New Roman"]
    latin = [{"name": name, "covers": "latin-in-cjk"} for name in ("Times New Roman", "Libertinus Serif")]
    assert fonts_of(BODY, there) == [*latin, "FangSong", "Noto Serif CJK SC", "SimHei"]
    assert fonts_of(HEADING, there) == [*latin, "SimHei", "Noto Serif CJK SC", "FangSong"]
    assert fonts_of(BODY, ["WenQuanYi Zen Hei"]) == ["WenQuanYi Zen Hei"]
