"""Ledgers made from a truth in random layouts are read back: never a wrong figure without a question."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import pytest
import xlsxwriter

from tests.unit.documents.test_ledger_forms import task
from tests.unit.documents.test_legacy_ledgers import guessed
from tracking.documents.legacy_layout import Context
from tracking.documents.legacy_spans import Months
from tracking.documents.legacy_words import bare_title
from tracking.ledgers.judging import judge_ledger
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.ledgers.rows import LedgerIndicator
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import Grade

FIRMS = LedgerIndicator(1, "参展企业", "家次", Decimal(60_000))
ACCEPTED = 100
TITLES = ["组织企业参加境外展会", "建设海外仓示范项目", "开展法律风险培训", "建立出海企业联系点制度"]


@dataclass(frozen=True)
class Truth:
    """What an office means by a row."""

    title: str
    added: int
    percent: int
    progress: str
    noise: int

    @property
    def so_far(self) -> int:
        return ACCEPTED + self.added


Column = tuple[str, Callable[[Truth], Any], str]
SO_FAR: list[Column] = [
    ("累计完成", lambda row: row.so_far, ""),
    ("截至12月底累计完成数", lambda row: f"{row.so_far}家次", ""),
    ("1-12月累计完成值", lambda row: row.so_far, ""),
    ("参展企业（家次）", lambda row: row.so_far, ""),
    ("参展企业累计（万家次）", lambda row: row.so_far / 10_000, ""),
    ("本季度新增完成数", lambda row: row.added, ""),
    ("四季度新增完成数", lambda row: f"{row.added}", ""),
]
PERCENT: list[Column] = [
    ("完成率", lambda row: row.percent / 100, "0%"),
    ("累计完成率", lambda row: row.percent, '0"%"'),
    ("目标完成率", lambda row: f"{row.percent}%", ""),
    ("完成进度（%）", lambda row: row.percent, ""),
    ("完成比例", lambda row: row.percent / 100, ""),
    ("计划完成率", lambda row: f"{row.percent / 100}", ""),
]
PROGRESS: list[Column] = [
    (header, lambda row: row.progress, "")
    for header in ("进展情况", "四季度进展情况", "本期进展", "办理情况", "2026年第四季度工作进展情况")
]
ASKED: list[Column] = [
    ("四季度完成数", lambda row: row.noise, ""),
    ("12月新增完成数", lambda row: row.noise, ""),
    ("累计完成（吨）", lambda row: row.noise, ""),
]
NOISE: list[Column] = [
    ("年度目标", lambda row: row.noise, ""),
    ("计划完成数", lambda row: row.noise, ""),
    ("序时进度", lambda row: row.noise / 10_000, "0%"),
    ("已过时间", lambda row: f"{row.noise % 100}%", ""),
    ("上季度累计完成数", lambda row: row.noise, ""),
    ("去年同期完成数", lambda row: row.noise, ""),
    ("未完成数", lambda row: row.noise, ""),
    ("完成数同比", lambda row: row.noise / 10_000, "0%"),
    ("三季度完成率", lambda row: f"{row.noise % 100}%", ""),
    ("三季度进展情况", lambda _: "上一季度所写的进展文字", ""),
    ("责任单位", lambda _: "外经处", ""),
    ("备注", lambda _: None, ""),
    ("参展企业目标（家次）", lambda row: row.noise, ""),
]


def tasks():
    """Tasks with an indicator and tasks whose percentage is typed, each with what was last accepted."""
    facts = TaskFacts(targets={1: FIRMS.target}, last_actuals={1: Decimal(ACCEPTED)})
    last = UpdateDraft(actuals={1: Decimal(ACCEPTED)}, progress="上期所写")
    measured = {"indicators": (FIRMS,), "facts": facts, "last": last, "draft": last}
    typed = {"draft": UpdateDraft(typed_permille=10, progress="上期所写")}
    return [
        task(at, title=title, **(measured if at % 2 else typed)) for at, title in enumerate(TITLES, start=1)
    ]


def truths(chance: Random) -> list[Truth]:
    return [
        Truth(
            title,
            chance.randint(1, 900),
            chance.randint(2, 99),
            f"本期所写之{chance.randint(1, 99)}",
            chance.randint(1000, 9000),
        )
        for title in TITLES
    ]


def columns(chance: Random, figures: Column) -> list[Column]:
    """Columns in any order: a number or none, a title, what is meant, and what is not."""
    numbers: list[Column] = [("序号", lambda row: TITLES.index(row.title) + 1, "")] * chance.randint(0, 1)
    meant: list[Column] = [("工作任务", lambda row: row.title, ""), figures]
    others = [chance.choice(PERCENT), chance.choice(PROGRESS), *chance.sample(NOISE, chance.randint(0, 6))]
    chance.shuffle(others)
    return [*numbers, *sorted(meant + others, key=lambda _: chance.random())]


def workbook(chance: Random, laid: list[Column], said: list[Truth]) -> bytes:
    """The truth in a layout, with lines above, rows between and feet below; perhaps with last year's hidden sheet."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        if chance.random() < 0.3:
            old = book.add_worksheet("2025年")
            old.hide()
            _fill(book, old, chance, laid, [replace(row, added=1, percent=1, progress="旧") for row in said])
        sheet = book.add_worksheet("2026年台账")
        sheet.activate()
        _fill(book, sheet, chance, laid, said)
    return out.getvalue()


