"""Work plans as offices keep them, and a catalogue small enough to read them against by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from tests.support.legacy_ledgers import saved
from tracking.documents.grids import Sheet
from tracking.documents.plan_layout import plan_layouts
from tracking.documents.plan_rows import plan_rows
from tracking.documents.workbook_reading import read_workbook
from tracking.plans.comparison import Comparison, Standing, compare
from tracking.plans.form import PlanForm
from tracking.plans.known import Known, KnownIndicator, KnownMeasure, KnownPost, Weight
from tracking.plans.new_posts import proposed_posts
from tracking.plans.proposals import read_proposals
from tracking.validation import MilestoneDraft, PlanFacts, TargetDraft, TaskDraft

YEAR = 2027
LACKING = {"validation.required", "validation.no_officer"}
MEASURES = [
    KnownMeasure(11, 1, "支持中小企业参加国内外展览展销活动", "展览展销"),
    KnownMeasure(14, 4, "促进中小企业开展双向投资", "双向投资"),
    KnownMeasure(18, 8, "开展专题培训", "专题培训"),
]
INDICATORS = [
    KnownIndicator(1, 11, "组织参加境内外展会", "场"),
    KnownIndicator(2, 11, "参展企业", "家次"),
    KnownIndicator(3, 18, "举办培训", "期"),
    KnownIndicator(4, 18, "培训学员", "人次"),
]
POSTS = [KnownPost(7, "外经处处长", "李某某"), KnownPost(8, "人事处处长", "王某某")]
KNOWN = Known(
    MEASURES,
    INDICATORS,
    POSTS,
    PlanFacts(YEAR, {}, {one.indicator_id: one.measure_id for one in INDICATORS}),
    may_add_posts=True,
)
# A task with something in every column that a spreadsheet could change.
PLAN_FORM = PlanForm(
    1,
    "某单位",
    [
        Standing(
            5,
            50,
            1,
            3,
            TaskDraft(
                11,
                "组织参展",
                date(YEAR, 1, 1),
                date(YEAR, 12, 31),
                weight_tenths=25,
                goal="=三场\n其中境外一场",
                post_id=7,
                remark="001",
                targets=(TargetDraft(1, date(YEAR, 12, 31), Decimal(3)),),
                milestones=(MilestoneDraft(1, "完成招展", date(YEAR, 3, 31), 333),),
            ),
        )
    ],
    KNOWN,
)

HEADERS = (
    *("序号", "所属举措", "重点任务", "年度目标", "牵头单位", "配合单位", "分管领导", "责任人"),
    *("联系电话", "完成时限", "季度节点"),
)
LINES: Sequence[Sequence[Any]] = (
    (
        *(1, "1", "举办示例国企业对接会", "参展企业200家次", "外经处", "规划处、财务处", "张某某"),
        *("李某某", "0571-00000000", "2027年6月底前", "一季度：制定方案；二季度：举办"),
    ),
    (
        *(2, "4", "建立对外投资企业服务台账", "入库企业500家", "外经处", None, "张某某", "李某某"),
        *("0571-00000000", "2027年底前", "每季度末更新"),
    ),
    (
        *(3, "8", "开展国际化经营培训", "培训1200人次", "人事处", "各市", "张某某", "赵某某"),
        *("0571-00000000", "持续推进", None),
    ),
)


def office_plan(lines: Sequence[Sequence[Any]] = LINES, headers: Sequence[str] = HEADERS) -> bytes:
    """A plan below two rows of titles."""
    return workbook({"台账": [["附件"], [f"{YEAR}年度重点工作任务分解表"], headers, *lines]})


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merged: Sequence[str] = (),
    hidden: Sequence[int] = (),
    struck: Sequence[str] = (),
) -> bytes:
    """Sheets of these rows, the first of them with these ranges merged, rows hidden and cells struck out."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for place in merged:
        book.worksheets[0].merge_cells(place)
    for row in hidden:
        book.worksheets[0].row_dimensions[row].hidden = True
    for place in struck:
        book.worksheets[0][place].font = Font(strike=True)
    return saved(book)


def read(
    content: bytes, answers: Mapping[str, str] | None = None, standing: Sequence[Standing] = ()
) -> Comparison:
    """What a workbook of an office's own says beside these tasks."""
    return read_sheets(read_workbook(content), answers, standing)


def read_sheets(
    sheets: Sequence[Sheet], answers: Mapping[str, str] | None = None, standing: Sequence[Standing] = ()
) -> Comparison:
    """The same of its sheets."""
    by_name = {sheet.name: sheet for sheet in sheets}
    layouts = plan_layouts(sheets, (), {one.name: one.unit for one in INDICATORS})
    rows = [row for layout in layouts for row in plan_rows(by_name[layout.sheet], layout)]
    known = replace(KNOWN, proposed=proposed_posts(rows, KNOWN))
    return compare(read_proposals(rows, known, answers or {}), standing, known, answers or {})


def asked(found: Comparison, lacking: bool = False) -> list[tuple[str, str, str, str]]:
    """Weight, field, cell and reason of every doubt, with what is lacking before a signature if asked for."""
    return [
        (
            one.weight.value,
            str(one.field),
            one.spot.place.partition("!")[2],
            one.message.key.partition(".")[2],
        )
        for one in found.doubts
        if lacking or one.weight is not Weight.MAY or one.message.key not in LACKING
    ]


def written(form: bytes, values: Mapping[tuple[str, int], Any]) -> bytes:
    """Our form with these values by column and line of tasks, from 0."""
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[3]}
    for (name, line), value in values.items():
        sheet.cell(5 + line, places[f"#{name}"]).value = value
    return saved(book)
