"""The span between two looks at the same work: from the end of one day to the end of a later one."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracking.messages import Message, Refusal
from tracking.validation.days import FIRST_DAY

DAYS_BACK = 30


@dataclass(frozen=True, slots=True)
class Span:
    """The time after `since` and up to the end of `until`."""

    since: date
    until: date


def span_of(since: date | None, until: date | None, *, today: date) -> Span:
    """The requested span; by default it ends today and starts a month before its end.

    Raises `Refusal` if the first day is not before the second, or the second is in the future.
    """
    last = max(until or today, FIRST_DAY)
    first = max(since or last - timedelta(DAYS_BACK), FIRST_DAY)
    if last > today:
        raise Refusal(Message("changes.to_come", today=today), fields=("until",))
    if first >= last:
        raise Refusal(Message("changes.order"), fields=("since",))
    return Span(first, last)
