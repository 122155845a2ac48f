"""Handing a post over, and taking back a handover that has not come into effect.

Tasks belong to posts, drafts and returned updates and urging slips to tasks: when the tenure passes, all of
them pass with it, and whoever wrote a draft stays its author. So a handover moves the tenure and keeps a
list of what came with it; nothing else is rewritten.
"""

from datetime import date, timedelta
from functools import partial

from db.authorities.scope import scope_of
from db.handovers.items import item_of, lines_of_post
from db.handovers.queries import HandoverSheet, handover_sheet
from db.identity import SignedIn
from db.notifications.sending import notify_officers
from db.officers.tenures import begin_tenure, last_tenure, officer_for
from db.papers.keeping import keep_paper, language_of
from db.row_changes import key_of
from db.store import Store, Transaction
from db.tables import Appointment, Handover, Officer, Post
from db.texts import cleaned_texts
from tracking import permissions
from tracking.documents.handover_sheet import handover_document
from tracking.handovers.state import HandoverLine, counted
from tracking.messages import Message, Refusal
from tracking.permissions import Right

LIMITS = {"note": 500, "reason": 500}


def hand_over_post(
    store: Store,
    *,
    by: SignedIn,
    post_id: int,
    effective_on: date,
    officer_id: int | None = None,
    name: str = "",
    office_phone: str = "",
    note: str = "",
) -> int:
    """Hand a post over to another officer from a day on, in one transaction, and return the handover's id.

    The incoming officer is known at the authority (`officer_id`) or new there (`name`, `office_phone`). The
    outgoing tenure ends the day before; past and future days take effect through the dates alone. Raises
    `Refusal` for a post never held, for the same person, and for a day before the outgoing officer began.
    """
    with store.write(by) as tx:
        post = tx.load(Post, post_id)
        permissions.check(by, Right.REGISTER_APPOINTMENTS, post.authority_id)
        texts = cleaned_texts({"note": note}, LIMITS, optional=frozenset({"note"}))
        outgoing = _outgoing(tx, post, officer_id)
        until_on = outgoing.ends_on
        incoming = officer_for(tx, post, officer_id, name, office_phone)
        tenure = begin_tenure(tx, post, incoming, effective_on)
        handover = Handover(
            post_id=post_id,
            outgoing_id=outgoing.officer_id,
            outgoing_appointment_id=key_of(outgoing),
            outgoing_until_on=until_on,
            incoming_id=key_of(incoming),
            incoming_appointment_id=key_of(tenure),
            effective_on=effective_on,
            made_at=tx.now,
            made_by_id=by.officer_id,
            **texts,
        )
        lines = _listed(tx, tx.add(handover))
        tx.audit(
            "hand_over_post",
            handover,
            post.authority_id,
            post_id=post_id,
            officer_id=incoming.id,
            previous_officer_id=outgoing.officer_id,
            starts_on=effective_on.isoformat(),
            **{f"{kind}_items": count for kind, count in counted(lines).items()},
        )
        _tell(tx, handover, post, len(lines))
        return key_of(handover)


def cancel_handover(store: Store, *, by: SignedIn, handover_id: int, reason: str) -> None:
    """Cancel a handover before its day; the outgoing officer stays as if it had never been entered.

    Raises `Refusal` once it is in effect, cancelled, or followed by another tenure.
    """
    with store.write(by) as tx:
        handover = tx.load(Handover, handover_id)
        post = tx.load(Post, handover.post_id)
        permissions.check(by, Right.REGISTER_APPOINTMENTS, post.authority_id)
        texts = cleaned_texts({"reason": reason}, LIMITS)
        incoming = _cancellable(tx, handover)
        outgoing = tx.load(Appointment, handover.outgoing_appointment_id)
        handover.outgoing_appointment_id = handover.incoming_appointment_id = None
        handover.cancelled_at, handover.cancelled_by_id = tx.now, by.officer_id
        handover.cancel_reason = texts["reason"]
        _restore(tx, handover, outgoing, incoming)
        tx.audit(
            "cancel_handover",
            handover,
            post.authority_id,
            post_id=post.id,
            officer_id=handover.incoming_id,
            **texts,
        )
        _tell_cancelled(tx, handover, post)


