"""The notices that are tracked: their list, founding another one, and ending one."""

from datetime import date
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.reference import notices as acts
from db.reference.actions import NOTICE_LIMITS
from db.reference.queries import notices_frame
from db.reference.rows import NoticeRow
from db.typed_rows import rows_as
from pages.shared.forms import small_form
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate


def notices_view(reads: Reads, by: SignedIn, notice_id: int) -> None:
    """Every notice, a click opens its catalogue; another one; and the end of the chosen one."""
    frame = reads.common(notices_frame)
    st.caption(translate("notices.click"))
    place = table(
        frame.rename(columns={"number": "notice_number"}),
        *("notice_number", "title", "issued_by", "issued_on", "retired_on"),
        key=f"notices_{notice_id}",
    )
    if place is not None:
        open_page("reference_data", notice=int(frame["notice_id"].iloc[place]), show="notices")
    for row in rows_as(NoticeRow, frame[frame["notice_id"] == notice_id]):
        with st.expander(translate("notices.end", number=plain(row.number))):
            _end(reads, by, row)
    with st.expander(translate("notices.found")):
        found_form(by, reads.today)


def found_form(by: SignedIn, today: date) -> None:
    """Another notice; its text and its catalogue follow."""
    form = small_form("found_notice")
    st.caption(translate("notices.found_note"))
    typed: dict[str, Any] = {
        name: form.text(name, translate(f"notice_fact_key.{name}"), max_chars=most)
        for name, most in NOTICE_LIMITS.items()
    }
    typed["issued_on"] = form.day("issued_on", translate("notice_fact_key.issued_on"), today)
    done = translate("notices.founded")
    form.save(translate("notices.found"), acts.found_notice, done=done, primary=True, by=by, **typed)


def _end(reads: Reads, by: SignedIn, row: NoticeRow) -> None:
    form = small_form(f"retire_notice_{row.notice_id}")
    asked: dict[str, Any] = {"by": by, "notice_id": row.notice_id}
    if row.retired_on:
        st.caption(translate("notices.retired", day=day(row.retired_on)))
        done = translate("reference_page.restored")
        form.save(translate("reference_page.restore"), acts.restore_notice, done=done, **asked)
        return
    st.caption(translate("notices.retire_note"))
    label = translate("reference_page.retired_on")
    asked["retired_on"] = form.day("retired_on", label, reads.today, min_value=reads.today)
    asked["reason"] = form.text("reason", translate("reference_page.reason"))
    done = translate("reference_page.retired_done")
    form.save(translate("reference_page.retire"), acts.retire_notice, done=done, **asked)