def _fill(book: Any, sheet: Any, chance: Random, laid: list[Column], said: list[Truth]) -> None:
    at = chance.randint(0, 2)
    for row in range(at):
        sheet.write(row, 0, f"附件{row + 1}")
    sheet.write_row(at, 0, [header for header, *_ in laid])
    for row in said:
        at += 1 + (chance.random() < 0.2)
        for column, (_, value, code) in enumerate(laid):
            sheet.write(at, column, value(row), book.add_format({"num_format": code} if code else {}))
    sheet.write(at + 1, 0, chance.choice(["合计", "填报人：某某", ""]))


def read_back(chance: Random, figures: Column):
    """Field by field: what is read, what is meant, what stood, and whether a question names it."""
    said, every = truths(chance), tasks()
    context = Context(
        frozenset(bare_title(title) for title in TITLES), {FIRMS.name: FIRMS.unit}, Months(10, 12, 2026)
    )
    laid = columns(chance, figures)
    sheets, layouts = guessed(workbook(chance, laid, said), context)
    judged = judge_ledger(read_legacy(sheets, layouts, every, 1), {one.task_id: one for one in every}, 1)
    headers = [header for header, *_ in laid]
    by_title = {row.title: row for row in said}
    assert len(judged) == len(said), headers
    for row in judged:
        assert row.task is not None, headers
        asked = any(found.grade is Grade.C for found in row.findings) or any(one.asked for one in layouts)
        truth = by_title[row.task.title]
        if row.task.indicators:
            yield headers, row.values["actual.1"], Decimal(truth.so_far), Decimal(ACCEPTED), asked
        else:
            yield headers, row.values["percent"], truth.percent * 10, 10, asked
        yield headers, row.values["progress"], truth.progress, "上期所写", asked


@pytest.mark.parametrize("seed", range(40))
def test_a_ledger_of_any_layout_says_what_its_office_meant(seed):
    chance = Random(seed)
    for headers, read, meant, _, _ in read_back(chance, chance.choice(SO_FAR)):
        assert read == meant, headers


@pytest.mark.parametrize("seed", range(40))
def test_a_figure_that_cannot_be_told_is_asked_never_taken(seed):
    chance = Random(seed)
    for headers, read, meant, stood, asked in read_back(chance, chance.choice(ASKED)):
        assert read in {meant, stood}, headers
        assert read == meant or asked, headers