def export_handover(store: Store, *, by: SignedIn, handover_id: int) -> HandoverSheet:
    """Export the sheet of a handover within reach; audited.

    Once in effect it is a paper to sign: its first copy is archived and given to everybody from then on.
    Raises `NotFound`.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.VIEW_PROGRESS)
        sheet = handover_sheet(store, scope_of(store, by), handover_id=handover_id)
        handover = tx.load(Handover, handover_id)
        kept = _kept(tx, handover, sheet)
        tx.audit("export_handover", handover, int(sheet.row["authority_id"]), **kept)
        return sheet


def _kept(tx: Transaction, handover: Handover, sheet: HandoverSheet) -> dict[str, str]:
    """Archive the paper of a handover in effect, and return its SHA-256."""
    if sheet.paper is None:
        return {}
    make = partial(handover_document, sheet.row, sheet.lines, whole=sheet.whole, draft=False, today=tx.today)
    language = language_of(tx, handover.made_by_id)
    return {"paper_sha256": keep_paper(tx, sheet.paper, key_of(handover), language, make)}


def _outgoing(tx: Transaction, post: Post, incoming_id: int | None) -> Appointment:
    """The tenure being handed over: the last one, even if the post has been vacant since."""
    outgoing = last_tenure(tx, key_of(post))
    if outgoing is None:
        raise Refusal(Message("handover.nobody_yet", post=post.title))
    if outgoing.officer_id == incoming_id:
        raise Refusal(Message("handover.same_person"), fields=("officer_id",))
    return outgoing


def _listed(tx: Transaction, handover: Handover) -> list[HandoverLine]:
    """What goes with the post, recorded in its current state."""
    lines = lines_of_post(tx.session, handover.post_id, tx.today)
    tx.session.add_all(item_of(handover, line) for line in lines)
    return lines


def _cancellable(tx: Transaction, handover: Handover) -> Appointment:
    """The tenure that a future handover would begin. Raises `Refusal` if it can no longer be cancelled."""
    if handover.incoming_appointment_id is None:
        raise Refusal(Message("handover.cancelled_already"))
    if handover.effective_on <= tx.today:
        raise Refusal(Message("handover.in_effect", day=handover.effective_on))
    last = last_tenure(tx, handover.post_id)
    if last is None or last.id != handover.incoming_appointment_id:
        raise Refusal(Message("handover.followed"))
    return last


def _restore(tx: Transaction, handover: Handover, outgoing: Appointment, incoming: Appointment) -> None:
    """Restore the outgoing tenure, unless its end was changed since, and remove the incoming one."""
    tx.session.flush()
    tx.session.delete(incoming)
    tx.session.flush()
    if outgoing.ends_on == handover.effective_on - timedelta(1):
        outgoing.ends_on = handover.outgoing_until_on


def _tell(tx: Transaction, handover: Handover, post: Post, items: int) -> None:
    """Tell each of them who the other is, if they can sign in."""
    both = (handover.outgoing_id, handover.incoming_id)
    messages = ("notification.post_handed_over", "notification.post_taken_over")
    for officer_id, other_id, message in zip(both, reversed(both), messages, strict=True):
        other = tx.session.get_one(Officer, other_id)
        notify_officers(
            tx, [officer_id], message, _link(handover), name=other.name, items=items, **_told(handover, post)
        )


def _tell_cancelled(tx: Transaction, handover: Handover, post: Post) -> None:
    both = (handover.outgoing_id, handover.incoming_id)
    notify_officers(tx, both, "notification.handover_cancelled", _link(handover), **_told(handover, post))


def _link(handover: Handover) -> str:
    return f"handover?handover={handover.id}"


def _told(handover: Handover, post: Post) -> dict[str, str]:
    return {"post": post.title, "effective_on": handover.effective_on.isoformat()}
