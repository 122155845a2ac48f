"""Assembling an authority: its people, registers, and each year's plan with its outcome."""

from dataclasses import dataclass

from db.seed.accounts import DemoAccounts
from db.seed.authorities import Reporter
from db.seed.build import Build
from db.seed.difficulties import LIVES, Steps, add_difficulty
from db.seed.draws import Deck, draws
from db.seed.notices import tell_of_opening
from db.seed.officers import Staff, add_staff
from db.seed.plans import add_plan
from db.seed.registers import add_registers
from db.seed.reports import ALL_UNDERWAY, PAST, PRESENT, Outcome, Reports
from db.seed.rulings import add_extension
from db.seed.slips import URGINGS, Urgings, add_slips
from db.seed.stories import (
    EARLIER_YEAR,
    LARGE,
    THIS_YEAR,
    UNDERWAY,
    UNDERWAY_AT_YEAR_END,
    YEAR_END,
    Fate,
)
from db.seed.support import add_contributions, supporter_of
from db.seed.suspensions import Waiting, add_suspension, waiting_decks


@dataclass(frozen=True)
class Decks:
    """Decks dealt across all authorities, so that every card turns up somewhere."""

    this_year: Deck[Fate]
    earlier_year: Deck[Fate]
    underway: Deck[Fate]
    past: Deck[Outcome]
    urgings: Deck[Urgings]
    difficulties: Deck[Steps]
    waiting: Waiting

    def fates(self, *, this_year: bool, underway: bool) -> Deck[Fate]:
        """The fates of a year's tasks; a unit that has yet to report them has all of them underway."""
        if not this_year:
            return self.earlier_year
        return self.underway if underway else self.this_year


def new_decks(*, large: bool, at_year_end: bool) -> Decks:
    """Every deck shuffled anew."""
    draw = draws("decks")
    this_year, underway = (YEAR_END, UNDERWAY_AT_YEAR_END) if at_year_end else (THIS_YEAR, UNDERWAY)
    return Decks(
        this_year=Deck(draw, LARGE if large else this_year),
        earlier_year=Deck(draw, LARGE if large else EARLIER_YEAR),
        underway=Deck(draw, underway),
        past=Deck(draw, PAST),
        urgings=Deck(draw, URGINGS),
        difficulties=Deck(draw, LIVES),
        waiting=waiting_decks(),
    )


def add_authority(build: Build, decks: Decks, accounts: DemoAccounts, authority: Reporter) -> Staff:
    """Add everything for one authority; gives its people."""
    staff = add_staff(build, authority)
    accounts.add_unit(staff)
    add_contributions(build, staff)
    if authority.is_unit:
        add_registers(build, staff)
        tell_of_opening(build, draws("notices", authority.code), staff)
    for year in filter(authority.works_in, build.periods):
        _add_year(build, decks, staff, year)
    return staff


def _add_year(build: Build, decks: Decks, staff: Staff, year: int) -> None:
    profile, this_year = staff.authority.profile, year == build.year
    fates = decks.fates(this_year=this_year, underway=profile.reporting in ALL_UNDERWAY)
    plan = add_plan(build, staff, year, fates, _revisions(profile.plan, this_year=this_year))
    if not plan.filed:
        return
    draw = draws("reports", staff.authority.code, year)
    present = Deck(draw, PRESENT[profile.reporting])
    for task in plan.tasks:
        supporter = supporter_of(build, staff.authority, task.number)
        if supporter and this_year:
            build.shared.setdefault(supporter.id, []).append(task.id)
        reports = Reports(build, draw, task)
        reports.add(decks.past, present)
        add_suspension(build, task, reports, decks.waiting)
        add_extension(build, draw, task)
        add_slips(build, draw, task, decks.urgings)
        add_difficulty(build, task, decks.difficulties)


def _revisions(plan: str, *, this_year: bool) -> str:
    """The revisions of a plan; whoever amends this year's plan amended the last; earlier plans are all filed."""
    if this_year:
        return plan
    return "amended" if plan.startswith("amend") else "filed"
