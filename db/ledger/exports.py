"""Exporting the ledger: who may, and the audit record."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd

from db.authorities.scope import NATION, scope_of
from db.changes.queries import Changes, changes
from db.figures.past_days import keep_days
from db.identity import SignedIn
from db.ledger.columns import LedgerWhere
from db.ledger.index import ledger_batches, ledger_index
from db.moves.queries import MoveFilter, moves_frame
from db.row_changes import plain
from db.store import Store
from db.tables import Notice, ReportingPeriod
from tracking import permissions
from tracking.figures.vintages import Vintage
from tracking.ledgers.columns import Overdue
from tracking.permissions import Right, Scope
from tracking.spans import Span
from tracking.vocabulary import Light

# Query parameters, and the fields they filter.
KEYS = {"unit": "unit_id", "measure": "measure_id", "area": "area_id", "action": "action_id", "tag": "tag_id"}


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which lines of a period's ledger to read; None means any."""

    region: str | None = None
    grouping: str = "region_seven"
    unit_id: int | None = None
    measure_id: int | None = None
    area_id: int | None = None
    action_id: int | None = None
    country: str | None = None
    tag_id: int | None = None
    light: Light | Overdue | None = None
    text: str | None = None
    known_on: date | None = None
    published: bool = False

    @property
    def where(self) -> LedgerWhere:
        """The filters applied before light and text."""
        return {
            "region": self.region,
            "grouping": self.grouping,
            "unit_id": self.unit_id,
            "measure_id": self.measure_id,
            "area_id": self.area_id,
            "action_id": self.action_id,
            "country": self.country,
            "tag_id": self.tag_id,
        }


@dataclass(frozen=True, slots=True)
class LedgerExport:
    """A period's ledger being exported, with its number of lines.

    `batches` have the columns of `ledger_frame` with figures; they are read lazily, once.
    """

    period: ReportingPeriod
    scope: Scope
    lines: int
    batches: Iterator[pd.DataFrame]


def export_ledger(
    store: Store, *, by: SignedIn | None, period_id: int, where: LedgerFilter, file_format: str
) -> LedgerExport:
    """Export the lines of a period that `by` may read; audited.

    On the command line nobody is signed in: whoever runs it has the store anyway and may read all. Raises
    `Refusal`, `NotFound` for an unknown period.
    """
    with store.write(by) as tx:
        if by is not None:
            permissions.check(by, Right.EXPORT_LEDGER)
        period = tx.load(ReportingPeriod, period_id)
        narrowed = {name: plain(value) for name, value in asdict(where).items() if value}
        if where.region is None:
            del narrowed["grouping"]
        authority_id = by.authority_id if by else None
        tx.audit("export_ledger", period, authority_id, file_format=file_format, **narrowed)
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
    scope = scope_of(store, by) if by else NATION
    vintage = Vintage(where.known_on, where.published)
    index = ledger_index(
        store,
        scope,
        period_id=period_id,
        **where.where,
        light=where.light,
        text=where.text,
        vintage=vintage,
        with_lights=False,
    )
    keys = index["task_id"].tolist()
    batches = ledger_batches(store, scope, keys, period_id=period_id, vintage=vintage)
    return LedgerExport(period, scope, len(keys), batches)


def export_moves(
    store: Store, *, by: SignedIn, notice_id: int, year: int, where: MoveFilter, file_format: str
) -> pd.DataFrame:
    """Export the register of moved dates that `by` may read (columns of `moves_frame`); audited.

    Raises `Refusal`, `NotFound` for an unknown notice.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.EXPORT_LEDGER)
        notice = tx.load(Notice, notice_id)
        narrowed = {name: value for name, value in asdict(where).items() if value}
        tx.audit("export_moves", notice, by.authority_id, year=year, file_format=file_format, **narrowed)
    scope = scope_of(store, by)
    return moves_frame(store, scope, notice_id=notice_id, year=year, where=where)


def export_changes(store: Store, *, by: SignedIn, notice_id: int, year: int, span: Span) -> Changes:
    """Export what changed between two days, as far as `by` may read it; audited.

    Raises `Refusal`, `NotFound` for an unknown notice.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.EXPORT_LEDGER)
        days = {name: plain(day) for name, day in asdict(span).items()}
        tx.audit("export_changes", tx.load(Notice, notice_id), by.authority_id, year=year, **days)
    keep_days(store, notice_id=notice_id, year=year, days=(span.since, span.until))
    return changes(store, scope_of(store, by), notice_id=notice_id, year=year, span=span)
