"""Counts of waiting items beside the pages in the navigation."""

from collections.abc import Mapping

from db.home.oversight_counts import oversight_counts
from db.home.waiting import waiting_counts
from db.identity import SignedIn
from db.messages.inbox import unread_count
from pages.shared.navigation import Page
from pages.shared.reads import Reads
from pages.shared.wording import translate


def waiting_for(reads: Reads, by: SignedIn) -> Mapping[str, int]:
    """Page name → how many items wait there for this officer."""
    counts = reads.common(waiting_counts, by=by)
    oversight = reads.common(oversight_counts, by=by)
    return {**counts, **oversight, "inbox": reads.common(unread_count, by=by)}


def label(page: Page, waiting: Mapping[str, int]) -> str:
    """The title of a page with the number of items waiting there."""
    count = waiting.get(page.name, 0)
    return f"{translate(page.title)} :primary-badge[{count}]" if count else translate(page.title)
