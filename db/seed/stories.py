"""How sample tasks fare: their dates, and their progress on any day.

A story is drawn relative to the day of loading, so that every light is alive whenever that is. "Now" is
today, or the last day of a plan year that is over.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from db.seed.days import Days, deadlines, year_of
from db.seed.draws import Draw, between
from tracking.figures.completion import FULL

# The most that an unfinished task reaches.
NEARLY = 985


class Fate(Enum):
    """What becomes of a task."""

    STEADY = auto()
    AHEAD = auto()
    LAGGING = auto()
    FINISHED = auto()
    STUCK = auto()
    OVERDUE = auto()
    NOT_STARTED = auto()
    SUSPENDED = auto()
    COMPLETION_REQUESTED = auto()
    EXTENDED = auto()
    CARRIED_OVER = auto()
    EXTENSION_REQUESTED = auto()
    EXTENSION_REFUSED = auto()


THIS_YEAR = {
    Fate.STEADY: 54,
    Fate.AHEAD: 14,
    Fate.LAGGING: 6,
    Fate.FINISHED: 20,
    Fate.STUCK: 1,
    Fate.OVERDUE: 2,
    Fate.NOT_STARTED: 4,
    Fate.SUSPENDED: 2,
    Fate.COMPLETION_REQUESTED: 3,
    Fate.EXTENDED: 3,
    Fate.EXTENSION_REQUESTED: 1,
    Fate.EXTENSION_REFUSED: 1,
}
# When the year is wound up, tasks still under way have mostly been granted a day in the next.
YEAR_END = {
    Fate.STEADY: 4,
    Fate.AHEAD: 2,
    Fate.LAGGING: 4,
    Fate.FINISHED: 38,
    Fate.STUCK: 1,
    Fate.OVERDUE: 2,
    Fate.SUSPENDED: 4,
    Fate.COMPLETION_REQUESTED: 4,
    Fate.EXTENDED: 3,
    Fate.CARRIED_OVER: 44,
    Fate.EXTENSION_REQUESTED: 2,
    Fate.EXTENSION_REFUSED: 1,
}
EARLIER_YEAR = {
    Fate.FINISHED: 88,
    Fate.LAGGING: 3,
    Fate.OVERDUE: 3,
    Fate.SUSPENDED: 2,
    Fate.EXTENDED: 4,
}
# In the large sets nearly every task runs all year, so that nearly every period is reported.
LARGE = {
    Fate.STEADY: 84,
    Fate.AHEAD: 6,
    Fate.LAGGING: 4,
    Fate.FINISHED: 2,
    Fate.SUSPENDED: 2,
    Fate.STUCK: 1,
    Fate.OVERDUE: 1,
}
# For a unit that is to report everything afresh.
UNDERWAY = {Fate.STEADY: 24, Fate.AHEAD: 4, Fate.LAGGING: 2}
UNDERWAY_AT_YEAR_END = {Fate.CARRIED_OVER: 24, Fate.AHEAD: 4, Fate.LAGGING: 2}

# The pace of each, in permille of its expected line; the rest roughly keep to it.
SPEEDS = {
    Fate.AHEAD: (1080, 1200),
    Fate.LAGGING: (760, 880),
    Fate.OVERDUE: (600, 850),
    Fate.EXTENDED: (1000, 1060),
}
STEADY_SPEED = (980, 1070)


@dataclass(frozen=True, slots=True)
class Story:
    """The dates and pace of a task; it stops on `stops_on`, and is finished on `finished_on` if given."""

    fate: Fate
    starts_on: date
    due_on: date
    speed_permille: int
    stops_on: date = date.max
    finished_on: date = date.max
    extended_to: date | None = None

    @property
    def counts_to(self) -> date:
        """The due date from which delay counts."""
        return self.extended_to or self.due_on

    def done(self, expected_permille: int, on: date) -> int:
        """Permille done on a day on which `expected_permille` is expected; an unfinished task never quite gets there."""
        if on >= self.finished_on:
            return max(FULL, FULL * self.speed_permille // 1000)
        return min(NEARLY, expected_permille * self.speed_permille // 1000)


def story(draw: Draw, fate: Fate, year: int, today: date, pace_permille: int) -> Story:
    """A story of this fate within a plan year."""
    now = min(today, year_of(year).last)
    tell = {
        Fate.FINISHED: _finished,
        Fate.OVERDUE: _overdue,
        Fate.STUCK: _stuck,
        Fate.SUSPENDED: _suspended,
        Fate.NOT_STARTED: _not_started,
        Fate.EXTENDED: _extended,
        Fate.CARRIED_OVER: _carried_over,
        Fate.EXTENSION_REQUESTED: _due_soon,
        Fate.EXTENSION_REFUSED: _due_soon,
    }.get(fate, _underway)
    speed = between(draw, *SPEEDS.get(fate, STEADY_SPEED)) * pace_permille // 1000
    return tell(draw, fate, now, speed)


def _underway(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    due_on = _coming_due(draw, now)
    lags = fate is Fate.LAGGING
    finished_on = date.max if lags else due_on - timedelta(10)
    return Story(fate, _start(draw, now), due_on, speed, finished_on=finished_on)


def _finished(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    """Half of them have fallen due already, the other half were early."""
    starts_on = _start(draw, now)
    passed = [day for day in deadlines(now.year) if starts_on + timedelta(60) <= day <= now - timedelta(20)]
    if passed and draw.random() < 0.5:
        due_on = draw.choice(passed)
        finished_on = due_on - timedelta(between(draw, 15, 35))
    else:
        due_on = _coming_due(draw, now)
        finished_on = Days(starts_on, now).part(between(draw, 600, 920))
    return Story(fate, starts_on, due_on, max(speed, 1000), finished_on=finished_on)


def _overdue(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    starts_on = year_of(now.year).first
    due_on = _passed(draw, starts_on, now)
    return Story(fate, starts_on, due_on, speed, stops_on=due_on)


def _stuck(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    starts_on = year_of(now.year).first
    stops_on = Days(starts_on, now).part(between(draw, 250, 500))
    return Story(fate, starts_on, year_of(now.year).last, speed, stops_on=stops_on)


def _suspended(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    starts_on = year_of(now.year).first
    stops_on = Days(starts_on, now).part(between(draw, 400, 700))
    return Story(fate, starts_on, year_of(now.year).last, speed, stops_on=stops_on)


def _not_started(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    last = year_of(now.year).last
    starts_on = min(now + timedelta(between(draw, 7, 30)), last - timedelta(6))
    return Story(fate, starts_on, last, speed)


def _extended(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    """The plan's date has passed; the granted one is the end of the year."""
    starts_on, last = year_of(now.year).first, year_of(now.year).last
    finished_on = last - timedelta(15) if now == last else date.max
    return Story(
        fate, starts_on, _passed(draw, starts_on, now), speed, finished_on=finished_on, extended_to=last
    )


