"""What every form shares: one action per save, all errors at once, nothing saved twice."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.shared.components import saved
from pages.shared.once_per_click import Token, once_per_click, use
from pages.shared.store import the_store
from pages.shared.wording import message_text, plain, translate
from tracking.messages import Message, Refusal

# Of a ledger handed over as a whole there may be one for each row.
MOST_LINES = 50


def perform(
    action: Callable[..., Any], /, *, done: str, token: Token | None = None, **asked: Any
) -> Refusal | None:
    """Do one action, `action(store, **asked)`: on success confirm `done` and run the page afresh.

    A refusal comes back, to be shown by `error_summary` and `field_errors`; what was typed stays. With the
    `token` that `form_token` gave before the button was drawn, a double click does it once.
    """
    store, press = the_store(), token or Token("", uuid4().hex)
    try:
        once_per_click().do(press.value, lambda: action(store, **asked), done)
    except Refusal as refused:
        return refused
    saved(done)
    use(press)
    return st.rerun()


def error_summary(refused: Refusal | None, labels: Mapping[str, str] | None = None) -> None:
    """Everything that is wrong, on top of the form, each with a link to its field; `labels` names the fields."""
    if refused is None:
        return
    found = list(zip(refused.messages, refused.fields, strict=True))
    lines = [_line(message, field, labels or {}) for message, field in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines += ["", translate("page.more_wrong", count=f"{len(found) - MOST_LINES:,}")]
    st.error("\n".join([translate("page.mend"), "", *lines]))


def _line(message: Message, field: str, labels: Mapping[str, str]) -> str:
    said = plain(message_text(message))
    if field in labels and not said.startswith(plain(labels[field])):
        said = translate("page.field_wrong", field=plain(labels[field]), wrong=said)
    return f"- [{said}](#{anchor(field)})" if field else f"- {said}"


def error_note(refused: Refusal | None) -> None:
    """Beside the button: how much is wrong, a click from the first of it, which may be out of sight."""
    if refused is not None:
        first = next((field for field in refused.fields if field), "")
        said = translate("page.wrong_count", count=len(refused.messages))
        st.markdown(f":red[[{said}](#{anchor(first)})]" if first else f":red[{said}]")


def field_errors(refused: Refusal | None, field: str) -> None:
    """What is wrong with one field, beside it; the summary on top links to here."""
    wrong = [] if refused is None else list(zip(refused.messages, refused.fields, strict=True))
    lines = [message_text(message) for message, named in wrong if named == field]
    if lines:
        st.html(f'<span id="{anchor(field)}"></span>')
        st.markdown("  \n".join(f":red[{plain(line)}]" for line in lines))


def anchor(field: str) -> str:
    """Where on the page a field stands, as the end of an address."""
    return "field-" + "".join(sign if sign.isalnum() else "-" for sign in field)
