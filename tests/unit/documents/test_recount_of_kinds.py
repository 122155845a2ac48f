"""The sheet 复算 over rates and answers: the office suite works out what was written beside each formula."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd

from tests.support.office import converted
from tracking.documents.excel import write_ledger
from tracking.documents.recounting import Again
from tracking.ledgers.figures import LedgerIndicator
from tracking.ledgers.recount import Recount
from tracking.vocabulary import IndicatorKind, Language

ANSWERED = LedgerIndicator(8, "7.2", "工作机制", "已建/未建", False, IndicatorKind.YES_NO)
RATED = LedgerIndicator(7, "7.1", "处置率", "%", False, IndicatorKind.RATE)
OF_ALL = {"region_seven": "华东", "measure_number": 7, "counted": 1, "light": "green"}
FIGURES = {"weight": Decimal(1), "done": Decimal(0), "due": Decimal(0), "reported": 1}


def _line(code: str, answer: int | None, above: int, below: int) -> dict[str, object]:
    parts = dict(zip((*RATED.parts, RATED.actual), map(Decimal, (above, below, 0)), strict=True))
    said = None if answer is None else Decimal(answer)
    return {"unit_code": code, "unit": code, **OF_ALL, **FIGURES, **parts, ANSWERED.actual: said}


def _cells(book: Path) -> dict[object, object]:
    """What is told of each indicator."""
    rows = openpyxl.load_workbook(book, data_only=True)["复算"].values
    return {row[1]: row[3] for row in rows if row[0] in {"7.1", "7.2"}}


def test_rates_and_answers_are_worked_out_from_the_lines(tmp_path: Path):
    lines = [_line("1", 1, 9, 10), _line("2", 0, 1, 30), _line("3", 1, 5, 10), _line("4", None, 0, 0)]
    frame = pd.DataFrame(lines, dtype=object)
    again = Again(Recount(), [RATED, ANSWERED], printed=3)
    with (tmp_path / "ledger.xlsx").open("wb") as out:
        headers = {name: name for name in frame}
        write_ledger(
            out, [frame], headers=headers, title="台账", foot="", language=Language.ZH_CN, again=again
        )
    book = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    (tmp_path / "out").mkdir()
    # Saved anew by a library that keeps no results.
    book.save(tmp_path / "bare.xlsx")
    (worked,) = converted(tmp_path / "out", tmp_path / "bare.xlsx")
    assert _cells(worked) == {
        "处置率（%）": 30,
        "工作机制（答“已建”的任务）": 2,
        "工作机制（已作答的任务）": 3,
    }
    assert _cells(worked) == _cells(tmp_path / "ledger.xlsx")
