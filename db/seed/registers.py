"""The registers of a unit in a sample: coordination, cooperation mechanisms, publicity."""

from datetime import date, timedelta
from typing import Any

from db.seed.build import Build
from db.seed.days import Days, moment
from db.seed.draws import Draw, between, draws
from db.seed.files import lines
from db.seed.officers import Staff
from db.seed.texts import partner, phrase
from db.tables import CooperationMechanism, CoordinationMechanism, PublicityItem

# How often an entry was corrected later, and how often a unit withdrew one.
_CORRECTED, _WITHDRAWN = 0.25, 0.2


def add_registers(build: Build, staff: Staff) -> None:
    """Add what a unit has registered besides its plan."""
    draw = draws("registers", staff.authority.code)
    before = None
    for recorded_on in _recorded(build, staff.authority.profile.coordination):
        before = _add_coordination(build, draw, staff, recorded_on, before)
    for _ in range(between(draw, 0, 3)):
        _add_cooperation(build, draw, staff)
    for _ in range(between(draw, 0, 5)):
        _add_publicity(build, draw, staff)
    if draw.random() < _WITHDRAWN:
        _add_publicity(build, draw, staff, withdrawn=True)


def _since(build: Build) -> Days:
    return build.past(date(min(build.periods), 1, 1), build.today)


def _recorded(build: Build, coordination: str) -> list[date]:
    """When the coordination mechanism was recorded: once, or again when it changed, or never."""
    first, again = (_since(build).part(permille) for permille in (50, 700))
    return {"present": [first], "changed": [first, again], "missing": []}[coordination]


def _add_coordination(build: Build, draw: Draw, staff: Staff, recorded_on: date, before: int | None) -> int:
    document = phrase(draw, "mechanism_document", year=recorded_on.year, number=between(draw, 1, 99))
    return build.rows.add(
        CoordinationMechanism,
        established_on=recorded_on - timedelta(20),
        document_number=document,
        lead_leader=staff.signatory.name,
        member_units=phrase(draw, "mechanism_members"),
        ccpit_partner=phrase(draw, "mechanism_ccpit", place=staff.authority.short_name),
        liaison_officer_id=staff.reporter.id,
        corrects_id=before,
        **_recorded_by(build, draw, staff, recorded_on),
    )


def _add_cooperation(build: Build, draw: Draw, staff: Staff) -> None:
    """Add a mechanism as first recorded and, for some, as corrected after it changed."""
    abroad, recorded_on = partner(draw), _since(build).part(between(draw, 100, 1000))
    said = {
        "partner_place": abroad["country"],
        "partner_body": abroad["body"],
        "multilateral": draw.random() < 0.2,
        "established_on": recorded_on - timedelta(30),
        "results": phrase(draw, "cooperation_results"),
    }
    before = None
    for day in (recorded_on, *([build.yesterday] if draw.random() < _CORRECTED else [])):
        before = build.rows.add(
            CooperationMechanism,
            **said,
            **_recorded_by(build, draw, staff, day),
            standing=phrase(draw, "cooperation_standing"),
            corrects_id=before,
        )


def _add_publicity(build: Build, draw: Draw, staff: Staff, *, withdrawn: bool = False) -> None:
    """Add publicity without a link: an invented address could belong to somebody."""
    item, published_on = draw.choice(lines("publicity")), _since(build).part(between(draw, 0, 1000))
    title = item["title"].format(place=staff.authority.short_name, country=partner(draw)["country"])
    build.rows.add(
        PublicityItem,
        published_on=published_on,
        channel=item["channel"],
        title=title,
        **_recorded_by(build, draw, staff, published_on),
        **(_withdrawal(build, draw, staff) if withdrawn else {}),
    )


def _recorded_by(build: Build, draw: Draw, staff: Staff, day: date) -> dict[str, Any]:
    return {
        "authority_id": staff.authority.id,
        "notice_id": build.catalogue.notice_id,
        "recorded_at": moment(draw, day),
        "recorded_by_id": staff.reporter.id,
    }


def _withdrawal(build: Build, draw: Draw, staff: Staff) -> dict[str, Any]:
    return {
        "withdrawn_at": moment(draw, build.yesterday),
        "withdrawn_by_id": staff.reporter.id,
        "withdrawal_reason": phrase(draw, "publicity_withdrawn"),
    }
