"""Who is signed in during this run, and whether this page is open to them.

The server's middleware authenticates the connection and hands its session on as `st.user`; because
an open connection outlives a sign-out, the session is looked up again at every run, fragments and
dialogs included (`part`).
"""

from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec

import streamlit as st

from db.accounts.sign_in_actions import resolve
from db.identity import PasswordFirst, SignedIn, SignedOut
from pages.shared.navigation import PAGES, Page
from pages.shared.store import the_store
from pages.shared.wording import speak, translate
from pages.shared.working_copies import keep_what_is_typed
from tracking.messages import Message
from tracking.permissions import Right, holders_of

Given = ParamSpec("Given")


def session_hash() -> str | None:
    """The hash of the session that the server has authenticated; a browser cannot set it."""
    found = st.user.get("session_hash")
    return str(found) if found else None


def signed_in() -> SignedIn | None:
    """The officer signed in at this run, with current roles; a run counts as activity."""
    token_hash = session_hash()
    return resolve(the_store(), token_hash) if token_hash else None


def require(name: str) -> SignedIn:
    """Who is signed in, if the page is open to them; else say which right is missing and end the run."""
    by = identify()
    page = PAGES[name]
    if not page.open_to(by):
        _refuse(page, by)
    return by


def identify() -> SignedIn:
    """Who is signed in, whatever they may do.

    Raises `SignedOut` and `PasswordFirst`: the server then ends the connection, and the page says so above a form that
    stays as it is.
    """
    by = signed_in()
    keep_what_is_typed(by.officer_id if by else None)
    if by is None:
        raise SignedOut(Message("access.signed_out"))
    speak(by.language)
    if by.must_change_password:
        raise PasswordFirst(Message("access.change_password_first"))
    return by


def part(name: str) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """A fragment of a page: it reruns alone, so it checks the page's right itself."""

    def guard(draw: Callable[Given, None]) -> Callable[Given, None]:
        @wraps(draw)
        def guarded(*args: Given.args, **kwargs: Given.kwargs) -> None:
            require(name)
            draw(*args, **kwargs)

        return st.fragment(guarded)

    return guard


def may_not(right: Right) -> None:
    """Why a control is missing: who has it."""
    roles = translate("access.list").join(translate(f"role.{role}") for role in holders_of(right))
    st.caption(translate("admin.holders", right=right, roles=roles))


def no_role() -> str:
    """What somebody without a role reads: that it is missing, and who grants it."""
    roles = translate("access.list").join(translate(f"role.{role}") for role in holders_of(Right.GRANT_ROLES))
    return translate("access.no_role", roles=roles)


def _refuse(page: Page, by: SignedIn) -> NoReturn:
    if not by.roles:
        _stop(translate("access.refused", page=translate(page.title)), no_role())
    holders = {role: None for right in sorted(page.rights) for role in holders_of(right)}
    _stop(
        translate("access.refused", page=translate(page.title)),
        translate(
            "access.needs",
            rights=translate("access.list").join(
                translate(f"right.{right}") for right in sorted(page.rights)
            ),
        ),
        translate(
            "access.ask", roles=translate("access.list").join(translate(f"role.{role}") for role in holders)
        ),
    )


def _stop(headline: str, *lines: str) -> NoReturn:
    with st.container(border=True, key="refused"):
        st.header(headline, anchor=False)
        for line in lines:
            st.markdown(line)
    st.stop()
