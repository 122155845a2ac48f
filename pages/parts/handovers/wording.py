"""Handovers in words: posts to choose from, states with counts, and listing lines."""

from collections.abc import Iterable, Mapping

import pandas as pd

from db.identity import SignedIn
from db.officers.queries import posts_frame
from db.officers.rows import PostRow
from db.typed_rows import rows_as
from pages.shared.reads import Reads
from pages.shared.wording import language, translate
from tracking.handovers.state import HandoverLine, counted
from tracking.handovers.wording import item_words, state_words
from tracking.vocabulary import HandoverState

# As many as fit on a screen without scrolling.
PAGE_ROWS = 20


def posts_of(reads: Reads, by: SignedIn) -> pd.DataFrame:
    """The posts of one's own authority today; columns of `posts_frame`."""
    return reads.scoped(posts_frame, on=reads.today, authority_id=by.authority_id)


def post_names(posts: pd.DataFrame) -> dict[int, str]:
    """Post → its title and holder."""
    return {
        row.post_id: translate(
            "handover_page.post_option",
            post=row.post_title,
            holder=row.officer_name or translate("handover_page.vacant"),
        )
        for row in rows_as(PostRow, posts)
    }


def state_names(counts: Mapping[HandoverState, int]) -> dict[str, str]:
    """The views of the record, each with its count."""
    named = {
        str(state): translate("handover_page.count", state=translate(f"handover_state.{state}"), count=count)
        for state, count in counts.items()
    }
    return {"all": translate("handover_page.all", count=sum(counts.values())), **named}


def pages_of(counts: Mapping[HandoverState, int], state: HandoverState | None) -> int:
    """How many pages a view of the record has, at least one."""
    rows = sum(counts.values()) if state is None else counts[state]
    return max(1, -(-rows // PAGE_ROWS))


def kinds_sentence(lines: Iterable[HandoverLine]) -> str:
    """How many of each kind there are, leaving out kinds without any."""
    return translate("handover_page.comma").join(
        translate("handover_page.item_count", kind=translate(f"handover_kind.{kind}"), count=count)
        for kind, count in counted(lines).items()
        if count
    )


def lines_frame(lines: Iterable[HandoverLine]) -> pd.DataFrame:
    """The lines as a table. Columns: kind, number, title, due_on, state, all in words."""
    rows = [
        (
            translate(f"handover_kind.{line.kind}"),
            line.task_number,
            item_words(line, language()),
            line.due_on,
            state_words(line.kind, line.state, language()),
        )
        for line in lines
    ]
    return pd.DataFrame(rows, columns=["kind", "number", "title", "due_on", "state"])
