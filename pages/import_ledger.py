"""Import a ledger: fetch the form, fill it in offline, upload it, look at the preview, and commit it as a whole."""

from typing import NoReturn

import streamlit as st

from db.uploads import actions as uploads
from db.uploads.drops import is_drop, upload_ledgers
from db.uploads.queries import latest_upload
from db.uploads.retention import GivenFile
from pages.parts.updates.authority import form_address
from pages.parts.updates.period import Window, pick_window
from pages.parts.uploads.preview import preview
from pages.parts.uploads.step_bar import step_bar
from pages.parts.uploads.wizard import wizard
from pages.shared.access import require
from pages.shared.choices import chosen_notice, notice_bar
from pages.shared.components import empty, foot, heading
from pages.shared.faults import error_summary
from pages.shared.forms import Form
from pages.shared.reads import reads_for
from pages.shared.wording import day, message_text, plain, translate
from tracking.documents.workbook_zip import LIMIT_MEGABYTES

by = require("import_ledger")
reads = reads_for(by)
top = st.container()


def show(window: Window) -> None:
    """The page for one period: the two steps, then the newest preview."""
    with top:
        heading(translate("page.import_ledger"), sentence(window))
    if window.refused:
        st.info(message_text(window.refused))
        return
    upload = latest_upload(reads.store, by)
    fetch, give = st.container(key="screen_only").columns(2, gap="medium")
    with fetch, st.container(border=True):
        st.subheader(translate("import_page.fetch"), anchor=False)
        st.markdown(translate("import_page.fetch_note"))
        st.link_button(
            translate("import_page.fetch_verb"),
            form_address(by, reads, window.period_id),
            icon=":material/download:",
        )
    with give, st.container(border=True):
        st.subheader(translate("import_page.give"), anchor=False)
        st.caption(translate("legacy.also"))
        take(0 if upload is None else upload.id, window.period_id)
    if upload is not None and upload.heads and upload.committed_at is None:
        with st.expander(translate("legacy.title", name=plain(upload.name)), expanded=not upload.counts):
            if upload.period_id == window.period_id:
                wizard(by, reads, upload)
            else:
                st.info(translate("legacy.other_period"))
    if upload is not None and (upload.counts or not upload.heads):
        preview(by, reads, upload)
    foot(
        translate("import_page.source"),
        day(reads.today),
        *(translate(f"import_page.rule_{at}") for at in range(1, 5)),
    )


def sentence(window: Window) -> str:
    """The purpose of the page, the period, and the deadline."""
    key = "import_page.sentence_open" if window.refused is None else "import_page.sentence_closed"
    return translate(key, period=window.name, closes_on=day(window.closes_on))


def take(last_id: int, period_id: int) -> None:
    """The file uploader, a fresh one after each upload; files are read as soon as they arrive."""
    given = st.file_uploader(
        translate("import_page.file", limit=LIMIT_MEGABYTES),
        key=f"ledger_file_{last_id}",
        max_upload_size=LIMIT_MEGABYTES,
        help=translate("upload.texts_only"),
        accept_multiple_files=True,
    )
    if not given:
        return
    form = Form.under_way(f"ledger_{given[0].file_id}_{len(given)}")
    if form.refused is None:
        read(form, [GivenFile(file.name, file.getvalue()) for file in given], period_id)
    error_summary(form.refused)


def read(form: Form, files: list[GivenFile], period_id: int) -> NoReturn:
    """Read one file, whatever its layout, or bring several of our forms together."""
    asked = {"by": by, "period_id": period_id, "on_step": step_bar()}
    if is_drop(files):
        done = translate("import_page.read_files", count=len(files))
        form.perform(upload_ledgers, done=done, files=files, **asked)
    done = translate("import_page.read", name=plain(files[0].name))
    form.perform(uploads.upload_ledger, done=done, name=files[0].name, content=files[0].content, **asked)


notice_id = chosen_notice(reads)
with notice_bar(reads, 4)[0]:
    window = None if notice_id is None else pick_window(reads, notice_id)
if window is None or by.authority_id is None:
    with top:
        heading(translate("page.import_ledger"))
    empty(translate("report.no_period"))
else:
    show(window)
