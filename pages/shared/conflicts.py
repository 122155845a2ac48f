"""Two people editing one thing: both versions side by side, and the choice between them."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.forms import Form
from pages.shared.wording import plain, translate

# Field, stored value, value typed here.
Difference = tuple[str, str, str]


def versions(found: Sequence[Difference]) -> None:
    """The fields in which the two differ."""
    head = f"| {translate('report.field')} | {translate('report.saved_version')} | {translate('report.my_version')} |"
    body = [f"| {' | '.join(plain(part) or '—' for part in row)} |" for row in found]
    st.markdown("\n".join([head, "|:--|:--|:--|", *body]))


def conflict_box(filled: Form, row_version: int, sentence: str, found: Sequence[Difference]) -> None:
    """Somebody else saved the same item, as `sentence` says; `row_version` is their version."""
    with st.container(border=True, key="conflict"):
        st.warning(sentence)
        versions(found)
        with st.container(horizontal=True):
            if st.button(translate("report.keep_mine"), key=filled.key("keep_mine")):
                filled.go_on(row_version)
                st.rerun()
            if st.button(translate("report.take_theirs"), key=filled.key("take_theirs")):
                filled.begin_again()
                st.rerun()
