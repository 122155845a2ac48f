"""Loading a sample into a store: the small one to look around in, and large ones to measure with.

Either is one transaction with one audit event, and leaves the summaries as they are recomputed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session, select

from db.clock import end_of
from db.figures import past, summaries
from db.plans import moved_dates as date_moves
from db.registers.definitions import registers_in
from db.seed.accounts import DemoAccount, DemoAccounts, demo_accounts, has_accounts
from db.seed.attestations import add_attestations
from db.seed.authorities import Profile, Reporter, cities, cities_of, counties, further_units, units
from db.seed.briefings import add_briefings
from db.seed.build import Build
from db.seed.catalogue import catalogue_of
from db.seed.composites import add_composites
from db.seed.corrections import add_corrections
from db.seed.days import winds_up, year_in_hand
from db.seed.draws import Deck, draws
from db.seed.entries import add_group_entries
from db.seed.evidence import keep_evidence
from db.seed.handovers import add_handovers
from db.seed.peer_groups import add_peer_groups
from db.seed.periods import add_periods
from db.seed.reference import load_reference
from db.seed.rows import move_sequences, rows_after
from db.seed.second_notice import SecondNotice, second_notice
from db.seed.support import hosted_units
from db.seed.unit_years import add_authority, new_decks
from db.statistics import gather_statistics
from db.store import Store, Transaction
from db.tables import Account, Notice, ReportingPeriod, WorkPlan
from tracking.messages import Message, Refusal

# Progress of making a set: the step, how much of it is done, how much there is.
Progress = Callable[[str, int, int], None]

ROWS_AT_ONCE = 40_000
TASKS_A_YEAR = 15


class Scale(StrEnum):
    """How large a generated set is: the units, with their cities, with their counties too."""

    S = "S"
    M = "M"
    L = "L"


# How many cities and counties there are below the units.
BELOW = {Scale.S: (0, 0), Scale.M: (333, 0), Scale.L: (333, 2850)}
# The province that shows in the small sample how cities report through it, and how many do.
CITIES_OF, CITIES = "320000", 2
REPORTING = {"done": 14, "in_review": 3, "partly": 2, "silent": 1}


def load_sample(store: Store, today: date, *, two_notices: bool = False) -> list[DemoAccount]:
    """Fill a store without plans with the small sample, and return the demonstration accounts.

    With `two_notices` a second one, invented, stands beside the notice.
    Raises `Refusal` if there are plans or periods already.
    """
    with store.write(None) as tx:
        build, accounts = _begin(tx.session, today, "quarter", brief=False)
        reporters = units(tx.session)
        top = tuple(reporters)
        reporters += [_small(city) for city in cities_of(build.rows, top, CITIES_OF, CITIES)]
        reporters += further_units(build.rows, top, build.year)
        second = second_notice(tx.session, build) if two_notices else None
        _add_all(tx, build, accounts, reporters, _untold, second=second)
        keep_evidence(store, build.evidence)
        _finish(tx, build, "load_sample")
        add_handovers(tx.session, build, reporters)
        named = demo_accounts(tx.session)
    # Their figures are read from the store, as a page reads them.
    add_briefings(store, today)
    add_attestations(store, today)
    return named


def _small(city: Reporter) -> Reporter:
    """A city with a few tasks, none reported yet; where it has people of its own, its province checks it."""
    shape: dict[str, Any] = {"tasks_current": 3, "plan": "filed", "reporting": "fresh"}
    if has_accounts(city):
        shape = {"tasks_current": 8, "plan": "amendment_checking", "reporting": "checked"}
        city = replace(city, checker_id=city.unit_id)
    profile = replace(city.profile, tasks_previous=2, gaps=frozenset(), vacant_post=False, handover="no")
    return replace(city, profile=replace(profile, **shape))


def generate(store: Store, scale: Scale, today: date, progress: Progress) -> None:
    """Fill a store without plans with two years of monthly reports for 15 tasks per authority.

    Memory stays bounded: rows are stored as they are made. Raises `Refusal` as `load_sample` does.
    """
    with store.write(None) as tx:
        build, accounts = _begin(tx.session, today, "month", brief=True)
        _add_all(tx, build, accounts, _reporters(tx.session, build, scale), progress)
        progress("summaries", 0, 1)
        _finish(tx, build, "generate", scale=scale.value)
        progress("summaries", 1, 1)


def holds_work(session: Session) -> bool:
    """Whether the store has plans or reporting periods already, so that no sample may be loaded."""
    return any(session.exec(select(table).limit(1)).first() for table in (WorkPlan, ReportingPeriod))


def _begin(session: Session, today: date, cycle: str, *, brief: bool) -> tuple[Build, DemoAccounts]:
    """Add what everything else refers to: catalogue, working group, and the periods of last year and this one."""
    if holds_work(session):
        raise Refusal(Message("seed.not_empty"))
    load_reference(session)
    rows, catalogue, years = (
        rows_after(session),
        catalogue_of(session),
        (year_in_hand(today) - 1, year_in_hand(today)),
    )
    accounts = DemoAccounts(
        rows, date(years[0], 1, 1), taken=frozenset(session.exec(select(Account.sign_in_name)))
    )
    periods = add_periods(rows, catalogue.notice_id, years, cycle, today)
    registers = {register.key: register for register in registers_in(session, catalogue.notice_id)}
    build = Build(rows, today, catalogue, periods, accounts.add_working_group(), registers, brief)
    add_composites(session, catalogue)
    add_peer_groups(session, build)
    add_group_entries(build)
    return build, accounts


def _add_all(
    tx: Transaction,
    build: Build,
    accounts: DemoAccounts,
    reporters: Sequence[Reporter],
    progress: Progress,
    *,
    second: SecondNotice | None = None,
) -> None:
    """Every authority in turn, storing rows whenever enough have accumulated."""
    build.hosted.update(hosted_units(reporters))
    decks = new_decks(large=build.brief, at_year_end=winds_up(build.today))
    for done, reporter in enumerate(reporters, 1):
        staff = add_authority(build, decks, accounts, reporter)
        if second:
            second.add_unit(staff)
        if build.rows.count() > ROWS_AT_ONCE:
            build.rows.store(tx.session)
            progress("authorities", done, len(reporters))
    build.rows.store(tx.session)
    progress("authorities", len(reporters), len(reporters))


def _finish(tx: Transaction, build: Build, action: str, **detail: Any) -> None:
    move_sequences(tx.session)
    summaries.rebuild(tx.session, known_at=end_of(build.today))
    date_moves.rebuild(tx.session)
    past.publish_from_history(tx.session)
    if not build.brief:
        add_corrections(tx.session, build)
    gather_statistics(tx.session)
    notice = tx.load(Notice, build.catalogue.notice_id)
    tx.audit(action, notice, today=build.today.isoformat(), **detail)


def _reporters(session: Session, build: Build, scale: Scale) -> list[Reporter]:
    """The units and, depending on the scale, invented authorities below them; all with filed plans."""
    top = units(session)
    number_of_cities, number_of_counties = BELOW[scale]
    middle = cities(build.rows, top, number_of_cities)
    bottom = counties(build.rows, middle, number_of_counties)
    councils = further_units(build.rows, top, build.year)
    reporting = Deck(draws("reporting"), REPORTING)
    return [
        replace(reporter, profile=_evened(reporter.profile, reporting.deal()))
        for reporter in (*top, *middle, *bottom, *councils)
    ]


def _evened(profile: Profile, reporting: str) -> Profile:
    """The same size and pace, but with the usual number of tasks, and a filed plan without gaps."""
    return replace(
        profile,
        tasks_previous=TASKS_A_YEAR,
        tasks_current=TASKS_A_YEAR,
        gaps=frozenset(),
        plan="filed",
        reporting=reporting,
    )


def _untold(_step: str, _done: int, _total: int) -> None:
    """Report no progress, for the small sample."""
