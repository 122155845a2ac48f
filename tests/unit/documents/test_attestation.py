"""An attestation: always one page, its code in figures and as a picture that a camera reads."""

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
import zxingcpp
from PIL import Image

from tests.support.office import PRINTED, converted, pages_of
from tracking.attestations.code import code_of, shown_code
from tracking.attestations.comparison import Section, plain_sections
from tracking.attestations.lines import Called, planned_lines, reported_lines
from tracking.attestations.tables import LISTED
from tracking.documents.attestation import Printed, attestation_document, qr_code
from tracking.validation import MilestoneDraft, TargetDraft, TaskDraft, UpdateDraft
from tracking.vocabulary import AttestationKind, Language

DAY = date(2026, 12, 31)
LONG = "组织中小企业参加中国国际中小企业博览会并对接采购商和金融机构" * 2
CALLED = Called(
    {number: f"{number}　{LONG[:24]}" for number in range(1, 13)},
    {},
    {1: "组织参展企业（家次）", 2: "成交额（亿元人民币）"},
    {},
)
ADDRESS = "https://tracker.example/verify?code={}"


def task(number: int) -> TaskDraft:
    """Every third one has two long targets, milestones, or neither."""
    targets = (TargetDraft(1, DAY, Decimal(1200)), TargetDraft(2, DAY, Decimal("35.50")))
    return TaskDraft(
        measure_id=number % 12 + 1,
        title=f"{number}{LONG}",
        starts_on=date(2026, 1, 1),
        due_on=DAY,
        targets=targets if number % 3 == 0 else (),
        milestones=(MilestoneDraft(1, "开幕", DAY, 1000),) if number % 3 == 1 else (),
    )


def page(kind: AttestationKind, tasks: int, site: str = ADDRESS) -> Printed:
    sections = []
    for number in range(1, tasks + 1):
        draft = task(number)
        lines = planned_lines(draft, CALLED, None)
        if kind is AttestationKind.PERIOD:
            said = UpdateDraft({1: Decimal(812), 2: Decimal("10.25")} if draft.targets else {})
            lines = reported_lines(
                draft, CALLED, said, completion_permille=453, suspended=False, reported=True
            )
        sections.append(Section(number, number, draft.title, "handed_over", lines))
    content = {"authority": LONG, "year": 2026, "number": 3, "cycle": "quarter"}
    content["sections"] = plain_sections(sections)
    code = code_of(content, b"key")
    made_at = datetime(2026, 11, 23, 10, 5)  # noqa: DTZ001 -- by the clock of the offices, as it is printed
    return Printed(kind, content, code, "王" * 20, made_at, site.format(shown_code(code)))


def read(content: bytes):
    document = docx.Document(io.BytesIO(content))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return document, cells


def scanned(picture: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return found.text


@pytest.mark.parametrize("site", ["", ADDRESS])
def test_the_code_stands_in_letters_and_in_a_picture_that_says_where_to_verify(site: str):
    made = page(AttestationKind.PLAN, 2, site)
    document, cells = read(attestation_document(made, language=Language.ZH_CN))
    (shape,) = document.inline_shapes
    picture = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert scanned(picture.blob) == (made.address or shown_code(made.code))
    words = "".join(map("".join, cells))
    assert f"校验码　{shown_code(made.code)}" in words
    assert "2026-11-23 10:05 打印" in words
    assert ("扫二维码" in words) == bool(site)
    assert shown_code(made.code) in shape._inline.docPr.get("descr")


def test_a_code_is_read_though_part_of_it_was_stamped_over():
    stamped = Image.open(io.BytesIO(qr_code(ADDRESS))).convert("L")
    side = stamped.width // 5
    stamped.paste(
        90, (stamped.width // 2, stamped.height // 2, stamped.width // 2 + side, stamped.height // 2 + side)
    )
    (found,) = zxingcpp.read_barcodes(stamped)
    assert found.text == ADDRESS


def test_few_tasks_stand_one_by_one_and_many_by_measure():
    few = read(attestation_document(page(AttestationKind.PERIOD, LISTED), language=Language.ZH_CN))[1]
    assert [row[0] for row in few if row[0].isdecimal()] == [str(number) for number in range(1, LISTED + 1)]
    many = read(attestation_document(page(AttestationKind.PLAN, 36), language=Language.ZH_CN))[1]
    rows = [row for row in many if len(row) == 6][1:]
    assert sum(int(row[1]) for row in rows) == 36
    assert (len(rows), rows[-1][0]) == (LISTED + 1, "其余举措")
    assert {"负责人（签字）：", "单位（盖章）：", "日期："} <= {cell for row in many for cell in row}


def test_whatever_it_speaks_of_an_office_suite_prints_one_page(tmp_path: Path):
    for kind in AttestationKind:
        for tasks in (5, LISTED, 200):
            for language in Language:
                made = attestation_document(page(kind, tasks), language=language)
                (tmp_path / f"{kind}-{tasks}-{language}.docx").write_bytes(made)
    printed = converted(tmp_path, *tmp_path.glob("*.docx"), to=PRINTED)
    assert len(printed) == len(AttestationKind) * 3 * len(Language)
    assert {pdf.stem: pages_of(pdf) for pdf in printed} == {pdf.stem: 1 for pdf in printed}
