"""Tokens: listed, issued and revoked, by their officer and by account managers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from db.accounts.rows import TokenRow
from db.accounts.token_actions import LONGEST_DAYS, LONGEST_NAME, NewToken, issue_token, revoke_own_token
from db.identity import SignedIn
from db.store import Store
from db.typed_rows import rows_as
from pages.shared.forms import small_form
from pages.shared.wording import day, moment, plain, translate
from tracking.vocabulary import TokenScope

SECRET = "new_api_token"  # noqa: S105 -- the name under which it is shown once, none itself
USUAL_DAYS = 180


def standing(tokens: pd.DataFrame, today: date) -> pd.DataFrame:
    """The tokens in `tokens_frame` that are valid today."""
    return tokens[tokens["revoked_at"].isna() & (tokens["expires_on"] >= today)]


def token_list(by: SignedIn, tokens: pd.DataFrame, revoke: Callable[..., None] = revoke_own_token) -> None:
    """Each token (rows of `tokens_frame`) with a button to revoke it."""
    for token in rows_as(TokenRow, tokens):
        with st.container(border=True):
            st.markdown(f"**{plain(token.name)}** · {translate(f'token_scope.{token.scope}')}")
            st.caption(_facts(token))
            small_form(f"revoke_token_{token.token_id}").save(
                translate("tokens.revoke"),
                revoke,
                done=translate("tokens.revoked"),
                consequence=translate("tokens.revoke_consequence", name=plain(token.name)),
                by=by,
                token_id=token.token_id,
            )


def new_token_form(by: SignedIn, today: date) -> None:
    """The form for a new token: its purpose, scope and expiry."""
    form = small_form("new_token")
    name = form.text(
        "name", translate("tokens.name"), note=translate("tokens.name_note"), max_chars=LONGEST_NAME
    )
    scopes = {scope: translate(f"token_scope.{scope}") for scope in TokenScope}
    scope = form.choice("scope", translate("tokens.scope"), scopes, TokenScope.READ)
    expires_on = form.day(
        "expires_on",
        translate("tokens.expires_on"),
        today + timedelta(USUAL_DAYS),
        min_value=today,
        max_value=today + timedelta(LONGEST_DAYS),
    )
    form.save(
        translate("tokens.issue"),
        _issue,
        done=translate("tokens.issued"),
        primary=True,
        by=by,
        name=name,
        scope=TokenScope(scope),
        expires_on=expires_on,
    )


def show_secret() -> None:
    """Show the new token, this once."""
    made: NewToken | None = st.session_state.get(SECRET)
    if made is None:
        return
    with st.container(border=True, key="new_token_box"):
        st.markdown(translate("tokens.secret_of", name=plain(made.name)))
        st.code(made.secret, language=None)
        st.caption(translate("tokens.secret_once"))
        if st.button(translate("tokens.secret_seen")):
            st.session_state.pop(SECRET)
            st.rerun()


def _issue(store: Store, *, by: SignedIn, **typed: Any) -> None:
    st.session_state[SECRET] = issue_token(store, by=by, **typed)


def _facts(token: TokenRow) -> str:
    used = translate("tokens.never_used") if token.last_used_at is None else moment(token.last_used_at)
    return translate("tokens.facts", issued=moment(token.issued_at), expires=day(token.expires_on), used=used)
