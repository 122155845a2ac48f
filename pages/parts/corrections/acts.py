"""What can be done with a correction: signed, approved or refused, withdrawn."""

from db.corrections import actions as acts
from db.corrections.queries import CorrectionSheet
from db.identity import SignedIn
from pages.shared.access import may_not
from pages.shared.forms import Form, small_form
from pages.shared.wording import translate
from tracking.messages import refusal
from tracking.permissions import Right, check
from tracking.vocabulary import CorrectionStatus
from tracking.workflow import CORRECTION, allows


def correction_acts(by: SignedIn, sheet: CorrectionSheet) -> None:
    """What this person may do in its current state; those who may do nothing are told who may."""
    status, authority_id = sheet.correction.status, sheet.item.task.authority_id
    draws = {
        "sign_off": (Right.SIGN_REQUEST, _sign),
        "send_back": (Right.SIGN_REQUEST, _send_back),
        "approve": (Right.APPROVE_CORRECTION, _rule),
        "withdraw": (Right.PROPOSE_CORRECTION, _withdraw),
    }
    possible = {verb: drawn for verb, drawn in draws.items() if allows(CORRECTION, status, verb)}
    mine = [draw for right, draw in possible.values() if not refusal(check, by, right, authority_id)]
    for draw in mine:
        draw(by, sheet.correction.id)
    if possible and not mine:
        may_not(next(iter(possible.values()))[0])


def _form(verb: str, correction_id: int) -> Form:
    return small_form(f"{verb}_correction_{correction_id}")


def _sign(by: SignedIn, correction_id: int) -> None:
    _form("sign", correction_id).save(
        translate("verb.sign_off"),
        acts.sign_correction,
        done=translate("correction.signed"),
        consequence=translate("correction.sign_consequence"),
        primary=True,
        by=by,
        correction_id=correction_id,
    )


def _send_back(by: SignedIn, correction_id: int) -> None:
    """Back to its writer, with a written reason."""
    filled = _form("send_back", correction_id)
    reason = filled.area("reason", translate("correction.send_back_reason"), max_chars=acts.LIMIT)
    filled.save(
        translate("update_act.send_back"),
        acts.send_back_correction,
        done=translate("correction.sent_back_done"),
        by=by,
        correction_id=correction_id,
        reason=reason,
    )


def _withdraw(by: SignedIn, correction_id: int) -> None:
    _form("withdraw", correction_id).save(
        translate("verb.withdraw"),
        acts.withdraw_correction,
        done=translate(f"correction_status.{CorrectionStatus.WITHDRAWN}"),
        by=by,
        correction_id=correction_id,
    )


def _rule(by: SignedIn, correction_id: int) -> None:
    """Approve, or refuse with a written reason."""
    approval = _form("approve", correction_id)
    ruling = approval.area("ruling", translate("correction.ruling_field"), max_chars=acts.LIMIT)
    approval.save(
        translate("verb.approve"),
        acts.approve_correction,
        done=translate("correction.approved_done"),
        consequence=translate("correction.approve_consequence"),
        primary=True,
        by=by,
        correction_id=correction_id,
        ruling=ruling,
    )
    refusing = _form("refuse", correction_id)
    reason = refusing.area("reason", translate("correction.refuse_reason"), max_chars=acts.LIMIT)
    refusing.save(
        translate("verb.refuse"),
        acts.refuse_correction,
        done=translate("correction.refused_done"),
        by=by,
        correction_id=correction_id,
        reason=reason,
    )
