"""Ledgers made from a truth in random layouts are read back: never a wrong figure without a question, and few questions."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from hypothesis import given, settings, strategies as st

from tests.unit.documents.test_ledger_forms import task
from tests.unit.documents.test_legacy_ledgers import guessed
from tracking.documents.legacy_layout import Context
from tracking.documents.legacy_spans import Months
from tracking.documents.legacy_words import _WORDS, Meaning, bare_title
from tracking.ledgers.judging import judge_ledger
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.ledgers.rows import LedgerIndicator
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import Verdict

FIRMS = LedgerIndicator(1, "参展企业", "家次", Decimal(60_000))
ACCEPTED, STOOD = 100, "上期所写"
TITLES = ["组织企业参加境外展会", "建设海外仓示范项目", "开展法律风险培训", "建立出海企业联系点制度"]
CONTEXT = Context(
    frozenset(bare_title(title) for title in TITLES), {FIRMS.name: FIRMS.unit}, Months(10, 12, 2026)
)
Value = Callable[["Truth"], Any]
Column = tuple[str, Value, str]


@dataclass(frozen=True)
class Truth:
    """What an office means by a row; `noise` is a number that means nothing here."""

    title: str
    added: int
    percent: int
    progress: str
    noise: int

    @property
    def so_far(self) -> int:
        return ACCEPTED + self.added


def worded(meaning: Meaning) -> st.SearchStrategy[str]:
    """A header of the word lists, with what offices put around it."""
    words = st.sampled_from(_WORDS[meaning].split())
    return st.builds(
        "{}{}{}".format, st.sampled_from(["", " ", "2026年"]), words, st.sampled_from(["", "\n"])
    )


def columns(header: st.SearchStrategy[str], *ways: tuple[Value, str]) -> st.SearchStrategy[Column]:
    """A header and a way of writing its values, with a number format."""
    return st.builds(lambda said, way: (said, *way), header, st.sampled_from(ways))


def fixed(*found: Column) -> st.SearchStrategy[Column]:
    return st.sampled_from(found)


AMOUNTS = (
    (lambda row: row.so_far, ""),
    (lambda row: f"{row.so_far}家次", ""),
    (lambda row: f"{row.so_far:,}", ""),
)
FIGURES = st.one_of(
    columns(worded(Meaning.ACTUAL), *AMOUNTS),
    fixed(
        ("截至12月底累计完成数", lambda row: f"{row.so_far}家次", ""),
        ("1-12月累计完成值", lambda row: row.so_far, ""),
        ("参展企业（家次）", lambda row: row.so_far, ""),
        ("参展企业累计（万家次）", lambda row: row.so_far / 10_000, ""),
        ("累计完成（百家次）", lambda row: row.so_far / 100, "0.00"),
        ("四季度新增完成数", lambda row: f"{row.added}", ""),
    ),
    columns(worded(Meaning.INCREMENT), (lambda row: row.added, ""), (lambda row: f"{row.added}家次", "")),
)
PERCENT = columns(
    worded(Meaning.PERCENT),
    (lambda row: row.percent / 100, "0%"),
    (lambda row: row.percent, '0"%"'),
    (lambda row: f"{row.percent}%", ""),
    (lambda row: f"{row.percent}％", ""),
    (lambda row: row.percent, ""),
    (lambda row: row.percent / 100, ""),
)
PROGRESS = columns(worded(Meaning.PROGRESS), (lambda row: row.progress, ""))
TITLED = columns(
    worded(Meaning.TITLE),
    (lambda row: row.title, ""),
    (lambda row: f"{TITLES.index(row.title) + 3}. {row.title}。", ""),
    (lambda row: f"（二）{row.title[:4]} {row.title[4:]}", ""),
)
# What has to be asked: of which kind, of which part of the period, or in which unit.
ASKED = fixed(
    ("四季度完成数", lambda row: row.noise, ""),
    ("12月新增完成数", lambda row: row.noise, ""),
    ("累计完成（吨）", lambda row: row.noise, ""),
    ("累计完成", lambda row: f"约{row.so_far}家次", ""),
    ("累计完成", lambda row: f"{row.so_far}余家次", ""),
)
NOISE = st.one_of(
    columns(worded(Meaning.TARGET), (lambda row: row.noise, "")),
    columns(worded(Meaning.PLAN), (lambda row: row.noise, ""), (lambda row: f"{row.noise % 100}%", "")),
    columns(worded(Meaning.DUE_ON), (lambda _: "2026年12月底前", "")),
    fixed(
        ("上季度累计完成数", lambda row: row.noise, ""),
        ("去年同期完成数", lambda row: row.noise, ""),
        ("未完成数", lambda row: row.noise, ""),
        ("完成数同比", lambda row: row.noise / 10_000, "0%"),
        ("三季度完成率", lambda row: f"{row.noise % 100}%", ""),
        ("三季度进展情况", lambda _: "上一季度所写的进展文字", ""),
        ("责任单位", lambda _: "外经处", ""),
        ("备注", lambda _: None, ""),
        ("参展企业目标（家次）", lambda row: row.noise, ""),
    ),
)
TRUTHS = st.tuples(
    *(
        st.builds(
            Truth,
            st.just(title),
            st.integers(1, 900),
            st.integers(2, 99),
            st.builds("本期所写之{}".format, st.integers(1, 99)),
            st.integers(1000, 9000),
        )
        for title in TITLES
    )
)


@dataclass(frozen=True)
class Layout:
    """How a ledger looks: its columns, what stands above, between and below its rows, and how its header is built.

    The progress of the row `cut`, from 1, goes on in a line below all others; with `measured` a last column of no
    concern gives the measure, merged downwards.
    """

    laid: tuple[Column, ...]
    above: int
    between: tuple[str, ...]
    foot: str
    quarter: str
    cut: int
    measured: bool


@st.composite
def layouts(draw: Any, figures: st.SearchStrategy[Column]) -> Layout:
    """Columns in any order: a number or none, a title, what is meant, and what is not."""
    meant = [
        draw(TITLED),
        draw(figures),
        draw(PERCENT),
        draw(PROGRESS),
        *draw(st.lists(NOISE, max_size=5)),
    ]
    if draw(st.booleans()):
        meant.append(("序号", lambda row: TITLES.index(row.title) + 1, ""))
    return Layout(
        tuple(draw(st.permutations(meant))),
        draw(st.integers(0, 2)),
        tuple(
            draw(st.lists(st.sampled_from(["", "blank", "sum", "section", "header"]), min_size=4, max_size=4))
        ),
        draw(st.sampled_from(["", "合计", "填报人：某某"])),
        draw(st.sampled_from(["", "merged", "blank"])),
        draw(st.integers(0, 4)),
        draw(st.booleans()),
    )


def workbook(layout: Layout, said: tuple[Truth, ...]) -> bytes:
    """The truth in a layout."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("2026年台账")
        head = _head(sheet, layout)
        foot = _body(book, sheet, layout, said, head + 1)
        if layout.measured:
            beyond = len(layout.laid)
            sheet.write(head, beyond, "所属举措")
            sheet.merge_range(head + 1, beyond, foot - 1, beyond, "培育壮大")
        if layout.cut:
            _go_on(sheet, foot, layout, said[layout.cut - 1])
        sheet.write(foot + bool(layout.cut), 0, layout.foot)
    return out.getvalue()


