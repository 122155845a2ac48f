"""Official documents as Word files, read again as a reader's program reads them.

The figures are those of GB/T 9704-2012; lengths in millimetres, sizes in points.
"""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from tests.support.factories import at
from tests.support.office import PRINTED, converted, pages_of
from tracking.documents.word import (
    Annex,
    Heading,
    Paragraph,
    Placing,
    Signatures,
    Table,
    official_document,
    with_head,
)
from tracking.documents.word.fonts import TYPEFACES
from tracking.vocabulary import Language

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(*blocks, **more) -> bytes:
    usual = {"title": "关于补齐要素的函", "date_on": date(2026, 11, 23), "language": Language.ZH_CN}
    return official_document(blocks=blocks, **(usual | more))


def read(*blocks, **more) -> Document:
    return docx.Document(BytesIO(made(*blocks, **more)))


def part(name: str, *blocks, **more) -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(made(*blocks, **more))) as file:
        return ElementTree.fromstring(file.read(f"word/{name}.xml"))


def lines(document: Document) -> list[tuple[str, str]]:
    """Style and text of every paragraph that says something."""
    return [(line.style.name, line.text) for line in document.paragraphs if line.text]


def test_the_paper_is_a4_with_the_margins_of_the_standard():
    section = read().sections[0]
    millimetres = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ]
    assert millimetres == [210, 297, 37, 35, 28, 26]
    assert part("settings").find(f"{W}mirrorMargins") is not None


@pytest.mark.parametrize(
    ("name", "chinese", "size", "line"),
    [
        ("Title", "方正小标宋简体", 22, 36),
        ("Body Text", "仿宋", 16, 29),
        ("Salutation", "仿宋", 16, 29),
        ("Heading 1", "黑体", 16, 29),
        ("Heading 2", "楷体", 16, 29),
        ("Heading 3", "仿宋", 16, 29),
        ("Footer", "宋体", 14, 20),
    ],
)
def test_a_style_has_the_typeface_and_size_of_the_standard(name, chinese, size, line):
    style = read().styles[name]
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == chinese
    assert (style.font.size.pt, style.paragraph_format.line_spacing.pt) == (size, line)


def test_no_font_comes_from_a_theme_and_every_one_has_substitutes():
    used = {name for name in _attributes(part("styles"), "eastAsia") if name != "zh-CN"}
    table = {font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val") for font in part("fontTable")}
    assert {typeface.name for typeface in TYPEFACES} == set(table)
    assert used - set(table) <= {"ＭＳ ゴシック"}
    assert table["仿宋"].split(",")[:2] == ["FangSong", "仿宋_GB2312"]


def _attributes(root: ElementTree.Element, name: str) -> set[str]:
    return {element.get(f"{W}{name}") for element in root.iter() if element.get(f"{W}{name}")}


def test_the_parts_stand_in_their_order_and_in_their_styles():
    document = read(
        Heading("总体情况"),
        Paragraph("第一段\n第二段"),
        Paragraph("居中", Placing.CENTRED),
        addressee="浙江省经济和信息化厅",
        signed_by="工作组",
        annexes=[Annex("缺项清单", [Paragraph("附件正文")]), Annex("另送")],
    )
    assert lines(document) == [
        ("Title", "关于补齐要素的函"),
        ("Salutation", "浙江省经济和信息化厅："),
        ("Heading 1", "总体情况"),
        ("Body Text", "第一段"),
        ("Body Text", "第二段"),
        ("Centred", "居中"),
        ("Flush Left", "附件：1. 缺项清单"),
        ("Flush Left", "2. 另送"),
        ("Signature", "工作组"),
        ("Date", "2026年11月23日"),
        ("Annex Mark", "附件1"),
        ("Title", "缺项清单"),
        ("Body Text", "附件正文"),
    ]


def test_a_single_annex_has_no_number():
    document = read(annexes=[Annex("缺项清单", [Paragraph("附件正文")])])
    assert ("Flush Left", "附件：缺项清单") in lines(document)
    assert ("Annex Mark", "附件") in lines(document)


def test_the_body_begins_two_characters_in():
    indent = read().styles["Body Text"].element.pPr.ind
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_the_date_stands_four_characters_from_the_right_and_the_name_is_centred_over_it():
    """The date is 11 characters wide counting figures as halves (2026年11月23日: 14 halves, 7 wholes), the name 3."""
    *_, name, dated = read(signed_by="工作组").paragraphs
    right = [int(line._p.pPr.ind.get(qn("w:rightChars"))) for line in (name, dated)]
    assert right == [400 + 200, 400]
    assert read().styles["Date"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_the_signature_is_never_alone_on_its_page():
    document = read(Paragraph("第一段"), Paragraph("末段"), signed_by="工作组", annexes=[Annex("清单")])
    kept = [(line.text, line.paragraph_format.keep_with_next) for line in document.paragraphs if line.text]
    assert kept[1:] == [
        ("第一段", None),
        ("末段", True),
        ("附件：清单", True),
        ("工作组", True),
        ("2026年11月23日", None),
    ]


def test_headings_are_numbered_by_the_file_and_begin_afresh_in_an_annex():
    document = read(Heading("甲"), Heading("乙", 2), annexes=[Annex("清单", [Heading("丙")])])
    lists = [
        (line.text, line._p.pPr.numPr.ilvl.val, line._p.pPr.numPr.numId.val)
        for line in document.paragraphs
        if line.style.name.startswith("Heading")
    ]
    body, annex = lists[0][2], lists[2][2]
    assert lists == [("甲", 0, body), ("乙", 1, body), ("丙", 0, annex)]
    assert annex != body


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        (Language.ZH_CN, ["%1、", "（%2）", "%3.", "（%4）"]),
        (Language.EN, ["%1. ", "(%2) ", "%3. ", "(%4) "]),
    ],
)
def test_numbers_of_headings_follow_the_language(language, numbers):
    levels = part("numbering", language=language).find(f"{W}abstractNum").iter(f"{W}lvlText")
    assert [level.get(f"{W}val") for level in levels] == numbers


