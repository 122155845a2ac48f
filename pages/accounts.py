"""The accounts: who can sign in with which roles; each control is for one administrator, none for all.

A signatory keeps those of the own unit and of those beneath it, and sees no others.
"""

import pandas as pd
import streamlit as st

from db.accounts.queries import accounts_frame
from db.accounts.rows import AccountRow
from db.typed_rows import rows_as
from pages.parts.accounts.forms import account_forms, new_account_form, show_password
from pages.parts.accounts.list import (
    accounts_sentence,
    last_of,
    narrowed,
    role_names,
    state_of,
    word_accounts,
)
from pages.parts.accounts.unit_forms import (
    kept_by,
    new_unit_account_form,
    quota_sentence,
    unit_account_forms,
)
from pages.parts.remits.forms import remit_forms
from pages.shared.access import may_not, require
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked, asked_number, filter_bar, pick, search, with_all
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate
from tracking.permissions import Right, may
from tracking.vocabulary import Role

by = require("accounts")
reads = reads_for(by)
kept = kept_by(by)
# Never cached: sign-ins and locks change without an audited write by this visitor.
accounts = accounts_frame(reads.store, within=kept)


def show_list() -> None:
    """The filtered accounts; a click opens one."""
    left, right = filter_bar(2)
    with left:
        role = pick("role", with_all({role: translate(f"role.{role}") for role in Role}, "role"))
    with right:
        text = search("name")
    shown = narrowed(accounts, role, text)
    if shown.empty:
        empty(translate("accounts_page.none_match"))
        return
    st.caption(translate("accounts_page.click"))
    place = table(
        word_accounts(shown),
        *("sign_in_name", "person", "authority_name", "roles", "account_state", "last_signed_in"),
        key=f"accounts_{role}_{text}_{asked_number('account')}",
        height=None if len(shown) < 10 else 340,
    )
    if place is not None:
        account = int(shown["account_id"].iloc[place])
        open_page("accounts", account=account, role=asked("role"), name=asked("name"))


def show_account(account: AccountRow) -> None:
    """One account and the actions on it."""
    title = translate(
        "accounts_page.title", name=plain(account.name), sign_in_name=plain(account.sign_in_name)
    )
    st.subheader(title, anchor=False)
    facts = {
        "unit": plain(account.authority_name)
        if account.authority_name
        else translate("accounts_page.no_unit"),
        "roles": role_names(account.roles),
        "state": state_of(account),
        "last": last_of(account),
    }
    st.markdown(translate("accounts_page.facts", **facts))
    account_forms(by, account) if kept is None else unit_account_forms(by, account)
    if may(by, Right.GRANT_ROLES):
        remit_forms(reads, by, account)


def show_new(accounts: pd.DataFrame) -> None:
    """A new account, for those who manage accounts."""
    with st.expander(translate("accounts_page.new")):
        if kept is not None:
            new_unit_account_form(reads, by, accounts, kept)
        elif may(by, Right.MANAGE_ACCOUNTS):
            new_account_form(reads, by, accounts)
        else:
            may_not(Right.MANAGE_ACCOUNTS)


said = accounts_sentence(accounts)
if kept is not None:
    said += quota_sentence(reads, by, accounts)
heading(translate("page.accounts"), said)
show_password()
show_list()
for account in rows_as(AccountRow, accounts[accounts["account_id"] == asked_number("account")]):
    show_account(account)
show_new(accounts)
foot(translate("accounts_page.source"), day(reads.today), translate("accounts_page.rule_apart"))
