"""Invented entries of the registers: what the working group did itself, and what units entered that no report counts.

Reports of the sample are typed, not fed: an entry of a unit leaves out the numbers that would count in them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from db.seed.build import Build
from db.seed.days import Days, moment
from db.seed.draws import Draw, between, draws
from db.seed.files import lines
from db.seed.officers import Staff
from db.seed.texts import partner
from db.tables import RegisterEntry
from tracking.countries import country_of
from tracking.registers.contents import told_from
from tracking.registers.definitions import Register, RegisterField
from tracking.vocabulary import Body, FieldKind, Keeper

_OF_GROUP = 3
_SHARE_OF_UNITS = 0.4
_BY_UNITS = ("promotion", "pairs", "zones")


def add_group_entries(build: Build) -> None:
    """Add what the two bodies of the working group have entered."""
    for register in build.registers.values():
        if register.keeper is Keeper.UNITS or not _texts(register.key):
            continue
        draw = draws("register_entries", register.key)
        for number in range(_OF_GROUP):
            body = tuple(Body)[number % len(Body)]
            _add(build, draw, register, build.standing(), body=body, recorded_by_id=build.member(draw))


def add_unit_entries(build: Build, staff: Staff) -> None:
    """Add what a unit has entered, but nothing that counts in a report."""
    draw = draws("register_entries", staff.authority.code)
    for key in _BY_UNITS:
        if draw.random() < _SHARE_OF_UNITS:
            kept = {"authority_id": staff.authority.id, "recorded_by_id": staff.reporter.id}
            days, place = build.standing(staff.authority), staff.authority.short_name
            _add(build, draw, build.registers[key], days, place=place, **kept)


def _texts(register: str) -> list[Mapping[str, str]]:
    return [line for line in lines("register_entry") if line["register"] == register]


def _add(build: Build, draw: Draw, register: Register, days: Days, *, place: str = "", **kept: Any) -> None:
    happened_on = days.part(between(draw, 0, 1000))
    content = _content(draw, register, happened_on, place)
    build.rows.add(
        RegisterEntry,
        register_id=register.register_id,
        recorded_at=moment(draw, happened_on),
        **told_from(register, content),
        **kept,
    )


def _content(draw: Draw, register: Register, happened_on: date, place: str) -> dict[str, Any]:
    abroad = partner(draw)
    told: dict[str, Any] = {}
    for one in register.asked:
        if one is register.day:
            told[one.key] = happened_on.isoformat()
        elif place and one.indicator_id is not None:
            continue
        elif one.kind in _DRAWN:
            told[one.key] = _DRAWN[one.kind](draw, one, abroad)
        elif texts := [line["text"] for line in _texts(register.key) if line["field"] == one.key]:
            told[one.key] = draw.choice(texts).format(country=abroad["country"], place=place)
    return told


_DRAWN: Mapping[FieldKind, Callable[[Draw, RegisterField, Mapping[str, str]], Any]] = {
    FieldKind.NUMBER: lambda draw, _one, _abroad: str(between(draw, 1, 60)),
    FieldKind.AMOUNT: lambda draw, _one, _abroad: f"{between(draw, 10, 900)} USD",
    FieldKind.CHOICE: lambda draw, one, _abroad: draw.choice(one.options).key,
    FieldKind.COUNTRIES: lambda _draw, _one, abroad: [country_of(abroad["country"])],
    FieldKind.PARTNER: lambda _draw, _one, abroad: abroad["body"],
}
