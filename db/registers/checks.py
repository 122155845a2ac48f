"""What the definition of a register may not become: asked where it is added, worded, retired and brought back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlmodel import col

from db import clock
from db.registers.definitions import register_in
from db.sql import select
from db.store import Transaction
from db.tables import Indicator, Measure, Register as RegisterRow, RegisterEntry, RegisterField as FieldRow
from tracking.messages import Message, Refusal
from tracking.obligations import REGISTERS
from tracking.registers.drafts import FieldDraft, feeding_problem, names_of
from tracking.validation import Problem, refuse_all


def feeds_problems(
    tx: Transaction, notice_id: int, draft: Any, row: RegisterRow | FieldRow | None = None, before: str = ""
) -> Iterator[Problem]:
    """Why what a draft counts in cannot be: of another kind or unit, or fed already, and so counted twice."""
    if draft.indicator_id is None:
        if getattr(draft, "denominator_id", None) is not None:
            yield Problem(f"{before}denominator_id", Message("register_def.rate_has_two"))
        return
    field = f"{before}indicator_id"
    found = tx.session.execute(
        select(Indicator.kind, Indicator.unit, Measure.notice_id)
        .join(Measure, col(Measure.id) == Indicator.measure_id)
        .where(Indicator.id == draft.indicator_id)
    ).first()
    if found is None or found.notice_id != notice_id:
        yield Problem(field, Message("register_def.no_indicator"))
        return
    numbers = draft if isinstance(draft, FieldDraft) else None
    if message := feeding_problem(found.kind, found.unit, numbers):
        yield Problem(field, message)
    if other := _fed_by(tx, draft.indicator_id, row):
        yield Problem(field, Message("register_def.fed_already", register=other))


def _fed_by(tx: Transaction, indicator_id: int, but: RegisterRow | FieldRow | None) -> str | None:
    """The title of a register that counts in an indicator and still will, by its entries or a field."""
    of_fields = select(FieldRow, RegisterRow).join(RegisterRow, col(RegisterRow.id) == FieldRow.register_id)
    feeding = [
        *(
            (row, row)
            for row in tx.session.scalars(select(RegisterRow).where(_feeds(RegisterRow, indicator_id)))
        ),
        *tx.session.execute(of_fields.where(_feeds(FieldRow, indicator_id), _stays(RegisterRow))),
    ]
    return next((register.title for row, register in feeding if row is not but), None)


def _feeds(table: Any, indicator_id: int) -> Any:
    return (table.indicator_id == indicator_id) & _stays(table)


def _stays(table: Any) -> Any:
    return or_(table.retired_on.is_(None), table.retired_on > clock.today())


def check_may_end(tx: Transaction, row: RegisterRow | FieldRow, _retired_on: date) -> None:
    """Raises `Refusal` where something would lose its ground: an obligation, a register, a rate."""
    if isinstance(row, RegisterRow):
        if any(row.key in keys for keys in REGISTERS.values()):
            raise Refusal(Message("register_def.obliged"), fields=("retired_on",))
        return
    standing = [one for one in register_in(tx.session, row.register_id).asked if one.field_id != row.id]
    if not standing:
        raise Refusal(Message("register_def.last_field"), fields=("retired_on",))
    if rate := next((one.title for one in standing if one.denominator == row.key), None):
        raise Refusal(Message("register_def.is_denominator", field=rate), fields=("retired_on",))


def check_may_return(tx: Transaction, row: RegisterRow | FieldRow) -> None:
    """Raises `Refusal` where another has taken the name, or counts in the same indicator."""
    if isinstance(row, RegisterRow):
        refuse_all(list(feeds_problems(tx, row.notice_id, row, row)))
        return
    register = register_in(tx.session, row.register_id)
    others = [one for one in register.asked if one.field_id != row.id]
    if {row.title.lower(), row.title_en.lower()} - {""} & names_of(others):
        raise Refusal(Message("register_def.field_taken", title=row.title))
    if other := row.indicator_id and _fed_by(tx, row.indicator_id, row):
        raise Refusal(Message("register_def.fed_already", register=other))


def values_of_field(tx: Transaction, row: FieldRow) -> set[Any]:
    """What any version of an entry holds in a field; a list counts as the text of it."""
    contents = tx.session.scalars(
        select(RegisterEntry.content).where(RegisterEntry.register_id == row.register_id)
    )
    held = [content[row.key] for content in contents if row.key in content]
    return {value if isinstance(value, str) else str(value) for value in held}
