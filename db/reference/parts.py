"""What every part of the catalogue has in common: marked as checked, put in order, retired and brought back.

The numbers are the notice's own; to put an entry elsewhere gives its neighbours new ones. What is retired stays in the
figures of the years in which it was in force, and nothing new is planned under it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, func

from db.identity import SignedIn
from db.registers.checks import check_may_end, check_may_return
from db.row_changes import change
from db.sql import select
from db.store import Store, Transaction
from db.tables import (
    Composite,
    Indicator,
    KeyArea,
    ListedCountry,
    Measure,
    MeasureAction,
    Notice,
    NoticeFact,
    PlanRevision,
    Register,
    RegisterField,
    Safeguard,
    Tag,
    Task,
    TaskRevision,
)
from db.texts import required_reason
from tracking import permissions
from tracking.cleaning import clean_text
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation.days import check_days
from tracking.vocabulary import CataloguePart, PlanStatus, TaskStatus, TitleSource


@dataclass(frozen=True, slots=True)
class PartRule:
    """The table of a part, which mark stands for which field, within what it is numbered, its longest title, and whose it is."""

    table: Any
    marks: Mapping[str, str]
    parent: Any = Notice
    longest: int = 100
    right: Right = Right.MANAGE_REFERENCE_DATA

    @property
    def within(self) -> str:
        """The column that names the parent."""
        return f"{self.parent.__tablename__}_id"


PARTS: Mapping[CataloguePart, PartRule] = {
    CataloguePart.AREA: PartRule(KeyArea, {"title": "title_source"}),
    CataloguePart.MEASURE: PartRule(Measure, {"title": "title_source", "key_area_id": "area_source"}),
    CataloguePart.ACTION: PartRule(
        MeasureAction, {"title": "title_source", "measure_id": "measure_source"}, Measure
    ),
    CataloguePart.SAFEGUARD: PartRule(Safeguard, {"title": "title_source"}, longest=60),
    CataloguePart.INDICATOR: PartRule(Indicator, {"name": "source"}, Measure),
    CataloguePart.TAG: PartRule(Tag, {"title": "title_source"}, longest=20),
    CataloguePart.COUNTRY: PartRule(ListedCountry, {"code": "source"}),
    CataloguePart.COMPOSITE: PartRule(Composite, {"title": "title_source"}, Measure, longest=60),
    CataloguePart.FACT: PartRule(NoticeFact, {"key": "source"}),
    CataloguePart.REGISTER: PartRule(Register, {}, longest=60, right=Right.DEFINE_REGISTERS),
    CataloguePart.FIELD: PartRule(RegisterField, {}, Register, 60, Right.DEFINE_REGISTERS),
}
# A fact is neither one of several in an order nor ever over.
IN_ORDER = tuple(part for part in PARTS if part is not CataloguePart.FACT)


def confirm_part(
    store: Store,
    *,
    by: SignedIn,
    part: CataloguePart,
    part_id: int,
    fields: Collection[str],
    checked_on: date,
) -> None:
    """Mark fields of an entry as checked against the notice's own text."""
    with store.write(by) as tx:
        permissions.check(by, PARTS[part].right)
        row = tx.load(PARTS[part].table, part_id)
        check_checked_on(tx, checked_on)
        marks = PARTS[part].marks
        confirmed = {marks[field]: TitleSource.CONFIRMED for field in marks if field in fields}
        if not confirmed:
            raise Refusal(Message("reference.nothing_confirmed"), fields=tuple(marks)[:1] or ("",))
        tx.audit("confirm_part", row, changes=change(row, **confirmed, checked_on=checked_on))


def move_part(store: Store, *, by: SignedIn, part: CataloguePart, part_id: int, number: int) -> None:
    """Put an entry at the place of the one with a number; those between move by one."""
    with store.write(by) as tx:
        permissions.check(by, PARTS[part].right)
        rule = PARTS[part]
        row = tx.load(rule.table, part_id)
        before = row.number
        beside = col(getattr(rule.table, rule.within)) == getattr(row, rule.within)
        rows = tx.session.scalars(select(rule.table).where(beside).order_by(rule.table.number)).all()
        numbers = [one.number for one in rows]
        if number not in numbers:
            raise Refusal(
                Message("reference.no_such_place", numbers="、".join(map(str, numbers))), fields=("number",)
            )
        others = [one for one in rows if one is not row]
        others.insert(numbers.index(number), row)
        _number(tx, others, numbers)
        tx.audit("move_part", row, changes={"number": {"before": before, "after": number}})


def _number(tx: Transaction, rows: Collection[Any], numbers: Collection[int]) -> None:
    """Give the rows these numbers, by way of numbers that none of them has."""
    for sign in (-1, 1):
        for row, number in zip(rows, numbers, strict=True):
            row.number = sign * number
        tx.session.flush()


