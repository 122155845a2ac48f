"""Entering the text of a notice, version by version, and saying which measure an article speaks of.

A version is never changed: what was entered wrongly is entered again. Its links and its mark are.
"""

from datetime import date

from sqlmodel import func

from db.identity import SignedIn
from db.reference.notices import check_may
from db.reference.parts import check_checked_on
from db.row_changes import change, key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Measure, Notice, NoticeText, Passage
from db.tables.reference import CITED
from db.texts import cleaned_texts
from db.turns import in_turn, waiting
from tracking import permissions
from tracking.articles import LONGEST_TEXT, articles_of, linked
from tracking.documents.limited import read_text
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.steps import OnStep, untold
from tracking.vocabulary import TitleSource

LIMITS = {"text": LONGEST_TEXT, "cited": CITED}


def enter_text(store: Store, *, by: SignedIn | None, notice_id: int, text: str, cited: str) -> int:
    """Keep the original text of a notice as its newest version, each measure linked to its article; returns its id."""
    with store.write(by) as tx:
        check_may(by)
        written = cleaned_texts({"text": text, "cited": cited}, LIMITS)
        notice = tx.load(Notice, notice_id)
        articles = articles_of(written["text"])
        kept = tx.add(
            NoticeText(
                notice_id=notice.id,
                version=_versions(tx, notice_id) + 1,
                is_summary=False,
                source=TitleSource.TO_BE_CHECKED,
                cited=written["cited"],
                entered_at=tx.now,
                entered_by_id=by.officer_id if by else None,
            )
        )
        links = linked(articles, _titles(tx, notice_id))
        for place, one in enumerate(articles):
            tx.session.add(
                Passage(
                    text_id=kept.id,
                    number=place + 1,
                    level=one.level,
                    heading=one.heading,
                    body=one.body,
                    measure_id=links.get(place),
                )
            )
        tx.audit("enter_text", kept, version=kept.version, articles=len(articles), linked=len(links))
        return key_of(kept)


def enter_text_file(
    store: Store, *, by: SignedIn, notice_id: int, content: bytes, cited: str, on_step: OnStep = untold
) -> int:
    """The same from a file, which a limited process reads. Raises `Refusal` for one that holds no text."""
    permissions.check(by, Right.MANAGE_REFERENCE_DATA)
    cleaned_texts({"cited": cited}, LIMITS)
    with in_turn(by.officer_id, waiting(on_step)):
        text = read_text(content)
    return enter_text(store, by=by, notice_id=notice_id, text=text, cited=cited)


def link_passage(store: Store, *, by: SignedIn, passage_id: int, measure_id: int | None) -> None:
    """Say which measure an article speaks of, or that it speaks of none."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        passage = tx.load(Passage, passage_id)
        notice_id = tx.load(NoticeText, passage.text_id).notice_id
        if measure_id is not None and tx.load(Measure, measure_id).notice_id != notice_id:
            raise Refusal(Message("plan.measure_of_other_notice"), fields=("measure_id",))
        tx.audit("link_passage", passage, changes=change(passage, measure_id=measure_id))


def confirm_text(store: Store, *, by: SignedIn, text_id: int, checked_on: date) -> None:
    """Mark a version as checked against the paper itself. Raises `Refusal` for a summary, which is none of it."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        kept = tx.load(NoticeText, text_id)
        check_checked_on(tx, checked_on)
        if kept.is_summary:
            raise Refusal(Message("articles.summary"))
        tx.audit(
            "confirm_text", kept, changes=change(kept, source=TitleSource.CONFIRMED, checked_on=checked_on)
        )


def _versions(tx: Transaction, notice_id: int) -> int:
    rows = select(func.max(NoticeText.version)).where(NoticeText.notice_id == notice_id)
    return tx.session.scalar(rows) or 0


def _titles(tx: Transaction, notice_id: int) -> dict[int, str]:
    rows = select(Measure.id, Measure.title).where(Measure.notice_id == notice_id).order_by(Measure.number)
    return dict(tx.session.execute(rows).all())
