"""Reading a paper as it was issued."""

import hashlib

from sqlmodel import Session

from db.sql import select
from db.store import Store
from db.tables import IssuedPaper
from tracking.messages import Message, Refusal
from tracking.vocabulary import PaperKind


def issued_paper(store: Store, kind: PaperKind, subject_id: int) -> bytes:
    """The bytes of an issued paper. Raises `Refusal` if they differ from what was archived."""
    with store.read() as session:
        paper = kept_paper(session, kind, subject_id)
    if paper is None or hashlib.sha256(paper.content).hexdigest() != paper.sha256:
        raise Refusal(Message("paper.changed"))
    return paper.content


def kept_paper(session: Session, kind: PaperKind, subject_id: int) -> IssuedPaper | None:
    """The paper on a subject, None if none was issued."""
    rows = select(IssuedPaper).where(IssuedPaper.kind == kind, IssuedPaper.subject_id == subject_id)
    found: IssuedPaper | None = session.execute(rows).scalar_one_or_none()
    return found
