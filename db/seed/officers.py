"""An authority's people in a sample: who writes, who signs off, and who holds which post since when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from db.seed.authorities import Reporter
from db.seed.build import Build
from db.seed.days import Days
from db.seed.draws import Draw, draws
from db.seed.files import Line, lines, listed
from db.seed.rows import Rows
from db.seed.texts import names
from db.tables import Appointment, Officer, Post, RoleGrant
from tracking.vocabulary import Role

VACANT_DAYS = 50


@dataclass(frozen=True, slots=True)
class SampleOfficer:
    """An officer by key and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SamplePost:
    """A post, its office, and the measures whose tasks belong to it."""

    id: int
    office: str
    measures: frozenset[int]


@dataclass(frozen=True, slots=True)
class Staff:
    """An authority and who acts for it."""

    authority: Reporter
    reporter: SampleOfficer
    signatory: SampleOfficer
    posts: Sequence[SamplePost]

    def post_for(self, measure: int) -> SamplePost:
        """The post responsible for tasks of a measure."""
        return next(post for post in self.posts if measure in post.measures)


def add_staff(build: Build, authority: Reporter) -> Staff:
    """The people of an authority, with the roles of the two who report."""
    draw = draws("staff", authority.code)
    people = (add_officer(build.rows, draw, name, authority.id) for name in names(draw))
    reporter, signatory = next(people), next(people)
    since = max(date(min(build.periods), 1, 1), authority.founded_on or date.min)
    grant(build.rows, reporter, Role.REPORTING_OFFICER, since)
    grant(build.rows, signatory, Role.SIGNATORY, since)
    build.signatories[authority.id] = signatory.id
    level = "unit" if authority.is_unit else "below"
    posts = [line for line in lines("post") if line["level"] == level]
    return Staff(
        authority, reporter, signatory, [_add_post(build, authority, line, people) for line in posts]
    )


def add_officer(rows: Rows, draw: Draw, name: str, authority_id: int | None = None) -> SampleOfficer:
    """Add an officer, with a phone number that no exchange can assign."""
    phone = f"000-0000{draw.randrange(10_000):04d}"
    return SampleOfficer(rows.add(Officer, authority_id=authority_id, name=name, office_phone=phone), name)


def grant(rows: Rows, officer: SampleOfficer, role: Role, since: date) -> None:
    """Give an officer a role from a day on."""
    granted_at = datetime(since.year, since.month, since.day, tzinfo=UTC)
    rows.add(RoleGrant, officer_id=officer.id, role=role, granted_at=granted_at)


def _add_post(build: Build, authority: Reporter, line: Line, people: Iterator[SampleOfficer]) -> SamplePost:
    key = build.rows.add(Post, authority_id=authority.id, title=line["title"])
    measures = frozenset(map(int, listed(line["measures"])))
    for starts_on, ends_on in _tenures(build, authority, measures):
        build.rows.add(
            Appointment, post_id=key, officer_id=next(people).id, starts_on=starts_on, ends_on=ends_on
        )
    return SamplePost(key, line["office"], measures)


def _tenures(build: Build, authority: Reporter, measures: frozenset[int]) -> list[tuple[date, date | None]]:
    """The tenures of a post: its first holder until today, or then vacant, or handed over this year."""
    since = authority.founded_on or date(min(build.periods) - 1, 7, 1)
    if authority.profile.vacant_post and 10 in measures:
        return [(since, build.today - timedelta(VACANT_DAYS))]
    if authority.profile.handover != "no" and 1 in measures:
        handed_over = Days(date(build.year, 1, 1), build.yesterday).part(450)
        return [(since, handed_over - timedelta(1)), (handed_over, None)]
    return [(since, None)]
