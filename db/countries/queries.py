"""Reads what is under way with each country: tasks in force, entries of registers, open warnings and difficulties.

What names several countries counts in each of them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import func, or_, type_coerce
from sqlmodel import col

from db import clock
from db.difficulties.queries import IS_OPEN
from db.frames import rows_of
from db.reference.queries import listed_codes
from db.registers.definitions import registers_of
from db.registers.queries import RegisterFilter, register_frame, stands
from db.sql import Statement, select
from db.store import Store
from db.tables import Difficulty, Measure, Register as RegisterRow, RegisterEntry, Task, TaskRevision
from db.tables.types import Several
from db.tasks.queries import tasks_chosen, tasks_within
from tracking.countries import ALONG
from tracking.permissions import Scope
from tracking.registers.definitions import Register
from tracking.registers.results import Result, results_of
from tracking.vocabulary import FieldKind, TaskStatus

# The register of warnings, and the field that says when one was dealt with.
WARNINGS, HANDLED_ON = "warnings", "handled_on"
COUNTED = ("tasks", "entries", "warnings", "difficulties")


@dataclass(frozen=True)
class Kept:
    """The standing entries of a register that name a country (columns of `register_frame`), and what they add up to."""

    register: Register
    entries: pd.DataFrame
    results: list[Result]


def countries_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, country: str | None = None
) -> pd.DataFrame:
    """How much there is of each country, most first; of one, or with `ALONG` of those on the list today.

    Columns: code, tasks (in force in the year), entries (that stand), warnings (open), difficulties (open).
    """
    counts = {
        "tasks": _counted(store, _tasks(scope, notice_id, year)),
        "entries": _counted(store, _entries(scope, notice_id)),
        "warnings": _counted(store, _entries(scope, notice_id).where(*_open_warning())),
        "difficulties": _counted(store, _difficulties(scope, notice_id)),
    }
    listed = listed_codes(store, notice_id=notice_id, day=clock.today()) if country == ALONG else ()
    codes = {code for counted in counts.values() for code in counted}
    wanted = sorted(code for code in codes if country is None or code == country or code in listed)
    frame = pd.DataFrame(
        {"code": wanted, **{name: [counts[name][code] for code in wanted] for name in COUNTED}}
    )
    total = frame[["tasks", "entries", "difficulties"]].sum(axis=1)
    return frame.iloc[total.argsort(kind="stable")[::-1]].reset_index(drop=True)


def registers_of_country(store: Store, scope: Scope, *, notice_id: int, country: str) -> list[Kept]:
    """What the registers of a notice hold of a country, in their order; a register without an entry is left out."""
    asked = RegisterFilter(country=country)
    found = [
        (register, register_frame(store, scope, register_id=register.register_id, where=asked))
        for register in registers_of(store, notice_id=notice_id)
        if register.of_kind(FieldKind.COUNTRIES)
    ]
    return [
        Kept(register, entries, results_of(register, entries["content"]))
        for register, entries in found
        if len(entries)
    ]


def _tasks(scope: Scope, notice_id: int, year: int) -> Statement:
    rows = select(TaskRevision.countries, func.count()).join(Task, Task.revision_id == TaskRevision.id)
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year)
    counts = (Task.in_force, Task.status != TaskStatus.SUSPENDED, *chosen)
    return rows.where(*counts, *_named(TaskRevision.countries)).group_by(TaskRevision.countries)


def _entries(scope: Scope, notice_id: int) -> Statement:
    rows = select(type_coerce(RegisterEntry.countries, Several(str)), func.count())
    rows = rows.join(RegisterRow, RegisterRow.id == RegisterEntry.register_id)
    of_notice = (RegisterRow.notice_id == notice_id, col(RegisterRow.retired_on).is_(None))
    reached = col(RegisterEntry.authority_id).in_(sorted(scope.authority_ids or ()))
    within = [] if scope.authority_ids is None else [or_(col(RegisterEntry.authority_id).is_(None), reached)]
    chosen = (*of_notice, *within, stands(), RegisterEntry.countries != "")
    return rows.where(*chosen).group_by(RegisterEntry.countries)


def _open_warning() -> tuple[Any, ...]:
    content: Any = RegisterEntry.content
    return RegisterRow.key == WARNINGS, content[HANDLED_ON].as_string().is_(None)


def _difficulties(scope: Scope, notice_id: int) -> Statement:
    rows = select(Difficulty.countries, func.count()).join(Task, Task.id == Difficulty.task_id)
    chosen = (IS_OPEN, *tasks_within(scope), *_named(Difficulty.countries), _of_notice(notice_id))
    return rows.where(*chosen).group_by(Difficulty.countries)


def _of_notice(notice_id: int) -> Any:
    measures = select(Measure.id).where(Measure.notice_id == notice_id)
    return col(Task.measure_id).in_(measures)


def _named(column: Any) -> list[Any]:
    return [column != ()]


def _counted(store: Store, rows: Statement) -> Counter[str]:
    """Code → how many of the rows name it; several countries stand in one text."""
    counts: Counter[str] = Counter()
    found: Iterable[Any] = rows_of(store, rows)
    for codes, number in found:
        counts.update(dict.fromkeys(codes, int(number)))
    return counts
