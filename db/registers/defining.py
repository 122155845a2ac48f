"""Registers and their fields added and worded; in order, retired and brought back they are as any part of the catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlmodel import col

from db.identity import SignedIn
from db.reference.parts import next_number
from db.registers.checks import feeds_problems, values_of_field
from db.registers.definitions import register_in
from db.registers.queries import most_of_a_keeper, of_keeper
from db.row_changes import change, key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Measure, Notice, Register as RegisterRow, RegisterField as FieldRow, Safeguard
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.registers.definitions import Option, RegisterField
from tracking.registers.drafts import (
    MOST_FIELDS,
    FieldDraft,
    RegisterDraft,
    field_problems,
    kept_field,
    names_of,
    register_problems,
)
from tracking.validation import Problem, cleaned, refuse_all
from tracking.validation.days import check_days
from tracking.vocabulary import CataloguePart, FieldKind, Keeper


def add_register(
    store: Store,
    *,
    by: SignedIn,
    notice_id: int,
    draft: RegisterDraft,
    fields: Sequence[FieldDraft],
    starts_on: date | None,
) -> int:
    """Add a register with its fields, in use from a day or at once, and return its id. Raises `Refusal` with every fault."""
    with store.write(by) as tx:
        permissions.check(by, Right.DEFINE_REGISTERS)
        tx.load(Notice, notice_id)
        _check_begins(tx, starts_on)
        problems = _register_problems(tx, notice_id, draft)
        if not 1 <= len(fields) <= MOST_FIELDS:
            problems.append(Problem("fields", Message("register_def.no_field", most=MOST_FIELDS)))
        refuse_all(problems + _problems_of_all(tx, notice_id, draft, fields))
        number = next_number(tx, CataloguePart.REGISTER, notice_id)
        place: dict[str, Any] = {
            "notice_id": notice_id,
            "number": number,
            "key": f"added_{number}",
            "starts_on": starts_on,
        }
        row = tx.add(RegisterRow(**place, **asdict(cleaned(draft))))
        for at, one in enumerate(fields, 1):
            tx.add(FieldRow(register_id=row.id, number=at, key=f"added_{at}", **kept_field(one)))
        tx.audit("add_register", row, title=row.title, fields=[one.title for one in fields])
        return key_of(row)


def edit_register(store: Store, *, by: SignedIn, register_id: int, draft: RegisterDraft) -> None:
    """Change what a register is called, whom it serves and what its entries count in.

    Raises `Refusal` where entries stand that the register would no longer take.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.DEFINE_REGISTERS)
        row = tx.load(RegisterRow, register_id)
        refuse_all(_register_problems(tx, row.notice_id, draft, row) + _keeping_problems(tx, row, draft))
        tx.audit("edit_register", row, changes=change(row, **asdict(cleaned(draft))))


def add_field(
    store: Store, *, by: SignedIn, register_id: int, draft: FieldDraft, starts_on: date | None
) -> int:
    """Add a field to a register, asked for from a day or at once, and return its id; entries that stand lack it."""
    with store.write(by) as tx:
        permissions.check(by, Right.DEFINE_REGISTERS)
        register = tx.load(RegisterRow, register_id)
        _check_begins(tx, starts_on)
        others = register_in(tx.session, register_id).asked
        problems = list(_field_problems(tx, register, draft, others))
        if len(others) >= MOST_FIELDS:
            problems.append(Problem("title", Message("register_def.no_field", most=MOST_FIELDS)))
        refuse_all(problems)
        number = next_number(tx, CataloguePart.FIELD, register_id)
        place: dict[str, Any] = {
            "register_id": register_id,
            "number": number,
            "key": f"added_{number}",
            "starts_on": starts_on,
        }
        row = tx.add(FieldRow(**place, **kept_field(draft)))
        tx.audit("add_field", row, register=register.title, title=row.title)
        return key_of(row)


