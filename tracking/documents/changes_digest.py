"""The digest for a meeting: what changed since the last one, on one Word page where it fits."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from tracking.documents.word import Block, Heading, Paragraph, Table, official_document
from tracking.messages import text
from tracking.vocabulary import Language

# How many lines of each part are listed; the total is always given.
MOST_NAMED = 8
_Line = Callable[[Any], Sequence[str]]


def changes_digest(
    *,
    sentence: str,
    reds: pd.DataFrame,
    moves: pd.DataFrame,
    silent: pd.DataFrame,
    officers: pd.DataFrame,
    today: date,
    language: Language,
) -> bytes:
    """A draft of the digest, opening with `sentence`.

    Lists the tasks that turned red, those that recovered, the moved dates, the units not heard from and the
    posts that changed hands.

    The frames are those of `db.changes.queries` and `db.moves.queries`.
    """
    say = _Words(language)
    task = ("unit", "task", "due_on")
    new, cleared = (reds[reds["change"] == change] for change in ("new", "cleared"))
    parts = (
        _part(say, "new_reds", new, task, _red),
        _part(say, "cleared_reds", cleared, task, _red),
        _part(say, "moves", moves, ("unit", "task", "from_to"), _move),
        _part(say, "silent", silent, ("unit", "tasks", "last_reported_on"), _silent),
        _part(say, "officers", officers, ("unit", "post", "officer"), say.officer),
    )
    return official_document(
        title=say("title"),
        blocks=[Paragraph(sentence), *(block for part in parts for block in part)],
        date_on=today,
        language=language,
        draft=say("draft"),
    )


class _Words:
    """The wording of the digest in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, /, **values: Any) -> str:
        return text(f"changes_digest.{key}", self.language, **values)

    def officer(self, row: Any) -> Sequence[str]:
        """A post, with its incoming or outgoing holder."""
        said = self(str(row.change), name=row.officer_name, day=_day(row.changed_on))
        return row.authority_name, row.post_title, said


def _part(
    say: _Words, name: str, frame: pd.DataFrame, columns: Iterable[str], line: _Line
) -> Sequence[Block]:
    heading = Heading(say(name, count=len(frame)))
    if frame.empty:
        return (heading, Paragraph(say("none")))
    rows = [line(row) for row in frame.head(MOST_NAMED).itertuples(index=False)]
    table = Table(headers=[say(f"column_{column}") for column in columns], rows=rows, widths=(2, 5, 3))
    left = len(frame) - MOST_NAMED
    return (heading, table, Paragraph(say("more", count=left))) if left > 0 else (heading, table)


def _red(row: Any) -> Sequence[str]:
    return row.unit_name, f"{row.number} {row.title}", _day(row.due_on)


def _move(row: Any) -> Sequence[str]:
    return row.unit_name, f"{row.task_number} {row.title}", f"{_day(row.from_on)} → {_day(row.to_on)}"


def _silent(row: Any) -> Sequence[str]:
    return row.unit_name, str(row.tasks), _day(row.last_reported_on)


def _day(value: Any) -> str:
    return "—" if pd.isna(value) else f"{value:%Y-%m-%d}"