def _head(sheet: Any, layout: Layout) -> int:
    """The lines above and the header, below 2026年四季度, merged or not, or in one row; gives its last row."""
    for row in range(layout.above):
        sheet.write(row, 0, f"附件{row + 1}")
    if layout.quarter == "merged":
        sheet.merge_range(layout.above, 0, layout.above, len(layout.laid) - 1, "2026年四季度")
    elif layout.quarter == "blank":
        sheet.write(layout.above, 0, "2026年四季度")
    head = layout.above + bool(layout.quarter)
    sheet.write_row(head, 0, [header for header, *_ in layout.laid])
    return head


def _body(book: Any, sheet: Any, layout: Layout, said: tuple[Truth, ...], at: int) -> int:
    """The rows of the tasks, disturbed by others; gives the row after the last."""
    for row, noise in zip(said, layout.between, strict=True):
        if noise:
            _disturb(book, sheet, at, noise, [header for header, *_ in layout.laid])
            at += 1
        for column, (_, value, code) in enumerate(layout.laid):
            sheet.write(at, column, value(row), book.add_format({"num_format": code} if code else {}))
        at += 1
    return at


def _go_on(sheet: Any, at: int, layout: Layout, row: Truth) -> None:
    """A line with nothing but the title and the same progress again."""
    for column, (_, value, _) in enumerate(layout.laid):
        if row.title[4:] in str(value(row)) or value(row) == row.progress:
            sheet.write(at, column, value(row))


