"""The wizard for a ledger of any layout: sheets, header rows, column meanings, then a preview.

What is chosen is kept in the address, so that it outlives a reload; the file itself is kept with the upload.
"""

from collections.abc import Sequence

import streamlit as st

from db.identity import SignedIn
from db.tables import Upload
from db.uploads import legacy_ledgers
from db.uploads.layouts import Proposal, proposed_layouts
from pages.parts.uploads.columns import pick_columns
from pages.parts.uploads.sample import sample
from pages.parts.uploads.step_bar import step_bar
from pages.parts.uploads.tasks import tasks_for
from pages.shared.faults import error_summary
from pages.shared.filters import pick, pick_several
from pages.shared.forms import Form
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.documents.grids import Sheet, address_of, place_of
from tracking.documents.legacy_guess import WIDEST, header_rows, layout_of
from tracking.documents.legacy_layout import Layout, check_layouts
from tracking.messages import Refusal

_LONGEST = 40


def wizard(by: SignedIn, reads: Reads, upload: Upload) -> None:
    """Everything about the layout of one upload, in one form; its button leads to the preview."""
    tasks = tasks_for(by, reads, upload)
    proposal = proposed_layouts(reads.store, by, upload.heads, tasks, upload.period_id or 0)
    remembered = any(one.why == "remembered" for layout in proposal.layouts for one in layout.columns)
    st.markdown(translate("legacy.remembered" if remembered else "legacy.guessed"))
    layouts = _told(upload, proposal)
    unclear = _unclear(layouts)
    if unclear is None:
        answers = legacy_ledgers.answers_of(reads.store, by, upload)
        sample(upload, proposal.heads, layouts, tasks, answers)
    _go_on(by, upload, layouts, unclear)


def _told(upload: Upload, proposal: Proposal) -> list[Layout]:
    """The layouts set for the chosen sheets; sheets with the same headers are set together."""
    groups: dict[tuple[str, ...], list[Layout]] = {}
    for layout in _placed(upload, proposal):
        groups.setdefault(layout.signature, []).append(layout)
    return [
        layout
        for at, group in enumerate(groups.values())
        for layout in pick_columns(f"{upload.id}_{at}", group, proposal.heads, proposal.context)
    ]


def _placed(upload: Upload, proposal: Proposal) -> list[Layout]:
    """The chosen sheets, and where their headers are."""
    names = [head.name for head in proposal.heads]
    likely = [names.index(name) for name in proposal.likely]
    wide, *narrow = st.columns([2, 2])
    with wide:
        options = {at: _sheet_name(head) for at, head in enumerate(proposal.heads)}
        chosen = pick_several(
            f"sheets_{upload.id}", options, default=likely, label=translate("legacy.sheets")
        )
    with narrow[0]:
        layouts = [_header(upload, proposal, at, named=len(chosen) > 1) for at in sorted(chosen)]
    for at in sorted(chosen):
        _say_unseen(proposal.heads[at])
    return layouts


def _sheet_name(head: Sheet) -> str:
    return translate("legacy.hidden_sheet", sheet=plain(head.name)) if head.concealed else plain(head.name)


def _say_unseen(head: Sheet) -> None:
    """What of a sheet does not meet the eye: hidden columns are offered like others, what is struck out is not read."""
    letters = [address_of(1, at).rstrip("1") for at in sorted(head.hidden_columns) if at <= _width(head)]
    rows = sorted({place_of(cell)[0] for cell in head.struck})
    for key, found in (("legacy.hidden_columns", letters), ("legacy.struck_rows", rows)):
        if found:
            listed = translate("legacy.list").join(map(str, found))
            st.caption(translate(key, sheet=plain(head.name), found=listed))
    if head.beyond:
        st.caption(translate("legacy.beyond", sheet=plain(head.name), first=WIDEST, count=head.beyond))


def _width(head: Sheet) -> int:
    return max(map(len, head.rows), default=0)


def _header(upload: Upload, proposal: Proposal, at: int, *, named: bool) -> Layout:
    """The layout of a sheet with the chosen header rows."""
    head = proposal.heads[at]
    guessed = next((one for one in proposal.layouts if one.sheet == head.name), None)
    rows = header_rows(head)
    names = {f"{first}-{last}": _shown(head.rows[first - 1], first, last) for first, last in rows}
    label = translate("legacy.header_of", sheet=plain(head.name)) if named else translate("legacy.header")
    default = f"{guessed.first}-{guessed.last}" if guessed else None
    chosen = pick(f"header_{upload.id}_{at}", names, default=default, label=label)
    if guessed is not None and chosen == default:
        return guessed
    first, last = map(int, chosen.split("-"))
    return layout_of(head, first, last, proposal.context)


def _shown(values: Sequence[object], first: int, last: int) -> str:
    words = " | ".join(str(value).replace("\n", "") for value in values if value is not None)
    key = "legacy.row" if first == last else "legacy.rows"
    return translate(key, first=first, last=last, words=words[:_LONGEST])


def _unclear(layouts: Sequence[Layout]) -> Refusal | None:
    try:
        check_layouts(layouts)
    except Refusal as refused:
        return refused
    return None


def _go_on(by: SignedIn, upload: Upload, layouts: Sequence[Layout], unclear: Refusal | None) -> None:
    """The button, below anything unclear or refused."""
    form = Form.under_way(f"legacy_{upload.id}")
    error_summary(unclear or form.refused)
    form.save(
        translate("legacy.preview"),
        legacy_ledgers.preview_legacy_ledger,
        done=translate("legacy.done"),
        primary=not upload.counts,
        disabled=unclear is not None,
        by=by,
        upload_id=upload.id,
        layouts=layouts,
        on_step=step_bar(),
    )
