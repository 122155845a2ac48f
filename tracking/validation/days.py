"""The days that can be meant at all: a slip of the hand in a year is refused before anybody counts with it."""

from datetime import date

from tracking.messages import Message
from tracking.validation.problems import Problem, refuse_all

# Nothing in the registers is older.
FIRST_DAY = date(1949, 10, 1)
# How many years before this one and after it a plan or a period may be of, and a day to come may lie ahead.
YEARS_APART = 5


def last_day(today: date) -> date:
    """The last day that anything to come may be given."""
    return date(today.year + YEARS_APART, 12, 31)


def day_problems(field: str, day: date, today: date) -> list[Problem]:
    """The fault of a day so far off that it cannot be meant, if it is."""
    last = last_day(today)
    if FIRST_DAY <= day <= last:
        return []
    return [Problem(field, Message("validation.day_far_off", first=FIRST_DAY, last=last))]


def check_days(today: date, **days: date) -> None:
    """Raises `Refusal` with every day that cannot be meant, each at its field."""
    refuse_all([problem for field, day in days.items() for problem in day_problems(field, day, today)])


def check_year(year: int, today: date) -> None:
    """Raises `Refusal` for a year that no plan or period can be of now."""
    first, last = today.year - YEARS_APART, today.year + YEARS_APART
    if not first <= year <= last:
        message = Message("validation.year_far_off", first=str(first), last=str(last))
        refuse_all([Problem("year", message)])
