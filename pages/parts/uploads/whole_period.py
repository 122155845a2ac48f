"""A whole period in one go: what was filled in and what is left as unchanged, all of it to the signatory."""

from collections.abc import Mapping, Sequence
from itertools import islice

import streamlit as st

from db.identity import SignedIn
from db.tables import Upload, UploadRow
from db.uploads.committing import commit_upload
from db.uploads.queries import calling_rows
from pages.parts.uploads.step_bar import step_bar
from pages.shared.forms import small_form
from pages.shared.store import the_store
from pages.shared.wording import plain, translate
from tracking.cleaning import says_something
from tracking.ledgers.results import WRITTEN
from tracking.vocabulary import Verdict

MOST_SHOWN = 20


def whole_period(by: SignedIn, upload: Upload, wins: Mapping[int, int]) -> None:
    """The button for all rows, with a field for the sentence that some of them call for; nothing if none is left."""
    left = upload.counts.get(Verdict.NO_CHANGE, 0)
    if not left:
        return
    calling = calling_rows(the_store(), by, upload_id=upload.id)
    filled = sum(upload.counts[verdict] for verdict in WRITTEN) + len(wins)
    with st.container(border=True):
        st.subheader(translate("import_page.whole"), anchor=False)
        form = small_form(f"whole_{upload.id}")
        st.markdown(translate("import_page.whole_note", filled=f"{filled:,}", left=f"{left:,}"))
        if upload.counts[Verdict.UNCHANGED]:
            st.caption(translate("import_page.whole_not", count=f"{upload.counts[Verdict.UNCHANGED]:,}"))
        sentence = ""
        if calling:
            _call(calling)
            sentence = form.text("sentence", translate("report.sentence"))
        confirm = form.switch("confirm", translate("import_page.confirm"), False) if filled else False
        unchanged = left if says_something(sentence) else left - len(calling)
        words = {"count": f"{filled + unchanged:,}", "filled": f"{filled:,}", "left": f"{unchanged:,}"}
        form.save(
            translate("import_page.whole_verb", **words),
            commit_upload,
            done=translate("import_page.whole_done", **words),
            consequence=translate("import_page.whole_consequence", **words),
            primary=True,
            disabled=not filled + unchanged,
            by=by,
            upload_id=upload.id,
            overwrite=wins,
            hand_over=True,
            confirm=confirm,
            no_change=True,
            sentence=sentence,
            on_step=step_bar(),
        )


def asked_of(row: UploadRow) -> str:
    """What a row without change calls for, empty for any other."""
    return translate("import_page.calls", why=_why(row)) if row.calls else ""


def _why(row: UploadRow) -> str:
    return translate(f"report.stands_out_{row.calls}")


def _call(calling: Sequence[UploadRow]) -> None:
    """What calls for a sentence; of very much the first of it."""
    st.markdown(translate("report.stands_out", count=len(calling)))
    st.markdown("\n".join(f"- {_line(row)}" for row in islice(calling, MOST_SHOWN)))
    if len(calling) > MOST_SHOWN:
        st.caption(translate("import_page.whole_more", count=len(calling) - MOST_SHOWN))


def _line(row: UploadRow) -> str:
    words = {"number": row.number, "title": plain(row.title), "why": _why(row)}
    return translate("report.stands_out_line", **words)
