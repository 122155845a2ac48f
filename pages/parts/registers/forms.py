"""Register forms: a new entry, a correction of an existing one, a withdrawal."""

from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.registers.actions import REASON_LONGEST, correct_entry, record_entry, withdraw_entry
from db.remits.queries import body_of
from pages.parts.registers.fields import Entry, content_typed
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.messages import refusal
from tracking.permissions import may_act
from tracking.registers.definitions import Register
from tracking.registers.keeping import check_keeper, right_to_keep
from tracking.vocabulary import Body


def new_entry_form(reads: Reads, by: SignedIn, register: Register) -> None:
    """The form for a new entry of one's own authority, or of a body of the working group."""
    form = small_form(f"new_{register.key}")
    kept: dict[str, Any] = {"authority_id": by.authority_id}
    if by.authority_id is None:
        bodies = {body: translate(f"body.{body}") for body in Body}
        own = reads.common(body_of, officer_id=by.officer_id)
        kept["body"] = form.choice("body", translate("register_field.keeper_name"), bodies, own)
    content = content_typed(reads, form, register, by.authority_id, {})
    form.save(
        translate("registers_page.save_new"),
        record_entry,
        done=translate("registers_page.recorded"),
        primary=True,
        by=by,
        register_id=register.register_id,
        content=content,
        **kept,
    )


def correction_form(reads: Reads, by: SignedIn, register: Register, entry: Entry) -> None:
    """The form for a new version of an entry (a row of `register_frame`)."""
    form = small_form(f"correct_{register.key}_{entry['entry_id']}")
    content = content_typed(reads, form, register, keeper_of(entry), entry)
    form.save(
        translate("registers_page.save_correction"),
        correct_entry,
        done=translate("registers_page.corrected"),
        by=by,
        entry_id=int(entry["entry_id"]),
        content=content,
    )


def keeps(by: SignedIn, register: Register, authority_id: int | None, body: Body | None) -> bool:
    """Whether this reader keeps the entries of an authority, or of a body, in the register."""
    takes = refusal(check_keeper, register, authority_id, body) is None
    return takes and may_act(by, right_to_keep(authority_id), authority_id)


def keeper_of(entry: Entry) -> int | None:
    """The authority that keeps an entry; None if it is the working group."""
    of_group = bool(pd.isna(entry["authority_id"]))
    return None if of_group else int(entry["authority_id"])


def withdrawal_form(by: SignedIn, register: Register, entry: Entry) -> None:
    """The form to withdraw an entry, with a reason."""
    form = small_form(f"withdraw_{register.key}_{entry['entry_id']}")
    reason = form.area("reason", translate("registers_page.reason"), max_chars=REASON_LONGEST)
    form.save(
        translate("registers_page.withdraw"),
        withdraw_entry,
        done=translate("registers_page.withdrawn_done"),
        consequence=translate("registers_page.withdraw_consequence"),
        by=by,
        entry_id=int(entry["entry_id"]),
        reason=reason,
    )


def entry_forms(reads: Reads, by: SignedIn, register: Register, entry: Entry) -> None:
    """The forms for a current entry, for those who keep it."""
    with st.expander(translate("registers_page.correct")):
        correction_form(reads, by, register, entry)
    with st.expander(translate("registers_page.withdraw")):
        withdrawal_form(by, register, entry)
