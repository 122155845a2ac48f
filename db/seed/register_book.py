"""The registers that the notice's measures and safeguards ask for, from `sample_data/`; they and their fields are added where they lack."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col

from db.seed.files import Line, lines, number, yes
from db.sql import select
from db.tables import Indicator, Measure, Notice, Register, RegisterField, Safeguard
from tracking.vocabulary import FieldKind, Keeper


def add_registers_of(session: Session, notice: Notice) -> list[str]:
    """Add the registers and fields of a notice that the store lacks; their titles, of a register that was lacking its own.

    A field is left out where an administrator has added one of its name.
    """
    added = []
    for line in lines("register"):
        if line["notice"] == notice.number:
            register = _known(session, notice, line["key"])
            fields = list(_fields(session, notice, register or _added(session, notice, line)))
            session.add_all(fields)
            added += [f"{register.title}·{one.title}" for one in fields] if register else [line["title"]]
    session.flush()
    return added


def _known(session: Session, notice: Notice, key: str) -> Register | None:
    found: Register | None = session.scalars(
        select(Register).where(Register.notice_id == notice.id, Register.key == key)
    ).first()
    return found


def _added(session: Session, notice: Notice, line: Line) -> Register:
    register = Register(
        notice_id=notice.id,
        number=int(line["number"]),
        key=line["key"],
        title=line["title"],
        title_en=line["title_en"],
        keeper=Keeper(line["keeper"]),
        single=yes(line["single"]),
        measure_id=_measure(session, notice.id, number(line["measure"])),
        safeguard_id=_safeguard(session, notice.id, line["safeguard"]),
        indicator_id=_indicator(session, notice.id, line["indicator"]),
    )
    session.add(register)
    session.flush()
    return register


def _fields(session: Session, notice: Notice, register: Register) -> Iterator[RegisterField]:
    """The fields that a register lacks, after those that it has."""
    held = session.scalars(select(RegisterField).where(RegisterField.register_id == register.id)).all()
    known = {name for field in held for name in (field.key, field.title)}
    last = max((field.number for field in held), default=0)
    for line in lines("register_field"):
        of_it = (line["notice"], line["register"]) == (notice.number, register.key)
        if of_it and not known & {line["key"], line["title"]}:
            last = max(last + 1, int(line["number"]))
            yield RegisterField(
                register_id=register.id,
                number=last,
                key=line["key"],
                title=line["title"],
                title_en=line["title_en"],
                kind=FieldKind(line["kind"]),
                required=yes(line["required"]),
                listed=yes(line["listed"]),
                longest=int(line["longest"]),
                unit=line["unit"],
                options=options_of(line["options"]),
                indicator_id=_indicator(session, notice.id, line["indicator"]),
            )


def options_of(text: str) -> list[dict[str, str]]:
    """The options of a choice, written `key=中文/English`, separated by semicolons."""
    options = []
    for part in filter(None, text.split(";")):
        key, _, names = part.partition("=")
        title, _, title_en = names.partition("/")
        options.append({"key": key, "title": title, "title_en": title_en})
    return options


def _measure(session: Session, notice_id: int, measure: int | None) -> int | None:
    return session.scalar(select(Measure.id).where(Measure.notice_id == notice_id, Measure.number == measure))


def _safeguard(session: Session, notice_id: int, key: str) -> int | None:
    return session.scalar(select(Safeguard.id).where(Safeguard.notice_id == notice_id, Safeguard.key == key))


def _indicator(session: Session, notice_id: int, named: str) -> int | None:
    """The key of an indicator named by its measure and its own number, such as 1.2; None if there is none."""
    measure, _, own = named.partition(".")
    asked: list[Any] = [Measure.notice_id == notice_id, Measure.number == number(measure)]
    rows = select(col(Indicator.id)).join(Measure, Measure.id == Indicator.measure_id)
    return session.scalar(rows.where(*asked, Indicator.number == number(own)))
