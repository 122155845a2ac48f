"""The one sentence that says what changed between two days, for the page and for the digest."""

from tracking.messages import text
from tracking.spans import Span
from tracking.vocabulary import Language


def changes_sentence(
    span: Span, *, new: int, cleared: int, moves: int, files: int, silent: int, posts: int, language: Language
) -> str:
    """New and cleared reds, moved dates, new evidence, silent units, posts that changed hands, as plain text."""
    return text(
        "changes.sentence",
        language,
        since=span.since,
        until=span.until,
        new=new,
        cleared=cleared,
        moves=moves,
        files=files,
        silent=silent,
        posts=posts,
    )
