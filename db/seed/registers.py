"""The registers of a unit in a sample: coordination, cooperation mechanisms, publicity."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import Draw, between, draws
from db.seed.entries import add_unit_entries
from db.seed.files import lines
from db.seed.officers import Staff
from db.seed.texts import partner, phrase
from db.tables import RegisterEntry
from tracking.countries import country_of
from tracking.registers.contents import told_from

# How often an entry was corrected later, and how often a unit withdrew one.
_CORRECTED, _WITHDRAWN = 0.25, 0.2


def add_registers(build: Build, staff: Staff) -> None:
    """Add what a unit has registered besides its plan."""
    draw = draws("registers", staff.authority.code)
    before = None
    for recorded_on in _recorded(build, staff):
        before = _add_coordination(build, draw, staff, recorded_on, before)
    for _ in range(between(draw, 0, 3)):
        _add_cooperation(build, draw, staff)
    for _ in range(between(draw, 0, 5)):
        _add_publicity(build, draw, staff)
    if draw.random() < _WITHDRAWN:
        _add_publicity(build, draw, staff, withdrawn=True)
    add_unit_entries(build, staff)


def _recorded(build: Build, staff: Staff) -> list[date]:
    """When the coordination mechanism was recorded: once, or again when it changed, or never."""
    first, again = (build.standing(staff.authority).part(permille) for permille in (50, 700))
    recorded = {"present": [first], "changed": [first, again], "missing": []}
    return recorded[staff.authority.profile.coordination]


def _add_coordination(build: Build, draw: Draw, staff: Staff, recorded_on: date, before: int | None) -> int:
    document = phrase(draw, "mechanism_document", year=recorded_on.year, number=between(draw, 1, 99))
    content = {
        "established_on": recorded_on - timedelta(20),
        "document_number": document,
        "lead_leader": staff.signatory.name,
        "member_units": phrase(draw, "mechanism_members"),
        "ccpit_partner": phrase(draw, "mechanism_ccpit", place=staff.authority.short_name),
        "liaison_officer_id": staff.reporter.id,
    }
    return _add(build, draw, staff, "coordination", content, recorded_on=recorded_on, corrects_id=before)


def _add_cooperation(build: Build, draw: Draw, staff: Staff) -> None:
    """Add a mechanism as first recorded and, for some, as corrected after it changed."""
    abroad, recorded_on = partner(draw), build.standing(staff.authority).part(between(draw, 100, 1000))
    said = {
        "partner_place": abroad["country"],
        "countries": [country_of(abroad["country"])],
        "partner_body": abroad["body"],
        "sides": "multilateral" if draw.random() < 0.2 else "bilateral",
        "established_on": recorded_on - timedelta(30),
        "results": phrase(draw, "cooperation_results"),
    }
    before = None
    for day in (recorded_on, *([build.standing(staff.authority).last] if draw.random() < _CORRECTED else [])):
        content = {**said, "standing": phrase(draw, "cooperation_standing")}
        before = _add(build, draw, staff, "cooperation", content, recorded_on=day, corrects_id=before)


def _add_publicity(build: Build, draw: Draw, staff: Staff, *, withdrawn: bool = False) -> None:
    """Add publicity without a link: an invented address could belong to somebody."""
    days = build.standing(staff.authority)
    item, published_on = draw.choice(lines("publicity")), days.part(between(draw, 0, 1000))
    title = item["title"].format(place=staff.authority.short_name, country=partner(draw)["country"])
    content = {"published_on": published_on, "channel": item["channel"], "title": title}
    gone = _withdrawal(build, draw, staff) if withdrawn else {}
    _add(build, draw, staff, "publicity", content, recorded_on=published_on, **gone)


def _add(
    build: Build,
    draw: Draw,
    staff: Staff,
    key: str,
    content: Mapping[str, Any],
    *,
    recorded_on: date,
    **more: Any,
) -> int:
    """Add a version of an entry; the days of its content are written as it keeps them."""
    register = build.registers[key]
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in content.items()}
    return build.rows.add(
        RegisterEntry,
        register_id=register.register_id,
        authority_id=staff.authority.id,
        **told_from(register, kept),
        recorded_at=moment(draw, recorded_on),
        recorded_by_id=staff.reporter.id,
        **more,
    )


def _withdrawal(build: Build, draw: Draw, staff: Staff) -> dict[str, Any]:
    return {
        "withdrawn_at": moment(draw, build.standing(staff.authority).last),
        "withdrawn_by_id": staff.reporter.id,
        "withdrawal_reason": phrase(draw, "publicity_withdrawn"),
    }
