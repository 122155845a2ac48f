"""Choosing between files and store for every task that they do not agree on, page by page.

What was chosen is kept for the visit under the upload's name, so that turning a page loses nothing.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from db.identity import SignedIn
from db.tables import Upload, UploadRow
from db.uploads.queries import conflict_rows, files_in_conflict
from pages.parts.uploads.files import name_of
from pages.shared.filters import pick_lines
from pages.shared.store import the_store
from pages.shared.wording import language, plain, translate
from tracking.ledgers.results import Words, text_in
from tracking.vocabulary import Verdict

ON_A_PAGE = 10
STORED = "stored"


def conflicts(by: SignedIn, upload: Upload) -> Mapping[int, int]:
    """Task → the file that wins its conflict; nothing is drawn if there are none."""
    if not upload.counts[Verdict.CONFLICT]:
        return {}
    last = files_in_conflict(the_store(), by, upload_id=upload.id)
    total, wins = len(last), _wins(upload)
    st.header(translate("import_page.conflicts", count=f"{total:,}"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("import_page.chosen", file=f"{len(wins):,}", stored=f"{total - len(wins):,}"))
        if st.button(translate("import_page.all_file"), key=f"all_file_{upload.id}"):
            wins.update({key: file for key, file in last.items() if key not in wins})
            st.rerun()
        if st.button(translate("import_page.all_stored"), key=f"all_stored_{upload.id}"):
            wins.clear()
            st.rerun()
    shown = st.container()
    first = pick_lines(total, ON_A_PAGE, "conflicts")
    with shown:
        for rows in conflict_rows(the_store(), by, upload_id=upload.id, first=first, most=ON_A_PAGE):
            _choice(upload, rows, wins)
    return dict(wins)


def _wins(upload: Upload) -> dict[int, int]:
    found: dict[int, int] = st.session_state.setdefault(f"file_wins_{upload.id}", {})
    return found


def _choice(upload: Upload, rows: Sequence[UploadRow], wins: dict[int, int]) -> None:
    """All sides of one conflict, and which one wins."""
    task_id = rows[0].task_id or 0
    state = f"side_{upload.id}_{task_id}"
    sides = {STORED: translate("import_page.keep_stored")} | {_side(row): _keeps(upload, row) for row in rows}
    st.session_state[state] = f"file{wins[task_id] or ''}" if task_id in wins else STORED
    with st.container(border=True):
        name = f"{rows[0].number} {plain(rows[0].title)}"
        for row in rows:
            _say(upload, row)
        st.radio(
            translate("import_page.which", task=name),
            list(sides),
            format_func=sides.__getitem__,
            key=state,
            horizontal=True,
            on_change=_keep,
            args=(state, task_id, {_side(row): row.file for row in rows}, wins),
        )


def _side(row: UploadRow) -> str:
    return f"file{row.file or ''}"


def _keeps(upload: Upload, row: UploadRow) -> str:
    if upload.files is None:
        return translate("import_page.keep_file")
    return translate("import_page.keep_this", name=plain(name_of(upload, row.file)))


def _say(upload: Upload, row: UploadRow) -> None:
    """What a file says against the store, field by field."""
    if upload.files is not None:
        st.caption(plain(name_of(upload, row.file)))
    for label, old, new in row.changes:
        words = {"field": _or_dash(label), "old": _or_dash(old), "new": _or_dash(new)}
        st.markdown(translate("import_page.side_by_side", **words))


def _keep(state: str, task_id: int, files: Mapping[str, int], wins: dict[int, int]) -> None:
    chosen = st.session_state[state]
    if chosen == STORED:
        wins.pop(task_id, None)
    else:
        wins[task_id] = files[chosen]


def _or_dash(words: Words) -> str:
    return plain(text_in(words, language())) or "—"
