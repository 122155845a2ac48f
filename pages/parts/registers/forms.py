"""Register forms: a new entry, a correction of an existing one, a withdrawal."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.officers.queries import officers_of
from db.officers.rows import OfficerRow
from db.registers.actions import correct_entry, record_entry, withdraw_entry
from db.typed_rows import rows_as
from pages.parts.officers.forms import plain_option
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.validation.registers import (
    REGISTER_LIMITS,
    CooperationDraft,
    MechanismDraft,
    PublicityDraft,
    RegisterDraft,
)
from tracking.vocabulary import Register


def new_entry_form(reads: Reads, by: SignedIn, register: Register, notice_id: int) -> None:
    """The form for a new entry of one's own authority."""
    form = small_form(f"new_{register}")
    draft = _fields(reads, form, register, int(by.authority_id or 0), {})
    form.save(
        translate("registers_page.save_new"),
        record_entry,
        done=translate("registers_page.recorded"),
        primary=True,
        by=by,
        authority_id=by.authority_id,
        notice_id=notice_id,
        draft=draft,
    )


def correction_form(reads: Reads, by: SignedIn, register: Register, entry: Mapping[str, Any]) -> None:
    """The form for a new version of an entry (a row of `register_frame`)."""
    form = small_form(f"correct_{register}_{entry['entry_id']}")
    draft = _fields(reads, form, register, int(entry["authority_id"]), entry)
    form.save(
        translate("registers_page.save_correction"),
        correct_entry,
        done=translate("registers_page.corrected"),
        by=by,
        entry_id=int(entry["entry_id"]),
        draft=draft,
    )


def withdrawal_form(by: SignedIn, register: Register, entry: Mapping[str, Any]) -> None:
    """The form to withdraw an entry, with a reason."""
    form = small_form(f"withdraw_{register}_{entry['entry_id']}")
    reason = form.area("reason", translate("registers_page.reason"), max_chars=REGISTER_LIMITS["reason"])
    form.save(
        translate("registers_page.withdraw"),
        withdraw_entry,
        done=translate("registers_page.withdrawn_done"),
        consequence=translate("registers_page.withdraw_consequence"),
        by=by,
        register=register,
        entry_id=int(entry["entry_id"]),
        reason=reason,
    )


def _fields(
    reads: Reads, form: Form, register: Register, authority_id: int, entry: Mapping[str, Any]
) -> RegisterDraft:
    """The fields of a register, filled with the current entry; returns their content as a draft."""
    if register is Register.COORDINATION:
        return _mechanism(reads, form, authority_id, entry)
    make: Callable[[Form, Mapping[str, Any]], RegisterDraft] = (
        _cooperation if register is Register.COOPERATION else _publicity
    )
    return make(form, entry)


def _mechanism(reads: Reads, form: Form, authority_id: int, entry: Mapping[str, Any]) -> MechanismDraft:
    known = reads.scoped(officers_of, authority_id=authority_id)
    people: dict[int | None, str] = {None: translate("registers_page.no_liaison")}
    people |= {row.officer_id: plain_option(row) for row in rows_as(OfficerRow, known)}
    liaison = entry.get("liaison_officer_id")
    return MechanismDraft(
        established_on=_day(form, "established_on", entry),
        lead_leader=_line(form, "lead_leader", entry),
        document_number=_line(form, "document_number", entry, optional=True),
        member_units=_area(form, "member_units", entry),
        ccpit_partner=_line(form, "ccpit_partner", entry, optional=True),
        liaison_officer_id=form.choice(
            "liaison_officer_id",
            _label("liaison_officer_id", optional=True),
            people,
            None if pd.isna(liaison) else int(liaison),
        ),
    )


def _cooperation(form: Form, entry: Mapping[str, Any]) -> CooperationDraft:
    kinds = {False: translate("register_kind.bilateral"), True: translate("register_kind.multilateral")}
    return CooperationDraft(
        partner_place=_line(form, "partner_place", entry),
        partner_body=_line(form, "partner_body", entry),
        multilateral=form.choice(
            "multilateral", _label("multilateral"), kinds, bool(entry.get("multilateral"))
        ),
        established_on=_day(form, "established_on", entry),
        standing=_line(form, "standing", entry, optional=True),
        results=_area(form, "results", entry),
    )


def _publicity(form: Form, entry: Mapping[str, Any]) -> PublicityDraft:
    return PublicityDraft(
        published_on=_day(form, "published_on", entry),
        channel=_line(form, "channel", entry),
        title=_line(form, "title", entry),
        link=_line(form, "link", entry, optional=True, note=translate("registers_page.link_note")),
    )


def _label(field: str, *, optional: bool = False) -> str:
    label = translate(f"register_field.{field}")
    return translate("registers_page.optional", label=label) if optional else label


def _line(form: Form, field: str, entry: Mapping[str, Any], *, optional: bool = False, note: str = "") -> str:
    label = _label(field, optional=optional)
    return form.text(field, label, entry.get(field) or "", note, max_chars=REGISTER_LIMITS[field])


def _area(form: Form, field: str, entry: Mapping[str, Any]) -> str:
    label = _label(field, optional=True)
    return form.area(field, label, initial=entry.get(field) or "", max_chars=REGISTER_LIMITS[field])


def _day(form: Form, field: str, entry: Mapping[str, Any]) -> date | None:
    stands = entry.get(field)
    typed = form.day(field, _label(field), None if pd.isna(stands) else stands)
    return None if typed == date.min else typed


def entry_forms(reads: Reads, by: SignedIn, register: Register, entry: Mapping[str, Any]) -> None:
    """The forms for a current entry, for those who keep the register."""
    with st.expander(translate("registers_page.correct")):
        correction_form(reads, by, register, entry)
    with st.expander(translate("registers_page.withdraw")):
        withdrawal_form(by, register, entry)
