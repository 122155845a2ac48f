"""Choosing between file and store for every task changed in both, page by page.

What was chosen is kept for the visit under the upload's name, so that turning a page loses nothing.
"""

from collections.abc import Collection

import streamlit as st

from db.identity import SignedIn
from db.tables import Upload, UploadRow
from db.uploads.queries import tasks_in_conflict, upload_rows
from pages.shared.filters import pick_lines
from pages.shared.store import the_store
from pages.shared.wording import language, plain, translate
from tracking.ledgers.results import Words, text_in
from tracking.vocabulary import Verdict

ON_A_PAGE = 10
SIDES = ("stored", "file")


def conflicts(by: SignedIn, upload: Upload) -> Collection[int]:
    """The tasks whose conflict the file wins; nothing is drawn if there are none."""
    total = upload.counts[Verdict.CONFLICT]
    if not total:
        return ()
    wins = _wins(upload)
    st.header(translate("import_page.conflicts", count=f"{total:,}"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("import_page.chosen", file=f"{len(wins):,}", stored=f"{total - len(wins):,}"))
        if st.button(translate("import_page.all_file"), key=f"all_file_{upload.id}"):
            wins.update(tasks_in_conflict(the_store(), by, upload_id=upload.id))
            st.rerun()
        if st.button(translate("import_page.all_stored"), key=f"all_stored_{upload.id}"):
            wins.clear()
            st.rerun()
    shown = st.container()
    first = pick_lines(total, ON_A_PAGE, "conflicts")
    asked = {"upload_id": upload.id, "verdicts": [Verdict.CONFLICT], "first": first, "most": ON_A_PAGE}
    with shown:
        for row in upload_rows(the_store(), by, **asked):  # type: ignore[arg-type]  # a mapping of its keywords
            _choice(upload, row, wins)
    return frozenset(wins)


def _wins(upload: Upload) -> set[int]:
    found: set[int] = st.session_state.setdefault(f"file_wins_{upload.id}", set())
    return found


def _choice(upload: Upload, row: UploadRow, wins: set[int]) -> None:
    """Both sides of one conflict, and which one wins."""
    state = f"side_{upload.id}_{row.task_id}"
    st.session_state[state] = SIDES[row.task_id in wins]
    with st.container(border=True):
        name = f"{row.number} {plain(row.title)}"
        for label, old, new in row.changes:
            words = {"field": _or_dash(label), "old": _or_dash(old), "new": _or_dash(new)}
            st.markdown(translate("import_page.side_by_side", **words))
        st.radio(
            translate("import_page.which", task=name),
            SIDES,
            format_func=lambda side: translate(f"import_page.keep_{side}"),
            key=state,
            horizontal=True,
            on_change=_keep,
            args=(state, row.task_id, wins),
        )


def _keep(state: str, task_id: int, wins: set[int]) -> None:
    if st.session_state[state] == "file":
        wins.add(task_id)
    else:
        wins.discard(task_id)


def _or_dash(words: Words) -> str:
    return plain(text_in(words, language())) or "—"