def _disturb(book: Any, sheet: Any, at: int, noise: str, headers: list[str]) -> None:
    """A row that is of no task."""
    if noise == "sum":
        sheet.write_row(at, 0, ["小计", *[7] * (len(headers) - 1)])
    elif noise == "section":
        sheet.merge_range(at, 0, at, len(headers) - 1, "一、搭建平台", book.add_format())
    elif noise == "header":
        sheet.write_row(at, 0, headers)


def tasks():
    """Tasks with an indicator and tasks whose percentage is typed, each with what was last accepted."""
    facts = TaskFacts(targets={1: FIRMS.target}, last_actuals={1: Decimal(ACCEPTED)})
    last = UpdateDraft(actuals={1: Decimal(ACCEPTED)}, progress=STOOD)
    measured = {"indicators": (FIRMS,), "facts": facts, "last": last, "draft": last}
    typed = {"draft": UpdateDraft(typed_permille=10, progress=STOOD)}
    return [
        task(at, title=title, **(measured if at % 2 else typed)) for at, title in enumerate(TITLES, start=1)
    ]


def read_back(layout: Layout, said: tuple[Truth, ...]):
    """Field by field: what is read, what is meant, what stood, and whether a question names it."""
    every = tasks()
    sheets, found = guessed(workbook(layout, said), CONTEXT)
    judged = judge_ledger(read_legacy(sheets, found, every, 1), {one.task_id: one for one in every}, 1)
    rows = {row.task.task_id: row for row in judged if row.task and row.verdict is not Verdict.REFUSED}
    columns_asked = any(one.asked for one in found)
    for one, truth in zip(every, said, strict=True):
        row = rows.get(one.task_id)
        asked = columns_asked or row is None or any(found.asks for found in row.findings)
        values = row.values if row else {}
        if one.indicators:
            yield values.get("actual.1", ACCEPTED), truth.so_far, ACCEPTED, asked
        else:
            yield values.get("percent", 10), truth.percent * 10, 10, asked
        yield values.get("progress", STOOD), truth.progress, STOOD, asked


def test_a_ledger_of_any_layout_says_what_its_office_meant_with_few_questions():
    told: Counter[bool] = Counter()

    @settings(max_examples=120, derandomize=True, deadline=None, database=None)
    @given(layouts(FIGURES), TRUTHS)
    def check(layout, said):
        for read, meant, stood, asked in read_back(layout, said):
            headers = [header for header, *_ in layout.laid]
            assert read in {meant, stood}, headers
            assert read == meant or asked, headers
            told[read == meant and not asked] += 1

    check()
    assert told[True] >= told.total() * 0.95, told


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(layouts(ASKED), TRUTHS)
def test_a_figure_that_cannot_be_told_is_asked_never_taken(layout, said):
    for read, meant, stood, asked in read_back(layout, said):
        headers = [header for header, *_ in layout.laid]
        assert read in {meant, stood}, headers
        assert read == meant or asked, headers
