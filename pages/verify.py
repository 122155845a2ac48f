"""Verifying: the code on an attestation says whether paper and data are the same, and where they are not."""

import streamlit as st

from db.attestations.queries import verify_page
from db.store import NotFound
from pages.parts.attestations.verification import banner, show_pages, show_verdict
from pages.shared.access import require
from pages.shared.components import empty, foot, heading
from pages.shared.filters import filter_bar, search
from pages.shared.reads import reads_for
from pages.shared.wording import day, message_text, translate
from tracking.attestations.code import read_code
from tracking.messages import Refusal

by = require("verify")
reads = reads_for(by)
top = st.container()
# As many characters as a scanner types when it reads the whole address.
LONGEST = 300


def show(typed: str) -> None:
    """The verdict on a code. Raises `Refusal` for a malformed code, `NotFound` for an unknown one."""
    # Not cached like other reads: tampering behind the product's back does not change the data version.
    verdict = verify_page(reads.store, reads.scope, code=read_code(typed))
    with top:
        heading(translate("page.verify"))
        banner(verdict)
    show_verdict(verdict)


with filter_bar(2)[0]:
    typed = search("code", longest=LONGEST)
if typed is None:
    with top:
        heading(translate("page.verify"), translate("verify.ask"))
    empty(translate("verify.where"))
    show_pages(reads)
else:
    try:
        show(typed)
    except Refusal as refused:
        with top:
            heading(translate("page.verify"), translate("verify.no_answer"))
        said = " ".join(map(message_text, refused.messages))
        (st.error if isinstance(refused, NotFound) else st.warning)(said, icon=":material/help:")
foot(
    translate("verify.source"),
    day(reads.today),
    *(translate(f"verify.rule_{name}") for name in ("same", "seal", "who")),
)
