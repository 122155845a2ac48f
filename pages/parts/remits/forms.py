"""What a member looks after, and to which body of the working group a member belongs: on the page of accounts."""

from typing import Any

import streamlit as st

from db.accounts.rows import AccountRow
from db.authorities.standing import standing_names
from db.identity import SignedIn
from db.remits import actions as acts
from db.remits.queries import body_of, remits_frame
from db.remits.rows import RemitRow
from db.typed_rows import rows_as
from pages.shared.choices import chosen_notice, measure_names
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import day, plain, translate
from tracking.vocabulary import Body, Role


def remit_forms(reads: Reads, by: SignedIn, account: AccountRow) -> None:
    """The body and the remits of a member; nothing for anybody else."""
    if Role.MEMBER not in account.roles or account.officer_id == by.officer_id:
        return
    st.markdown(f"**{translate('remit.heading')}**")
    left, right = st.columns(2, gap="large")
    with left:
        _body(reads, by, account.officer_id)
        _standing(reads, by, account.officer_id)
    with right:
        _give(reads, by, account.officer_id)


def _body(reads: Reads, by: SignedIn, officer_id: int) -> None:
    stands = reads.common(body_of, officer_id=officer_id)
    form = small_form(f"body_{officer_id}")
    bodies: dict[Any, str] = {None: "—", **{body: translate(f"body.{body}") for body in Body}}
    body = form.choice("body", translate("remit.body"), bodies, stands)
    if body != stands:
        form.save(
            translate("remit.save_body"),
            acts.set_body,
            done=translate("remit.body_saved"),
            by=by,
            officer_id=officer_id,
            body=body,
        )


def _standing(reads: Reads, by: SignedIn, officer_id: int) -> None:
    found = rows_as(RemitRow, reads.common(remits_frame, officer_id=officer_id))
    if not found:
        st.caption(translate("remit.none"))
    for row in found:
        until = "" if row.ends_on is None else translate("remit.until", day=day(row.ends_on))
        st.markdown(f"{_words(row)} :gray[{translate('remit.since', day=day(row.starts_on))}{until}]")
        if row.ends_on is None:
            small_form(f"end_remit_{row.remit_id}").save(
                translate("remit.end"),
                acts.end_remit,
                done=translate("remit.ended"),
                consequence=translate("remit.end_consequence"),
                by=by,
                remit_id=row.remit_id,
            )


def _words(row: RemitRow) -> str:
    measure = (
        f"{row.measure_number} {plain(row.measure_name)}"
        if row.measure_name
        else translate("remit.all_measures")
    )
    return f"{measure} · {plain(row.unit_name) if row.unit_name else translate('remit.all_units')}"


def _give(reads: Reads, by: SignedIn, officer_id: int) -> None:
    form, notice_id = small_form(f"remit_{officer_id}"), chosen_notice(reads)
    measures: dict[Any, str] = {None: translate("remit.all_measures")}
    if notice_id is not None:
        measures |= measure_names(reads, notice_id)
    units: dict[Any, str] = {
        None: translate("remit.all_units"),
        **reads.common(standing_names, on=reads.today),
    }
    measure_id = form.choice("measure_id", translate("remit.measure"), measures)
    authority_id = form.choice("authority_id", translate("remit.unit"), units)
    starts_on = form.day("starts_on", translate("remit.starts_on"), reads.today)
    form.save(
        translate("remit.give"),
        acts.give_remit,
        done=translate("remit.given"),
        by=by,
        officer_id=officer_id,
        measure_id=measure_id,
        authority_id=authority_id,
        starts_on=starts_on,
    )
