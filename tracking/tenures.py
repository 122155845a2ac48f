"""Who was responsible when: tenures of posts along the time something belonged to each post."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held a post from a day to a day, both included; None if no end is known."""

    post_id: int
    officer_name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """The post that something belongs to from a day on, until the next such day; None for none."""

    post_id: int | None
    starts_on: date


def responsible(belongings: Sequence[Belonging], tenures: Iterable[Tenure]) -> list[Tenure]:
    """Who was responsible over time, earliest first: each tenure, for the days on which the post had the item.

    `belongings` are ordered by day; of two on one day the later one counts. Days without a holder are simply
    not covered.
    """
    held = sorted(tenures, key=lambda tenure: tenure.starts_on)
    found: list[Tenure] = []
    for number, belonging in enumerate(belongings, start=1):
        later = [after.starts_on - timedelta(1) for after in belongings[number : number + 1]]
        found += [
            cut
            for tenure in held
            if tenure.post_id == belonging.post_id and (cut := _within(tenure, belonging.starts_on, *later))
        ]
    return _joined(found)


def _within(tenure: Tenure, first: date, last: date | None = None) -> Tenure | None:
    """The part of a tenure from a day to a day, None if empty."""
    starts_on = max(tenure.starts_on, first)
    ends_on = min((day for day in (tenure.ends_on, last) if day is not None), default=None)
    if ends_on is not None and ends_on < starts_on:
        return None
    return Tenure(tenure.post_id, tenure.officer_name, starts_on, ends_on)


def _joined(spans: Iterable[Tenure]) -> list[Tenure]:
    """Spans of the same person in the same post that follow each other without a gap, as one."""
    joined: list[Tenure] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and _follows(last, span):
            joined[-1] = Tenure(last.post_id, last.officer_name, last.starts_on, span.ends_on)
        else:
            joined.append(span)
    return joined


def _follows(last: Tenure, span: Tenure) -> bool:
    same = (last.post_id, last.officer_name) == (span.post_id, span.officer_name)
    return same and last.ends_on is not None and last.ends_on + timedelta(1) == span.starts_on