def _carried_over(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    """Due as the year ends, and granted a day of the first months of the next."""
    due_on = year_of(now.year).last
    extended_to = due_on + timedelta(between(draw, 6, 170))
    return Story(fate, _start(draw, now), due_on, speed, extended_to=extended_to)


def _due_soon(draw: Draw, fate: Fate, now: date, speed: int) -> Story:
    due_on = min(now + timedelta(between(draw, 8, 12)), year_of(now.year).last)
    return Story(fate, year_of(now.year).first, due_on, speed)


def _start(draw: Draw, now: date) -> date:
    """Mostly the first day of the year; a later one only if enough time has passed since."""
    later = (date(now.year, 2, 15), date(now.year, 4, 1), date(now.year, 5, 1))
    usual = [day for day in later if day <= now - timedelta(60)]
    first = year_of(now.year).first
    return draw.choice([*[first] * 8, *usual])


def _coming_due(draw: Draw, now: date) -> date:
    """Two in three at the end of the year, the others on a usual day some weeks ahead."""
    last = year_of(now.year).last
    ahead = [day for day in deadlines(now.year) if day > now + timedelta(20)]
    return draw.choice(ahead) if ahead and draw.random() < 0.35 else last


def _passed(draw: Draw, starts_on: date, now: date) -> date:
    return Days(starts_on, now - timedelta(3)).part(between(draw, 600, 950))
