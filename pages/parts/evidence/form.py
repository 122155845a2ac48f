"""Evidence of an update: always welcome and folded away, and asked for, with the reason, where the rule says so."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

import streamlit as st

from db.evidence import actions as evidence
from db.identity import SignedIn
from db.store import Store
from db.tables import EvidenceFile
from db.updates.actions import save_progress_update
from db.updates.queries import ReportItem
from pages.parts.evidence.list import show_file
from pages.shared.faults import field_errors
from pages.shared.forms import Form, small_form
from pages.shared.wording import plain, translate
from tracking.evidence import LIMIT_MEGABYTES, MEDIA_TYPES, checked_file, checked_link
from tracking.validation import UpdateDraft, asks_evidence
from tracking.workflow import PROGRESS_UPDATE, allows


@dataclass(frozen=True, slots=True)
class Place:
    """Where evidence is added: the form, what stands in it, and for which period.

    `readable` says that all that is typed can be saved; a draft is begun by the first evidence, and must lose nothing.
    """

    by: SignedIn
    filled: Form
    item: ReportItem
    draft: UpdateDraft
    period_id: int
    readable: bool

    @property
    def update_id(self) -> int | None:
        """The draft that may take evidence, None before there is one."""
        update = self.item.update
        return update.id if update and allows(PROGRESS_UPDATE, update.status, "edit") else None


def evidence_part(place: Place) -> None:
    """What is there already, and a place for more: open where it is asked for and missing, else a click away."""
    files = place.item.evidence
    asked = asks_evidence(place.draft, place.item.facts)
    if asked or files:
        st.markdown(translate("evidence.heading"))
    field_errors(place.filled.refused, "evidence")
    for file in files:
        with st.container(horizontal=True, vertical_alignment="center"):
            show_file(file)
            if place.update_id is not None:
                _remove(place.by, file)
    if asked and not files:
        completes = place.draft.completion_requested
        st.markdown(translate("evidence.why_to_complete" if completes else "evidence.why_always"))
        _add(place)
    else:
        with st.expander(translate("evidence.add"), icon=":material/attach_file:"):
            _add(place)


def _add(place: Place) -> None:
    """A file or the address of a page."""
    if place.update_id is None and not place.readable:
        st.caption(translate("evidence.mend_first"))
        return
    count = len(place.item.evidence)
    file = st.file_uploader(
        translate("evidence.attach", limit=LIMIT_MEGABYTES),
        type=list(MEDIA_TYPES),
        key=place.filled.key(f"evidence_{count}"),
        max_upload_size=LIMIT_MEGABYTES,
    )
    if file is not None:
        content = file.getvalue()
        form = small_form(f"attach_{file.file_id}")
        if form.refused is None:
            attach = partial(evidence.attach_evidence, name=file.name, content=content)
            _attach(place, form, partial(checked_file, file.name, content), attach, file.name)
    form = small_form(f"link_{place.filled.token.form}_{count}")
    address = form.text("evidence", translate("evidence.address"))
    if st.button(translate("evidence.add_link"), key=form.key("save")):
        attach = partial(evidence.attach_link, address=address)
        _attach(place, form, partial(checked_link, address), attach, address)


def _attach(
    place: Place, form: Form, checks: Callable[[], object], attach: Callable[..., Any], called: str
) -> NoReturn:
    """To the draft; before there is one, to the draft that is begun by it with all that was typed."""
    place.filled.refused = None  # what was wrong before there was this file
    if place.update_id is not None:
        done = translate("evidence.attached", name=plain(called))
        form.perform(attach, done=done, by=place.by, update_id=place.update_id)
    begin = partial(_begin, place, checks, attach)
    form.perform(begin, done=translate("evidence.begun", name=plain(called)))


def _begin(place: Place, checks: Callable[[], object], attach: Callable[..., Any], store: Store) -> None:
    """Begin the draft and let it have its first evidence; what could not be attached begins none."""
    checks()
    update_id = save_progress_update(
        store,
        by=place.by,
        task_id=place.item.task.id,
        period_id=place.period_id,
        row_version=place.filled.row_version or 0,
        draft=place.draft,
    )
    place.filled.begin_again()
    attach(store, by=place.by, update_id=update_id)


def _remove(by: SignedIn, file: EvidenceFile) -> None:
    form = small_form(f"remove_{file.id}")
    if st.button(translate("evidence.remove"), key=form.key("save"), type="tertiary"):
        form.perform(
            evidence.remove_evidence,
            done=translate("evidence.removed", name=plain(file.name)),
            by=by,
            evidence_id=file.id,
        )
