"""What can be done with an account; controls beyond the reader's rights are explained."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from db.accounts import actions as acts
from db.accounts.actions import NewAccount
from db.accounts.rows import AccountRow
from db.accounts.sign_in_actions import end_sign_ins
from db.accounts.token_actions import revoke_token
from db.accounts.token_queries import tokens_frame
from db.authorities.standing import standing_names
from db.clock import today
from db.identity import SignedIn
from db.officers.queries import officers_of
from db.officers.rows import OfficerRow
from db.store import Store
from db.typed_rows import rows_as
from pages.parts.accounts.list import is_locked
from pages.parts.accounts.tokens import standing, token_list
from pages.parts.officers.forms import plain_option
from pages.shared.access import may_not
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.store import the_store
from pages.shared.wording import plain, translate
from tracking.permissions import Right, Scope, may
from tracking.vocabulary import Role

PASSWORD = "initial_password"  # noqa: S105 -- the name under which it is shown once, none itself
LONGEST_NAME = 40
EVERYBODY = Scope(None)
Act = Callable[..., object]


def account_forms(by: SignedIn, account: AccountRow) -> None:
    """The forms for an account's password and status, roles and sign-ins (a row of `accounts_frame`)."""
    if account.officer_id == by.officer_id:
        st.caption(translate("accounts_page.own"))
        return
    parts = (
        ("manage", Right.MANAGE_ACCOUNTS, _manage),
        ("roles", Right.GRANT_ROLES, _roles),
        ("security", Right.UNLOCK_ACCOUNTS, _security),
    )
    for place, (name, right, draw) in zip(st.columns(3, gap="large"), parts, strict=True):
        with place:
            st.markdown(f"**{translate(f'accounts_page.{name}')}**")
            draw(by, account) if may(by, right) else may_not(right)


def _manage(by: SignedIn, account: AccountRow) -> None:
    manage_forms(by, account, _reset, acts.set_active)


def manage_forms(by: SignedIn, account: AccountRow, reset: Act, set_active: Act) -> None:
    """A new initial password, and switching the account off or on; done by these."""
    name, account_id = plain(account.name), int(account.account_id)
    small_form(f"reset_{account_id}").save(
        translate("accounts_page.reset"),
        reset,
        done=translate("accounts_page.password_next"),
        consequence=translate("accounts_page.reset_consequence", name=name),
        by=by,
        account_id=account_id,
    )
    verb = "switch_off" if account.active else "switch_on"
    small_form(f"{verb}_{account_id}").save(
        translate(f"accounts_page.{verb}"),
        set_active,
        done=translate("accounts_page.switched_off" if account.active else "accounts_page.switched_on"),
        consequence=translate("accounts_page.switch_off_consequence", name=name) if account.active else "",
        by=by,
        account_id=account_id,
        active=not account.active,
    )

    token_list(
        by, standing(tokens_frame(the_store(), officer_id=int(account.officer_id)), today()), revoke_token
    )


def _reset(store: Store, *, by: SignedIn, account_id: int) -> None:
    keep_password(acts.reset_password(store, by=by, account_id=account_id))


def _create(store: Store, *, by: SignedIn, **typed: Any) -> None:
    keep_password(acts.create_account(store, by=by, **typed))


def keep_password(made: NewAccount) -> None:
    """Keep the password for this visit only, until its creator confirms that it was passed on."""
    st.session_state[PASSWORD] = made


def show_password() -> None:
    """Show the new initial password, this once."""
    made: NewAccount | None = st.session_state.get(PASSWORD)
    if made is None:
        return
    with st.container(border=True, key="initial_password_box"):
        st.markdown(translate("accounts_page.password_of", sign_in_name=plain(made.sign_in_name)))
        st.code(made.password, language=None)
        st.caption(translate("accounts_page.password"))
        if st.button(translate("accounts_page.password_seen")):
            st.session_state.pop(PASSWORD)
            st.rerun()


def _roles(by: SignedIn, account: AccountRow) -> None:
    officer_id = int(account.officer_id)
    revoke_forms(by, account, acts.revoke_role, officer_id=officer_id)
    form = small_form(f"grant_{officer_id}")
    free = {role: translate(f"role.{role}") for role in Role if role not in account.roles}
    if not free:
        st.caption(translate("accounts_page.all_roles"))
        return
    role = form.choice("role", translate("accounts_page.role"), free)
    st.caption(translate(f"role_help.{role}"))
    done, verb = translate("accounts_page.granted"), translate("accounts_page.grant")
    form.save(verb, acts.grant_role, done=done, primary=True, by=by, officer_id=officer_id, role=role)


def revoke_forms(by: SignedIn, account: AccountRow, revoke: Act, **whom: Any) -> None:
    """A button for each role to take away; `whom` is the key that the action names the holder by."""
    (key,) = whom.values()
    for role in account.roles:
        word = translate(f"role.{role}")
        small_form(f"revoke_{key}_{role}").save(
            translate("accounts_page.revoke", role=word),
            revoke,
            done=translate("accounts_page.revoked"),
            consequence=translate("accounts_page.revoke_consequence", name=plain(account.name), role=word),
            by=by,
            role=role,
            **whom,
        )


def _security(by: SignedIn, account: AccountRow) -> None:
    if is_locked(account):
        small_form(f"unlock_{account.account_id}").save(
            translate("accounts_page.unlock"),
            acts.unlock_account,
            done=translate("accounts_page.unlocked"),
            primary=True,
            by=by,
            account_id=int(account.account_id),
        )
    else:
        st.caption(translate("accounts_page.not_locked"))
    small_form(f"end_sign_ins_{account.officer_id}").save(
        translate("accounts_page.end_sign_ins"),
        end_sign_ins,
        done=translate("accounts_page.ended"),
        consequence=translate("accounts_page.end_consequence", name=plain(account.name)),
        by=by,
        officer_id=int(account.officer_id),
    )


def new_account_form(reads: Reads, by: SignedIn, accounts: pd.DataFrame) -> None:
    """The form for a new account, for a known officer or a new one."""
    form = small_form("new_account")
    names: dict[Any, str] = {**reads.common(standing_names, on=reads.today)}
    unit = form.choice(
        "authority_id", translate("accounts_page.unit"), {None: translate("accounts_page.unit_none"), **names}
    )
    people = without_account(reads, unit, accounts)
    new = {None: translate("accounts_page.person_new")}
    officer_id = form.choice("officer_id", translate("accounts_page.person"), new | people)
    typed: dict[str, Any] = {"officer_id": officer_id}
    if officer_id is None:
        typed |= {
            "name": form.text("name", translate("accounts_page.name"), max_chars=LONGEST_NAME),
            "authority_id": unit,
        }
    label, note = translate("accounts_page.sign_in_name"), translate("accounts_page.sign_in_note")
    sign_in_name = form.text("sign_in_name", label, note=note, max_chars=LONGEST_NAME)
    st.caption(translate("accounts_page.roles_later"))
    done = translate("accounts_page.password_next")
    form.save(
        translate("accounts_page.create"),
        _create,
        done=done,
        primary=True,
        by=by,
        sign_in_name=sign_in_name,
        **typed,
    )


def without_account(reads: Reads, unit_id: int | None, accounts: pd.DataFrame) -> dict[int, str]:
    """Known officers of an authority who cannot sign in yet: names for the form, no business data."""
    if unit_id is None:
        return {}
    known = reads.common(officers_of, scope=EVERYBODY, authority_id=unit_id)
    free = known[~known["officer_id"].isin(accounts["officer_id"])]
    return {row.officer_id: plain_option(row) for row in rows_as(OfficerRow, free)}
