"""What a signatory can do with the accounts of the own unit and of those beneath it."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from db.accounts import unit_actions as acts
from db.accounts.rows import AccountRow
from db.authorities.standing import standing_names
from db.identity import SignedIn
from db.site.queries import site_settings
from db.store import Store
from pages.parts.accounts.forms import (
    LONGEST_NAME,
    keep_password,
    manage_forms,
    revoke_forms,
    without_account,
)
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.permissions import UNIT_ROLES, Right, may
from tracking.vocabulary import Role

ADMINISTER = (Right.MANAGE_ACCOUNTS, Right.GRANT_ROLES, Right.UNLOCK_ACCOUNTS)


def kept_by(by: SignedIn) -> frozenset[int] | None:
    """The authorities whose accounts this person keeps; None for administrators, who see all."""
    if any(may(by, right) for right in ADMINISTER) or by.authority_id is None:
        return None
    return by.beneath | {by.authority_id}


def quota_sentence(reads: Reads, by: SignedIn, accounts: pd.DataFrame) -> str:
    """How many accounts in use one's own unit has, of how many it may have."""
    quota = reads.common(site_settings).account_quota
    return translate("accounts_page.quota", used=_in_use(accounts, by.authority_id), quota=quota)


def _in_use(accounts: pd.DataFrame, authority_id: int | None) -> int:
    return int((accounts["active"] & (accounts["authority_id"] == authority_id)).sum())


def unit_account_forms(by: SignedIn, account: AccountRow) -> None:
    """The forms for an account that this person keeps, or why there are none."""
    if account.officer_id == by.officer_id:
        st.caption(translate("accounts_page.own_unit"))
    elif set(account.roles) - UNIT_ROLES:
        st.caption(translate("account.not_of_the_unit"))
    else:
        left, right, last = st.columns(3, gap="large")
        with left:
            st.markdown(f"**{translate('accounts_page.manage')}**")
            manage_forms(by, account, _reset, acts.set_unit_account_active)
        with right:
            st.markdown(f"**{translate('accounts_page.roles')}**")
            _roles(by, account)
        with last:
            if account.authority_id in by.inherits:
                _take_over(by, account)


def _roles(by: SignedIn, account: AccountRow) -> None:
    account_id = int(account.account_id)
    revoke_forms(by, account, acts.revoke_unit_role, account_id=account_id)
    for role in _in_order(UNIT_ROLES.difference(account.roles)):
        small_form(f"grant_{account_id}_{role}").save(
            translate("accounts_page.grant_one", role=translate(f"role.{role}")),
            acts.grant_unit_role,
            done=translate("accounts_page.granted"),
            by=by,
            account_id=account_id,
            role=role,
        )


def _take_over(by: SignedIn, account: AccountRow) -> None:
    """The account of a unit that was merged into one's own."""
    st.markdown(f"**{translate('accounts_page.merged')}**")
    st.caption(translate("accounts_page.merged_note"))
    small_form(f"take_over_{account.account_id}").save(
        translate("accounts_page.take_over"),
        acts.take_over_account,
        done=translate("accounts_page.taken_over"),
        consequence=translate("accounts_page.take_over_consequence", name=plain(account.name)),
        by=by,
        account_id=int(account.account_id),
    )


def new_unit_account_form(reads: Reads, by: SignedIn, accounts: pd.DataFrame, kept: frozenset[int]) -> None:
    """The form for a new account of one's own unit or of one beneath it."""
    form = small_form("new_account")
    quota = reads.common(site_settings).account_quota
    names = {
        key: f"{name}（{_in_use(accounts, key)}/{quota}）"
        for key, name in reads.common(standing_names, on=reads.today, within=kept).items()
    }
    unit = form.choice("authority_id", translate("accounts_page.unit"), names, by.authority_id)
    new = {None: translate("accounts_page.person_new")}
    people = without_account(reads, unit, accounts)
    officer_id = form.choice("officer_id", translate("accounts_page.person"), new | people)
    typed: dict[str, Any] = {"officer_id": officer_id, "authority_id": unit}
    if officer_id is None:
        typed["name"] = form.text("name", translate("accounts_page.name"), max_chars=LONGEST_NAME)
    roles = {role: translate(f"role.{role}") for role in _in_order(UNIT_ROLES)}
    role = form.choice("role", translate("accounts_page.role"), roles)
    label, note = translate("accounts_page.sign_in_name"), translate("accounts_page.sign_in_note")
    sign_in_name = form.text("sign_in_name", label, note=note, max_chars=LONGEST_NAME)
    form.save(
        translate("accounts_page.create"),
        _open,
        done=translate("accounts_page.password_next"),
        primary=True,
        by=by,
        sign_in_name=sign_in_name,
        role=role,
        **typed,
    )


def _in_order(roles: Iterable[Role]) -> list[Role]:
    found = set(roles)
    return [role for role in Role if role in found]


def _reset(store: Store, *, by: SignedIn, account_id: int) -> None:
    keep_password(acts.reset_unit_password(store, by=by, account_id=account_id))


def _open(store: Store, *, by: SignedIn, **typed: Any) -> None:
    keep_password(acts.open_unit_account(store, by=by, **typed))