def test_an_english_document_words_its_date_and_its_annexes():
    found = lines(read(language=Language.EN, addressee="Zhejiang", annexes=[Annex("List", [Paragraph("x")])]))
    assert {"Zhejiang:", "Annexes: List", "November 23, 2026", "Annex"} <= {words for _, words in found}


def test_pages_are_numbered_between_dashes_odd_at_the_right_and_even_at_the_left():
    section = read().sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert [odd.alignment, even.alignment] == [WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT]
    for line, side in ((odd, "right"), (even, "left")):
        assert [run.text for run in line.runs] == ["— ", " —"]
        assert line._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert line._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"


@pytest.mark.parametrize("draft", ["草稿", ""])
def test_every_page_says_when_it_is_a_draft(draft):
    section = read(draft=draft).sections[0]
    assert [section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text] == [draft] * 2


def test_a_table_repeats_its_header_and_keeps_its_rows_whole():
    rows = [["支持参展", 3, Decimal("1234.50")], ["宣传", "-2.5%", None]]
    document = read(Table(["措施", "项", "金额"], rows, widths=(2, 1, 1), caption="表 缺项"))
    table = document.tables[0]
    header, *body = table.rows
    assert [cell.text for cell in header.cells] == ["措施", "项", "金额"]
    assert [[cell.text for cell in row.cells] for row in body] == [
        ["支持参展", "3", "1,234.5"],
        ["宣传", "-2.5%", ""],
    ]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [round(cell.width.mm) for cell in header.cells] == [78, 39, 39]
    styles = [cell.paragraphs[0].style.name for cell in (*header.cells, *body[0].cells, body[1].cells[1])]
    assert styles == ["Table Header"] * 3 + ["Table Text", "Table Figure", "Table Figure", "Table Figure"]
    assert ("Caption", "表 缺项") in lines(document)


def test_columns_without_widths_share_the_page_equally():
    table = read(Table(["甲", "乙"], [])).tables[0]
    assert [round(cell.width.mm) for cell in table.rows[0].cells] == [78, 78]


def test_places_to_sign_stand_two_beside_one_another():
    table = read(Signatures(["移交人：", "接收人：", "监交人："])).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["移交人：", "接收人："],
        ["监交人：", ""],
    ]
    assert all(row.height.mm == pytest.approx(16, abs=0.1) for row in table.rows)


def test_what_was_typed_stays_text_and_cannot_break_the_file():
    typed = "</w:t><w:br/>\x00\x0b&甲\ud800"
    document = read(
        Paragraph(typed), Table([typed], [[typed]]), title=typed, addressee=typed, signed_by=typed
    )
    kept = "</w:t><w:br/>&甲"
    assert ("Body Text", kept) in lines(document)
    assert document.tables[0].rows[1].cells[0].text == kept


def test_the_file_says_of_itself_its_title_and_its_day_and_nobody_s_name():
    about = read(title="关于补齐\n要素的函").core_properties
    assert (about.title, about.author, about.comments) == ("关于补齐要素的函", "", "")
    assert about.created.date() == date(2026, 11, 23)


def test_a_document_is_the_same_bytes_on_whatever_day_it_is_made():
    blocks = (Heading("总体情况"), Paragraph("正文"), Table(["甲"], [["乙"]]))
    with at(date(2026, 1, 1)):
        first = made(*blocks)
    with at(date(2027, 6, 1), hour=15):
        assert made(*blocks) == first
    with zipfile.ZipFile(BytesIO(first)) as parts:
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}


def test_a_mark_stands_at_the_head_of_every_page_before_what_stands_there():
    (section,) = docx.Document(BytesIO(with_head(made(draft="草稿"), "示例数据"))).sections
    heads = {header.paragraphs[0].text for header in (section.header, section.even_page_header)}
    assert heads == {"示例数据　草稿"}


@pytest.mark.parametrize(("lines", "pages"), [(17, 1), (18, 2)])
def test_a_page_holds_twenty_two_lines_of_twenty_eight_characters(tmp_path: Path, lines, pages):
    """Of 638 points an annex takes 123 for its mark and title (36) and blanks: 17 lines of 29 remain."""
    body = [Paragraph("一" * 28, Placing.FLUSH)] * lines
    assert pages_printed(tmp_path, made(annexes=[Annex("清单", body)])) == 1 + pages


def pages_printed(folder: Path, document: bytes) -> int:
    """How many pages LibreOffice prints."""
    source = folder / "letter.docx"
    source.write_bytes(document)
    (pdf,) = converted(folder, source, to=PRINTED)
    return pages_of(pdf)