def retire_part(
    store: Store, *, by: SignedIn, part: CataloguePart, part_id: int, retired_on: date, reason: str
) -> None:
    """Offer an entry no more from a day on. Raises `Refusal` while something open stands under it."""
    with store.write(by) as tx:
        permissions.check(by, PARTS[part].right)
        row = tx.load(PARTS[part].table, part_id)
        written = required_reason(reason)
        _check_retired_on(tx, row, retired_on)
        if part in _MAY_END:
            _MAY_END[part](tx, row, retired_on)
        tx.audit("retire_part", row, changes=change(row, retired_on=retired_on), reason=written)


def restore_part(store: Store, *, by: SignedIn, part: CataloguePart, part_id: int) -> None:
    """Offer a retired entry again."""
    with store.write(by) as tx:
        permissions.check(by, PARTS[part].right)
        row = tx.load(PARTS[part].table, part_id)
        if PARTS[part].right is Right.DEFINE_REGISTERS:
            check_may_return(tx, row)
        else:
            called = getattr(row, "title", "") or getattr(row, "name", "")
            check_title(tx, part, getattr(row, PARTS[part].within), called, but=part_id)
        tx.audit("restore_part", row, changes=change(row, retired_on=None))


def next_number(tx: Transaction, part: CataloguePart, within: int) -> int:
    """The number after the last one of a part."""
    rule = PARTS[part]
    rows = select(func.max(rule.table.number)).where(getattr(rule.table, rule.within) == within)
    return (tx.session.scalar(rows) or 0) + 1


def check_title(tx: Transaction, part: CataloguePart, within: int, title: str, *, but: int = 0) -> None:
    """No two entries of one parent that are not retired are called the same. Raises `Refusal`; `but` is the entry itself."""
    rule = PARTS[part]
    called = next(iter({"title", "name"} & rule.marks.keys()), None)
    if called is None:  # a country stands by its code
        return
    table = rule.table
    same = [getattr(table, rule.within) == within, getattr(table, called) == clean_text(title)]
    others = select(table.number).where(*same, table.id != but, table.retired_on.is_(None))
    number = tx.session.scalar(others)
    if number is not None:
        raise Refusal(Message("reference.title_taken", title=title, number=number), fields=(called,))


def check_checked_on(tx: Transaction, checked_on: date) -> None:
    """Nobody has checked anything tomorrow. Raises `Refusal`."""
    if checked_on > tx.today:
        raise Refusal(Message("reference.checked_in_future"), fields=("checked_on",))
    check_days(tx.today, checked_on=checked_on)


def _check_retired_on(tx: Transaction, row: Any, retired_on: date) -> None:
    check_days(tx.today, retired_on=retired_on)
    first = max(tx.today, row.starts_on or tx.today)
    if retired_on < first:
        raise Refusal(Message("reference.retired_too_early", day=first), fields=("retired_on",))


def _check_no_measures(tx: Transaction, area: KeyArea, retired_on: date) -> None:
    standing = or_(col(Measure.retired_on).is_(None), col(Measure.retired_on) > retired_on)
    rows = select(Measure.number).where(Measure.key_area_id == area.id, standing)
    numbers = tx.session.scalars(rows.order_by(col(Measure.number))).all()
    if numbers:
        named = "、".join(map(str, numbers))
        raise Refusal(Message("reference.area_has_measures", numbers=named), fields=("retired_on",))


def _check_no_tasks(tx: Transaction, measure: Measure, retired_on: date) -> None:
    """Nobody's work may lose its measure: open tasks that go on to the day or beyond, and plans on their way."""
    open_tasks = tx.session.scalar(_count(measure.id, _open(tx.today, retired_on)))
    drafts = tx.session.scalar(_count(measure.id, _on_its_way()))
    if open_tasks or drafts:
        message = Message("reference.measure_in_use", tasks=open_tasks, drafts=drafts)
        raise Refusal(message, fields=("retired_on",))


_MAY_END: Mapping[CataloguePart, Callable[[Transaction, Any, date], None]] = {
    CataloguePart.AREA: _check_no_measures,
    CataloguePart.MEASURE: _check_no_tasks,
    CataloguePart.REGISTER: check_may_end,
    CataloguePart.FIELD: check_may_end,
}


def _count(measure_id: int, *conditions: ColumnElement[bool]) -> Any:
    return select(func.count(col(Task.id))).where(Task.measure_id == measure_id, *conditions)


def _open(today: date, retired_on: date) -> ColumnElement[bool]:
    unfinished = col(Task.in_force) & (col(Task.status) != TaskStatus.COMPLETED)
    return unfinished if retired_on <= today else unfinished & (col(Task.due_on) >= retired_on)


def _on_its_way() -> ColumnElement[bool]:
    written = (
        select(TaskRevision.task_id)
        .join(PlanRevision, col(PlanRevision.id) == TaskRevision.plan_revision_id)
        .where(col(PlanRevision.status).not_in([PlanStatus.FILED, PlanStatus.RETURNED]))
    )
    return ~col(Task.in_force) & col(Task.id).in_(written)
