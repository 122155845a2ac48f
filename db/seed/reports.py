"""Which updates a sample task has: what became of each past period, and how far the present one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db.clock import day_of
from db.seed.build import Build
from db.seed.days import Days, moments
from db.seed.draws import Deck, Draw
from db.seed.figures import NOTHING_YET, reached_by, reached_on
from db.seed.notes import Notes, brief_notes, notes_of, unchanged_notes
from db.seed.periods import Period
from db.seed.status_log import StatusLog
from db.seed.stories import Fate
from db.seed.tasks import SampleTask
from db.seed.updates import Ending, Reached, Version, add_version, stages_for
from tracking.figures.completion import FULL

DRAFT, HANDED_OVER, SIGNED_OFF = Ending.DRAFT, Ending.HANDED_OVER, Ending.SIGNED_OFF
SUBMITTED, RETURNED, ACCEPTED = Ending.SUBMITTED, Ending.RETURNED, Ending.ACCEPTED

Endings = tuple[Ending, ...]

DAYS_BEFORE_END = 9
DAYS_LATE = 8
DAYS_OF_PRESENT = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a task's report for a past period: its versions, and whether they came after the window."""

    endings: Endings
    late: bool = False


PAST: Mapping[Outcome, int] = {
    Outcome((ACCEPTED,)): 166,
    Outcome((ACCEPTED,), late=True): 8,
    Outcome((RETURNED, ACCEPTED)): 20,
    Outcome((Ending.REOPENED, ACCEPTED)): 2,
    Outcome(()): 4,
}
# How a unit reports the current period, as `unit_profile.csv` calls it → what becomes of its tasks' updates.
PRESENT: Mapping[str, Mapping[Endings, int]] = {
    "done": {(ACCEPTED,): 17, (RETURNED, ACCEPTED): 1, (SUBMITTED,): 2},
    "in_review": {(ACCEPTED,): 9, (SUBMITTED,): 8, (RETURNED,): 2, (RETURNED, SUBMITTED): 1},
    "partly": {
        (ACCEPTED,): 4,
        (SUBMITTED,): 3,
        (SIGNED_OFF,): 3,
        (HANDED_OVER,): 3,
        (DRAFT,): 3,
        (RETURNED,): 1,
        (RETURNED, DRAFT): 1,
        (): 2,
    },
    "drafting": {(DRAFT,): 8, (HANDED_OVER,): 3, (): 6},
    "silent": {(): 1},
    "fresh": {(): 1},
    "checked": {(Ending.CHECKING,): 3, (): 1},
}
# Whoever reports so has all tasks of the year under way.
ALL_UNDERWAY = frozenset({"fresh", "checked"})


class Reports:
    """The reports of one task, period by period."""

    def __init__(self, build: Build, draw: Draw, task: SampleTask) -> None:
        self.build = build
        self.draw = draw
        self.task = task
        self.log = StatusLog(build, draw, task)
        self.reached = NOTHING_YET
        self.unchanged = 0

    def add(self, past: Deck[Outcome], present: Deck[Endings]) -> None:
        """Add every update of the task until it is completed or the periods run out."""
        for period in self.build.periods[self.task.year]:
            if self.log.completed or not self._speaks_in(period):
                continue
            if period is self.build.present:
                self._report_present(period, present)
            else:
                self._report_past(period, past.deal())

    def _speaks_in(self, period: Period) -> bool:
        """Whether the task reports in the period: both have begun, and it was not suspended before the period ended."""
        story = self.task.story
        if story.fate is Fate.NOT_STARTED or period.observed.first > self.build.yesterday:
            return False
        begun = story.starts_on <= min(period.observed.last, self.build.yesterday)
        return begun and (story.fate is not Fate.SUSPENDED or period.window.last <= story.stops_on)

    def _report_past(self, period: Period, outcome: Outcome) -> None:
        end, closed = period.observed.last, period.window.last
        after = Days(closed + timedelta(1), closed + timedelta(DAYS_LATE))
        if outcome.late and after.last < self.build.today:
            self._report(period, outcome.endings, after)
        else:
            span = self.build.past(end - timedelta(DAYS_BEFORE_END), closed)
            self._report(period, outcome.endings, span)

    def _report_present(self, period: Period, present: Deck[Endings]) -> None:
        first = max(period.window.first, self.build.today - timedelta(DAYS_OF_PRESENT))
        requested = self.task.story.fate is Fate.COMPLETION_REQUESTED
        endings = (SUBMITTED,) if requested else present.deal()
        self._report(period, endings, Days(first, self.build.yesterday), finished=requested)

    def _report(self, period: Period, endings: Endings, span: Days, *, finished: bool = False) -> None:
        """Add one version after another, all with the figures of the day the first was written."""
        stages = [stages_for(self.task, ending) for ending in endings]
        instants = iter(moments(self.draw, span, sum(map(len, stages))))
        lives = [dict(zip(names, instants, strict=False)) for names in stages]
        if not lives:
            return
        day = min(day_of(lives[0]["written_at"]), period.observed.last)
        reached = self._reached(day, finished=finished)
        notes = self._notes(reached, period.id)
        for number, (ending, life) in enumerate(zip(endings, lives, strict=True), 1):
            requested = reached.permille >= FULL
            version = Version(period.id, number, ending, life, reached, requested, notes)
            add_version(self.build, self.draw, self.task, version)
            self.log.note(version)

    def _reached(self, day: date, *, finished: bool) -> Reached:
        if finished:
            return reached_by(self.draw, self.task, FULL, self.reached)
        return reached_on(self.draw, self.task, day, self.reached)

    def _notes(self, reached: Reached, turn: int) -> Notes:
        """Notes that mention if nothing changed since the previous period; never for the first report."""
        unchanged = reached == self.reached
        streak, self.reached = self.unchanged, reached
        self.unchanged = streak + 1 if unchanged else 0
        if unchanged:
            return unchanged_notes(self.draw, streak)
        if self.build.brief:
            return brief_notes(self.draw)
        return notes_of(self.draw, self.task, reached, turn)
