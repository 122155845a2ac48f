"""What all parts of a sample under construction share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from db.seed.authorities import Reporter
from db.seed.catalogue import Catalogue
from db.seed.days import Days, year_in_hand
from db.seed.draws import Draw
from db.seed.periods import Period
from db.seed.rows import Rows
from tracking.registers.definitions import Register


@dataclass(frozen=True)
class Build:
    """The rows so far and what they refer to. `brief` is for the large sets: short notes, no evidence.

    `evidence`: digest → bytes of the files that rows refer to; `signatories`: authority → who signs there;
    `hosted`: code of a unit → the units it hosts; `shared`: unit → the tasks of this year that it supports.
    """

    rows: Rows
    today: date
    catalogue: Catalogue
    periods: Mapping[int, Sequence[Period]]
    member_ids: Sequence[int]
    registers: Mapping[str, Register]
    brief: bool = False
    evidence: dict[str, bytes] = field(default_factory=dict)
    signatories: dict[int, int] = field(default_factory=dict)
    hosted: dict[str, Sequence[Reporter]] = field(default_factory=dict)
    shared: dict[int, list[int]] = field(default_factory=dict)

    @cached_property
    def yesterday(self) -> date:
        """The last day on which anything has happened."""
        return self.today - timedelta(1)

    @cached_property
    def year(self) -> int:
        """The current plan year."""
        return year_in_hand(self.today)

    @cached_property
    def present(self) -> Period:
        """The latest period that has begun."""
        return [period for period in self.periods[self.year] if period.observed.first <= self.today][-1]

    def past(self, first: date, last: date) -> Days:
        """The span as far as it has passed."""
        return Days(first, min(last, self.yesterday))

    def standing(self, authority: Reporter | None = None) -> Days:
        """The days of the sample that have passed, of an authority those on which it stood."""
        since, until = (authority.founded_on, authority.dissolved_on) if authority else (None, None)
        first, last = date(min(self.periods), 1, 1), until - timedelta(1) if until else self.yesterday
        return self.past(max(first, since or first), last)

    def member(self, draw: Draw) -> int:
        """One of the working-group members."""
        return draw.choice(self.member_ids)
