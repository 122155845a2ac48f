"""Reads the known layouts of an authority's own ledgers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.identity import SignedIn
from db.sql import select
from db.store import Store
from db.tables import LedgerLayout, ReportingPeriod
from tracking.documents.grids import Sheet, unpacked
from tracking.documents.legacy_guess import guess_layouts, likely_sheets
from tracking.documents.legacy_layout import Context, Layout, is_bound, layout_again
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
    )


def remembered_layouts(store: Store, by: SignedIn) -> list[Layout]:
    """The layouts that one's own authority used last, none before the first.

    Those of an earlier form are guessed anew: they may take planned for done without anybody having been asked.
    """
    rows = select(LedgerLayout.layouts).where(LedgerLayout.authority_id == by.authority_id)
    with store.read() as session:
        kept = session.execute(rows).scalar_one_or_none()
    return [layout_again(one) for one in kept or [] if is_bound(one)]
