"""Keeping a paper as it is issued: made once, then given to everybody on every later day."""

import hashlib
from typing import Protocol

from db.papers.marking import marked_paper
from db.papers.queries import kept_paper
from db.sql import select
from db.store import Transaction
from db.tables import Account, IssuedPaper
from tracking.vocabulary import Language, PaperKind


class Maker(Protocol):
    """A function that makes a paper in a language."""

    def __call__(self, *, language: Language) -> bytes: ...


def keep_paper(tx: Transaction, kind: PaperKind, subject_id: int, language: Language, make: Maker) -> str:
    """Make and archive the paper unless it is archived already, and return its SHA-256 for the audit event.

    Later downloads always find it, except for anything issued before papers were archived.
    """
    paper = kept_paper(tx.session, kind, subject_id)
    if paper is None:
        content = marked_paper(tx.session, make(language=language), language)
        paper = IssuedPaper(
            kind=kind,
            subject_id=subject_id,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            made_at=tx.now,
            made_by_id=tx.by.officer_id if tx.by else None,
        )
        tx.add(paper)
    return paper.sha256


def language_of(tx: Transaction, officer_id: int | None) -> Language:
    """The language in which an officer issues papers, whoever reads them; Chinese if there is no officer."""
    found = tx.session.scalar(select(Account.language).where(Account.officer_id == officer_id))
    return found or Language.ZH_CN