def edit_field(store: Store, *, by: SignedIn, field_id: int, draft: FieldDraft) -> None:
    """Change a field; where entries hold something in it, neither its kind nor its unit, nor an option they chose.

    What becomes required is asked of the next entry and the next correction.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.DEFINE_REGISTERS)
        row = tx.load(FieldRow, field_id)
        register = tx.load(RegisterRow, row.register_id)
        others = [one for one in register_in(tx.session, register.id).asked if one.field_id != field_id]
        refuse_all(list(_field_problems(tx, register, draft, others, row)))
        values = kept_field(draft, [Option(**option) for option in row.options])
        _check_kept(tx, row, values)
        tx.audit("edit_field", row, register=register.title, changes=change(row, **values))


def _check_begins(tx: Transaction, starts_on: date | None) -> None:
    if starts_on:
        check_days(tx.today, starts_on=starts_on)


def _register_problems(
    tx: Transaction, notice_id: int, draft: RegisterDraft, row: RegisterRow | None = None
) -> list[Problem]:
    others = select(RegisterRow).where(
        RegisterRow.notice_id == notice_id, col(RegisterRow.retired_on).is_(None)
    )
    titles = {one.title for one in tx.session.scalars(others) if one is not row}
    return [
        *register_problems(draft, titles),
        *_foreign(tx, notice_id, draft),
        *feeds_problems(tx, notice_id, draft, row),
    ]


def _foreign(tx: Transaction, notice_id: int, draft: RegisterDraft) -> Iterable[Problem]:
    """A measure or safeguard of another notice."""
    for field, table in (("measure_id", Measure), ("safeguard_id", Safeguard)):
        key = getattr(draft, field)
        if key is not None and getattr(tx.session.get(table, key), "notice_id", None) != notice_id:
            yield Problem(field, Message("register_def.serves_one"))


def _problems_of_all(
    tx: Transaction, notice_id: int, register: RegisterDraft, fields: Sequence[FieldDraft]
) -> list[Problem]:
    """The faults of the first fields of a register, each under its place; two must not count in one indicator."""
    problems, taken = list[Problem](), set[str]()
    fed = {register.indicator_id} - {None}
    for at, one in enumerate(fields):
        before = f"fields.{at}."
        problems += [*field_problems(one, taken, before), *feeds_problems(tx, notice_id, one, before=before)]
        if one.indicator_id in fed:
            message = Message("register_def.fed_already", register=register.title)
            problems.append(Problem(f"{before}indicator_id", message))
        taken |= {name.strip().lower() for name in (one.title, one.title_en)} - {""}
        fed |= {one.indicator_id} - {None}
        if one.denominator_id is not None:
            problems.append(Problem(f"{before}denominator_id", Message("register_def.no_denominator")))
    return problems


def _field_problems(
    tx: Transaction,
    register: RegisterRow,
    draft: FieldDraft,
    others: Sequence[RegisterField],
    row: FieldRow | None = None,
) -> Iterable[Problem]:
    yield from field_problems(draft, names_of(others))
    yield from feeds_problems(tx, register.notice_id, draft, row)
    numbers = {one.field_id for one in others if one.kind is FieldKind.NUMBER}
    if draft.denominator_id is not None and draft.denominator_id not in numbers:
        yield Problem("denominator_id", Message("register_def.no_denominator"))
    divided = [one.title for one in others if row and one.denominator == row.key]
    if divided and draft.kind is not FieldKind.NUMBER:
        yield Problem("kind", Message("register_def.is_denominator", field=divided[0]))


def _keeping_problems(tx: Transaction, row: RegisterRow, draft: RegisterDraft) -> list[Problem]:
    """Whose entries stand, though the register would take none of theirs, or only one."""
    problems = []
    lost = {Keeper.UNITS: Keeper.GROUP, Keeper.GROUP: Keeper.UNITS}.get(draft.keeper)
    if lost and (count := of_keeper(tx.session, row.id, lost)):
        problems.append(Problem("keeper", Message("register_def.keeper_in_use", count=count)))
    if draft.single and most_of_a_keeper(tx.session, row.id) > 1:
        problems.append(Problem("single", Message("register_def.several_stand")))
    return problems


def _check_kept(tx: Transaction, row: FieldRow, values: dict[str, Any]) -> None:
    """What entries hold must go on to mean what it meant. Raises `Refusal`."""
    left = {option["key"] for option in values["options"]}
    gone = [option for option in row.options if option["key"] not in left]
    if not gone and values["kind"] == row.kind and values["unit"] == row.unit:
        return
    held = values_of_field(tx, row)
    if held and (values["kind"] != row.kind or values["unit"] != row.unit):
        raise Refusal(Message("register_def.field_in_use"), fields=("kind",))
    if chosen := [option["title"] for option in gone if option["key"] in held]:
        raise Refusal(Message("register_def.option_in_use", option=chosen[0]), fields=("options",))
