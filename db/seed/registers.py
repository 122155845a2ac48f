"""Owns the registers of a unit in a sample: coordination, cooperation mechanisms, publicity."""

from datetime import date, timedelta

from db.seed.build import Build
from db.seed.days import Days, moment
from db.seed.draws import Draw, between, draws
from db.seed.files import lines
from db.seed.officers import Staff
from db.seed.texts import partner, phrase
from db.tables import CooperationMechanism, CoordinationMechanism, PublicityItem


def add_registers(build: Build, staff: Staff) -> None:
    """What a unit has registered beside its plan."""
    draw = draws("registers", staff.authority.code)
    for recorded_on in _recorded(build, staff.authority.profile.coordination):
        _add_coordination(build, draw, staff, recorded_on)
    for _ in range(between(draw, 0, 3)):
        _add_cooperation(build, draw, staff)
    for _ in range(between(draw, 1, 5)):
        _add_publicity(build, draw, staff)


def _since(build: Build) -> Days:
    return build.past(date(min(build.periods), 1, 1), build.today)


def _recorded(build: Build, coordination: str) -> list[date]:
    """When the coordination mechanism was recorded: once, or again when it changed, or never."""
    first, again = (_since(build).part(permille) for permille in (50, 700))
    return {"present": [first], "changed": [first, again], "missing": []}[coordination]


def _add_coordination(build: Build, draw: Draw, staff: Staff, recorded_on: date) -> None:
    document = phrase(draw, "mechanism_document", year=recorded_on.year, number=between(draw, 1, 99))
    build.rows.add(
        CoordinationMechanism,
        authority_id=staff.authority.id,
        notice_id=build.catalogue.notice_id,
        established_on=recorded_on - timedelta(20),
        document_number=document,
        lead_leader=staff.signatory.name,
        member_units=phrase(draw, "mechanism_members"),
        ccpit_partner=phrase(draw, "mechanism_ccpit", place=staff.authority.short_name),
        liaison_officer_id=staff.reporter.id,
        recorded_at=moment(draw, recorded_on),
        recorded_by_id=staff.reporter.id,
    )


def _add_cooperation(build: Build, draw: Draw, staff: Staff) -> None:
    abroad, recorded_on = partner(draw), _since(build).part(between(draw, 100, 1000))
    build.rows.add(
        CooperationMechanism,
        authority_id=staff.authority.id,
        notice_id=build.catalogue.notice_id,
        partner_place=abroad["country"],
        partner_body=abroad["body"],
        multilateral=draw.random() < 0.2,
        established_on=recorded_on - timedelta(30),
        standing=phrase(draw, "cooperation_standing"),
        results=phrase(draw, "cooperation_results"),
        recorded_at=moment(draw, recorded_on),
        recorded_by_id=staff.reporter.id,
    )


def _add_publicity(build: Build, draw: Draw, staff: Staff) -> None:
    """No link: an invented address could be somebody's."""
    item, published_on = draw.choice(lines("publicity")), _since(build).part(between(draw, 0, 1000))
    build.rows.add(
        PublicityItem,
        authority_id=staff.authority.id,
        notice_id=build.catalogue.notice_id,
        published_on=published_on,
        channel=item["channel"],
        title=item["title"].format(place=staff.authority.short_name, country=partner(draw)["country"]),
        recorded_at=moment(draw, published_on),
        recorded_by_id=staff.reporter.id,
    )
