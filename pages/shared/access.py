"""Who is signed in during this run, and whether this page is open to them.

The server's middleware authenticates the connection and hands its session on as `st.user`; because
an open connection outlives a sign-out, the session is looked up again at every run, fragments and
dialogs included (`part`).
"""

from collections.abc import Callable
from functools import wraps
from html import escape
from typing import NoReturn, ParamSpec

import streamlit as st

from db.accounts.sign_in_actions import resolve
from db.identity import SignedIn
from pages.shared.navigation import PAGES, Page
from pages.shared.store import the_store
from pages.shared.wording import speak, translate
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
        _refuse(page)
    return by


def identify() -> SignedIn:
    """Who is signed in, whatever they may do; else ask to sign in and end the run."""
    by = signed_in()
    if by is None:
        _stop(translate("access.signed_out"), link=("/login", translate("access.sign_in")))
    speak(by.language)
    if by.must_change_password:
        _stop(
            translate("access.change_password_first"), link=("/password", translate("access.change_password"))
        )
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


def _refuse(page: Page) -> NoReturn:
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


def _stop(headline: str, *lines: str, link: tuple[str, str] | None = None) -> NoReturn:
    with st.container(border=True, key="refused"):
        st.header(headline, anchor=False)
        for line in lines:
            st.markdown(line)
        if link:
            # A Markdown link would open another tab and leave this one dead.
            st.html(f'<a href="{link[0]}">{escape(link[1])}</a>')
    st.stop()
