"""Evidence of an update: requested where a rule requires it, listed, attached and removed."""

import streamlit as st

from db.identity import SignedIn
from db.tables import EvidenceFile
from db.updates import evidence_actions as evidence
from db.updates.queries import ReportItem
from pages.shared.form_drafts import FormDraft
from pages.shared.forms import field_errors, perform
from pages.shared.once_per_click import form_token
from pages.shared.wording import plain, translate
from tracking.evidence import LIMIT_MEGABYTES, MEDIA_TYPES
from tracking.validation import UpdateDraft, asks_evidence
from tracking.workflow import PROGRESS_UPDATE, allows


def evidence_part(by: SignedIn, filled: FormDraft, item: ReportItem, draft: UpdateDraft) -> None:
    """The files of a draft, and a place for another; a draft must have been saved to carry one."""
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


def show_file(file: EvidenceFile) -> None:
    """A file's name, linked to its content."""
    size = translate("evidence.kilobytes", size=f"{max(file.size // 1024, 1):,}")
    st.markdown(f"[{plain(file.name)}](/evidence/{file.id})　:gray[{size}]", width="content")


def _attach(by: SignedIn, filled: FormDraft, update_id: int, count: int) -> None:
    file = st.file_uploader(
        translate("evidence.attach", limit=LIMIT_MEGABYTES),
        type=list(MEDIA_TYPES),
        key=filled.key(f"evidence_{count}"),
        max_upload_size=LIMIT_MEGABYTES,
    )
    if file is not None:
        filled.refused = None  # what was wrong with the file before this one
        filled.refused = perform(
            evidence.attach_evidence,
            done=translate("evidence.attached", name=plain(file.name)),
            token=form_token(f"attach_{file.file_id}"),
            by=by,
            update_id=update_id,
            name=file.name,
            content=file.getvalue(),
        )
        field_errors(filled.refused, "evidence")


def _remove(by: SignedIn, file: EvidenceFile) -> None:
    token = form_token(f"remove_{file.id}")
    if st.button(translate("evidence.remove"), key=f"remove_{token}", type="tertiary"):
        perform(
            evidence.remove_evidence,
            done=translate("evidence.removed", name=plain(file.name)),
            token=token,
            by=by,
            evidence_id=file.id,
        )
