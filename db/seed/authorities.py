"""Who reports in a sample: the 37 units with their profiles, and invented cities and counties below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice

from sqlmodel import Session, col, select

from db.seed.files import Line, lines, listed, yes
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
    """An authority that reports; `unit_id` is the reporting unit it counts towards."""

    id: int
    code: str
    name: str
    short_name: str
    kind: AuthorityKind
    unit_id: int
    region_seven: str | None
    region_four: str | None
    profile: Profile

    @property
    def is_unit(self) -> bool:
        """Whether it is a reporting unit."""
        return self.id == self.unit_id


def units(session: Session) -> list[Reporter]:
    """The units that have a profile, in official order."""
    profiles = {line["code"]: _profile(line) for line in lines("unit_profile")}
    rows = session.exec(select(Authority).order_by(col(Authority.official_order))).all()
    return [_unit(row, profiles[row.code]) for row in rows if row.code in profiles]


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
    rows.add(
        AuthorityParent,
        authority_id=key,
        parent_id=host.id,
        relation=Relation.PART_OF,
        starts_on=RECORDED_FROM,
    )
    return replace(below, id=key)


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
