"""The list of accounts: wording and filters; columns as in `accounts_frame`."""

from datetime import datetime

import pandas as pd

from db import clock
from db.accounts.rows import AccountRow
from db.typed_rows import rows_as
from pages.shared.wording import moment, translate
from tracking.vocabulary import Role


def accounts_sentence(accounts: pd.DataFrame) -> str:
    """How many accounts there are, and how many need attention."""
    states = [_state(row, clock.now()) for row in rows_as(AccountRow, accounts)]
    return translate(
        "accounts_page.sentence",
        total=len(states),
        active=int(accounts["active"].sum()),
        locked=states.count("locked"),
        fresh=states.count("fresh"),
    )


def narrowed(accounts: pd.DataFrame, role: Role | None, text: str | None) -> pd.DataFrame:
    """The accounts with a role whose name, sign-in name or authority contains a text."""
    if role is not None:
        accounts = accounts[[role in held for held in accounts["roles"]]]
    if text is not None:
        said = (
            accounts["name"] + "\n" + accounts["sign_in_name"] + "\n" + accounts["authority_name"].fillna("")
        )
        accounts = accounts[said.str.contains(text, case=False, regex=False)]
    return accounts


def word_accounts(accounts: pd.DataFrame) -> pd.DataFrame:
    """The accounts with `person`, `roles`, `account_state` and `last_signed_in` in words."""
    return accounts.assign(
        person=accounts["name"],
        authority_name=accounts["authority_name"].fillna("—"),
        roles=[role_names(held) for held in accounts["roles"]],
        account_state=[state_of(row) for row in rows_as(AccountRow, accounts)],
        last_signed_in=[last_of(row) for row in rows_as(AccountRow, accounts)],
    )


def role_names(held: tuple[Role, ...]) -> str:
    """The roles of an account in words."""
    return translate("access.list").join(translate(f"role.{role}") for role in held) or translate(
        "accounts_page.no_role"
    )


def state_of(account: AccountRow) -> str:
    """Whether an account can be signed in with, in words."""
    state = _state(account, clock.now())
    until = {"until": moment(account.locked_until)} if state == "locked" else {}
    return translate(f"accounts_page.state.{state}", **until)


def is_locked(account: AccountRow) -> bool:
    """Whether it is currently locked by wrong passwords."""
    return _state(account, clock.now()) == "locked"


def last_of(account: AccountRow) -> str:
    """The last sign-in, in words."""
    last = account.last_signed_in_at
    return translate("accounts_page.never") if last is None else moment(last)


def _state(account: AccountRow, now: datetime) -> str:
    if not account.active:
        return "off"
    if account.locked_until is not None and account.locked_until > now:
        return "locked"
    return "fresh" if account.must_change_password else "active"
