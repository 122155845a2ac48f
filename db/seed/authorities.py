"""Who reports in a sample: the notice's units with their profiles, invented councils, and cities and counties below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle, islice
from typing import Any

from sqlmodel import Session, col, select

from db.seed.files import Line, lines, listed, number as number_in, yes
from db.seed.reference import RECORDED_FROM
from db.seed.rows import Rows
from db.tables import Authority, AuthorityParent
from tracking.vocabulary import AuthorityKind, Relation

# Municipalities have districts rather than cities, so their units have none.
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})


@dataclass(frozen=True, slots=True)
class Profile:
    """How a unit performs in the sample, from `unit_profile.csv`; in permille of the usual."""

    size_permille: int
    pace_permille: int
    tasks_previous: int
    tasks_current: int
    gaps: frozenset[int]
    plan: str
    reporting: str
    coordination: str
    vacant_post: bool
    handover: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """An authority that reports; `unit_id` is the unit it counts towards, `checker_id` who checks it before others do."""

    id: int
    code: str
    name: str
    short_name: str
    kind: AuthorityKind
    unit_id: int
    region_seven: str | None
    region_four: str | None
    profile: Profile
    founded_on: date | None = None
    dissolved_on: date | None = None
    checker_id: int | None = None

    @property
    def is_unit(self) -> bool:
        """Whether it is a reporting unit."""
        return self.id == self.unit_id

    def works_in(self, year: int) -> bool:
        """Whether it stands on the first day of a plan year, and so has a plan for it."""
        founded, dissolved, first = self.founded_on, self.dissolved_on, date(year, 1, 1)
        return (founded is None or founded <= first) and (dissolved is None or dissolved > first)


def units(session: Session) -> list[Reporter]:
    """The units that have a profile, in official order."""
    profiles = {line["code"]: _profile(line) for line in lines("unit_profile")}
    rows = session.exec(select(Authority).order_by(col(Authority.official_order))).all()
    return [_unit(row, profiles[row.code]) for row in rows if row.code in profiles]


def further_units(rows: Rows, listed_units: Sequence[Reporter], year: int) -> list[Reporter]:
    """Invented councils: two that always stood, one founded with the year, and one merged into another as it began."""
    made = [_further(rows, line, date(year, 1, 1)) for line in lines("sample_unit")]
    keys = {unit.code: unit.id for unit in (*listed_units, *made)}
    for line, unit in zip(lines("sample_unit"), made, strict=True):
        if line["host_code"]:
            _put(rows, unit, keys[line["host_code"]], Relation.HOSTED_BY, RECORDED_FROM)
        if unit.dissolved_on:
            _put(rows, unit, keys[line["successor"]], Relation.PART_OF, unit.dissolved_on)
    return made


def _further(rows: Rows, line: Line, turn: date) -> Reporter:
    said: dict[str, Any] = {name: line[name] for name in ("code", "name", "short_name")}
    said |= {name: line[name] or None for name in ("region_seven", "region_four")}
    said["kind"] = AuthorityKind(line["kind"])
    if line["stands"]:
        said[{"from": "founded_on", "until": "dissolved_on"}[line["stands"]]] = turn
    key = rows.add(
        Authority,
        code_standard="sample",
        official_order=number_in(line["official_order"]),
        reports=True,
        **said,
    )
    return Reporter(id=key, unit_id=key, profile=_profile(line), **said)


def cities(rows: Rows, provinces: Sequence[Reporter], number: int) -> list[Reporter]:
    """This many invented cities, spread evenly over the provinces that have cities."""
    hosts = [unit for unit in provinces if unit.kind is AuthorityKind.PROVINCE]
    hosts = [unit for unit in hosts if unit.code not in MUNICIPALITIES]
    return [
        _below(rows, host, AuthorityKind.CITY, nth, f"{host.short_name}示例市{nth:02d}")
        for host, nth in _spread(hosts, number)
    ]


def cities_of(rows: Rows, provinces: Sequence[Reporter], code: str, number: int) -> list[Reporter]:
    """This many invented cities of one province."""
    return cities(rows, [unit for unit in provinces if unit.code == code], number)


def counties(rows: Rows, hosts: Sequence[Reporter], number: int) -> list[Reporter]:
    """This many invented counties, spread evenly over the cities."""
    return [
        _below(rows, host, AuthorityKind.COUNTY, nth, f"{host.short_name}示例县{nth:02d}")
        for host, nth in _spread(hosts, number)
    ]


def _spread(hosts: Sequence[Reporter], number: int) -> Iterator[tuple[Reporter, int]]:
    for index, host in enumerate(islice(cycle(hosts), number)):
        yield host, index // len(hosts) + 1


def _unit(row: Authority, profile: Profile) -> Reporter:
    return Reporter(
        id=row.id,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        unit_id=row.id,
        region_seven=row.region_seven,
        region_four=row.region_four,
        profile=profile,
    )


def _below(rows: Rows, host: Reporter, kind: AuthorityKind, nth: int, short_name: str) -> Reporter:
    """A new authority under a host; its code is recognisably not a GB/T 2260 code."""
    below = replace(
        host,
        code=f"{host.code}-{nth:02d}",
        name=f"{short_name}中小企业主管部门",
        short_name=short_name,
        kind=kind,
    )
    key = rows.add(
        Authority,
        code=below.code,
        code_standard="sample",
        name=below.name,
        short_name=short_name,
        kind=kind,
        region_seven=host.region_seven,
        region_four=host.region_four,
        reports=True,
    )
    below = replace(below, id=key)
    _put(rows, below, host.id, Relation.PART_OF, RECORDED_FROM)
    return below


def _put(rows: Rows, one: Reporter, parent_id: int, relation: Relation, starts_on: date) -> None:
    rows.add(
        AuthorityParent, authority_id=one.id, parent_id=parent_id, relation=relation, starts_on=starts_on
    )


def _profile(line: Line) -> Profile:
    return Profile(
        size_permille=int(line["size_permille"]),
        pace_permille=int(line["pace_permille"]),
        tasks_previous=int(line["tasks_previous"]),
        tasks_current=int(line["tasks_current"]),
        gaps=frozenset(map(int, listed(line["gaps"]))),
        plan=line["plan"],
        reporting=line["reporting"],
        coordination=line["coordination"],
        vacant_post=yes(line["vacant_post"]),
        handover=line["handover"],
    )
