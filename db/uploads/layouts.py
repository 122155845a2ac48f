"""Reads and remembers the layouts of an authority's own ledgers, and the titles it matched by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.identity import SignedIn
from db.sql import select
from db.store import Store, Transaction
from db.tables import LedgerLayout, ReportingPeriod
from tracking.documents.grids import Sheet, unpacked
from tracking.documents.legacy_guess import guess_layouts, likely_sheets
from tracking.documents.legacy_layout import (
    Context,
    Layout,
    is_bound,
    known_layout,
    layout_again,
    packed_layout,
)
from tracking.documents.legacy_spans import months_between
from tracking.documents.legacy_words import bare_title
from tracking.ledgers.rows import LedgerTask


@dataclass(frozen=True, slots=True)
class Proposal:
    """The sheets of a workbook, the layouts of those that may be ledgers, likeliest first, and the initial choice."""

    heads: list[Sheet]
    layouts: list[Layout]
    likely: list[str]
    context: Context


def proposed_layouts(
    store: Store, by: SignedIn, heads: Any, tasks: Sequence[LedgerTask], period_id: int
) -> Proposal:
    """The initial layouts of a workbook: those of this authority's last one, else a guess.

    `heads` are those of the upload, `tasks` the authority's, in the period it was uploaded for.
    """
    sheets = [unpacked(head) for head in heads]
    remembered = remembered_layouts(store, by)
    context = _context(store, tasks, period_id)
    layouts = guess_layouts(sheets, context, remembered)
    return Proposal(sheets, layouts, likely_sheets(sheets, layouts, context, remembered), context)


def _context(store: Store, tasks: Sequence[LedgerTask], period_id: int) -> Context:
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
    return Context(
        titles=frozenset(bare_title(task.title) for task in tasks),
        indicators={one.name: one.unit for task in tasks for one in task.indicators},
        period=months_between(period.starts_on, period.ends_on),
        authorities=frozenset(owners)
        if len(owners := {task.authority for task in tasks}) > 1
        else frozenset(),
    )


def known_names(store: Store, by: SignedIn) -> dict[str, list[int]]:
    """The titles that one's own authority matched by hand, each with its tasks."""
    rows = select(LedgerLayout.names).where(LedgerLayout.authority_id == by.authority_id)
    with store.read() as session:
        return session.execute(rows).scalar_one_or_none() or {}


def remember_layouts(
    tx: Transaction, by: SignedIn, layouts: Sequence[Layout], names: Mapping[str, Sequence[int]]
) -> None:
    """Store the layouts and the titles matched by hand for one's authority; changes are audited."""
    said = {"layouts": [packed_layout(known_layout(layout)) for layout in layouts], "names": dict(names)}
    mine = select(LedgerLayout).where(LedgerLayout.authority_id == by.authority_id)
    kept = tx.session.execute(mine).scalar_one_or_none()
    if kept is not None and {"layouts": kept.layouts, "names": kept.names or {}} == said:
        return
    if kept is None:
        kept = tx.add(LedgerLayout(authority_id=by.authority_id or 0, saved_at=tx.now))
    kept.layouts, kept.names = said["layouts"], said["names"]
    kept.saved_by_id, kept.saved_at = by.officer_id, tx.now
    tx.audit("remember_ledger_layout", kept, by.authority_id, sheets=[layout.sheet for layout in layouts])


def remembered_layouts(store: Store, by: SignedIn) -> list[Layout]:
    """The layouts that one's own authority used last, none before the first.

    Those of an earlier form are guessed anew: they may take planned for done without anybody having been asked.
    """
    rows = select(LedgerLayout.layouts).where(LedgerLayout.authority_id == by.authority_id)
    with store.read() as session:
        kept = session.execute(rows).scalar_one_or_none()
    return [layout_again(one) for one in kept or [] if is_bound(one)]
