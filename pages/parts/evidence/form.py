"""Evidence of an update: requested where a rule requires it, listed, attached and removed."""

import streamlit as st

from db.evidence import actions as evidence
from db.identity import SignedIn
from db.tables import EvidenceFile
from db.updates.queries import ReportItem
from pages.parts.evidence.list import show_file
from pages.shared.faults import field_errors
from pages.shared.forms import Form, small_form
from pages.shared.wording import plain, translate
from tracking.evidence import LIMIT_MEGABYTES, MEDIA_TYPES
from tracking.validation import UpdateDraft, asks_evidence
from tracking.workflow import PROGRESS_UPDATE, allows


def evidence_part(by: SignedIn, filled: Form, item: ReportItem, draft: UpdateDraft) -> None:
    """The files of a draft, and an uploader for another; the draft must have been saved before."""
    if not asks_evidence(draft, item.facts) and not item.evidence:
        return
    drafted = item.update is not None and allows(PROGRESS_UPDATE, item.update.status, "edit")
    st.markdown(translate("evidence.heading"))
    field_errors(filled.refused, "evidence")
    for file in item.evidence:
        with st.container(horizontal=True, vertical_alignment="center"):
            show_file(file)
            if drafted:
                _remove(by, file)
    if drafted and item.update:
        _attach(by, filled, item.update.id, len(item.evidence))
    else:
        st.caption(translate("evidence.save_first"))


def _attach(by: SignedIn, filled: Form, update_id: int, count: int) -> None:
    file = st.file_uploader(
        translate("evidence.attach", limit=LIMIT_MEGABYTES),
        type=list(MEDIA_TYPES),
        key=filled.key(f"evidence_{count}"),
        max_upload_size=LIMIT_MEGABYTES,
    )
    if file is not None:
        form = small_form(f"attach_{file.file_id}")
        if form.refused is None:
            filled.refused = None  # the error from before this file was given
            form.perform(
                evidence.attach_evidence,
                done=translate("evidence.attached", name=plain(file.name)),
                by=by,
                update_id=update_id,
                name=file.name,
                content=file.getvalue(),
            )


def _remove(by: SignedIn, file: EvidenceFile) -> None:
    form = small_form(f"remove_{file.id}")
    if st.button(translate("evidence.remove"), key=form.key("save"), type="tertiary"):
        form.perform(
            evidence.remove_evidence,
            done=translate("evidence.removed", name=plain(file.name)),
            by=by,
            evidence_id=file.id,
        )
