"""The tokens with which an office's own system reports: issued, shown once, revoked by whoever they act as."""

import streamlit as st

from db.accounts.token_queries import tokens_frame
from pages.parts.accounts.tokens import new_token_form, show_secret, standing, token_list
from pages.shared.access import require
from pages.shared.components import empty, foot, heading
from pages.shared.reads import reads_for
from pages.shared.wording import day, translate

by = require("tokens")
reads = reads_for(by)
# Never cached: using a token is not an audited write.
tokens = tokens_frame(reads.store, officer_id=by.officer_id)
valid = standing(tokens, reads.today)

heading(translate("page.tokens"), translate("tokens.sentence", count=len(valid)))
with st.container(width=720):
    show_secret()
    if valid.empty:
        empty(translate("tokens.none"))
    token_list(by, valid)
    with st.expander(translate("tokens.new"), expanded=valid.empty):
        new_token_form(by, reads.today)
foot(
    translate("tokens.source"),
    day(reads.today),
    translate("tokens.rule_rights"),
    translate("tokens.rule_secret"),
    translate("tokens.rule_document"),
)
