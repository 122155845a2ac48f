"""What became of a grid when it was saved: what is saved, what is marked and why, what was in conflict."""

from collections.abc import Collection, Sequence

import streamlit as st

from db.updates.bulk import Outcome
from pages.parts.updates.grid_rows import GridForm, GridRow, left_after
from pages.parts.updates.grid_table import cell_label
from pages.parts.updates.news import Indicators
from pages.shared.conflicts import Difference, versions
from pages.shared.wording import message_text, moment, plain, translate
from tracking.grids import TypedRow, cells_of
from tracking.messages import text
from tracking.vocabulary import Language


def outcomes_part(form: GridForm, rows: Sequence[GridRow]) -> None:
    """The summary of the last save; what is still marked in the rows is told with it, as long as it is."""
    if not form.told:
        return
    numbers = {row.task_id: row.item.planned.number for row in rows}
    handed = [numbers[one.line.task_id] for one in form.told if one.handed_over]
    kept = [numbers[one.line.task_id] for one in form.told if one.kept and not one.handed_over]
    lines = [
        translate(f"grid.told_{name}", count=len(found), numbers="、".join(map(str, found)))
        for name, found in (("handed_over", handed), ("saved", kept))
        if found
    ]
    marked = [line for row in rows for line in _marked(row)]
    with st.container(key="grid_told"):
        show = st.warning if marked else st.success
        show("\n".join(f"- {line}" for line in [*lines, *marked]))


def what_came(
    outcomes: Sequence[Outcome], changed: Collection[int], *, hand_over: bool, spoken: Language
) -> str:
    """In one sentence how much was handed over, saved and left of what was changed; asks nothing of Streamlit."""
    kept = {one.line.task_id for one in outcomes if one.kept}
    handed = sum(one.handed_over for one in outcomes)
    counts = {
        "handed_over": handed,
        "none_handed_over": int(hand_over and not handed),
        "as_draft" if hand_over else "saved": len(kept) - handed,
        "left": len({*changed, *(one.line.task_id for one in outcomes)} - kept),
    }
    said = [text(f"grid.done_{name}", spoken, count=count) for name, count in counts.items() if count]
    return text("grid.done", spoken, said=text("grid.done_mark", spoken).join(said))


def _marked(row: GridRow) -> list[str]:
    if row.conflicts or not (row.cells or row.asked):
        return []
    number = row.item.planned.number
    key = "grid.told_draft" if not row.cells else "grid.told_unsaved"
    return [translate(key, number=number, why=plain(message_text(one.message))) for one in row.problems]


def conflicts_part(form: GridForm, rows: Sequence[GridRow], indicators: Indicators) -> None:
    """Both versions of every row that somebody else has saved, and the choice between them."""
    for row in rows:
        if row.conflicts:
            with st.container(border=True, key=f"conflict_{row.task_id}"):
                _conflict(form, rows, row, indicators)


def _conflict(form: GridForm, rows: Sequence[GridRow], row: GridRow, indicators: Indicators) -> None:
    item = row.item
    when = moment(item.update.written_at) if item.update else "—"
    number = item.planned.number
    st.warning(translate("grid.conflict_of", number=number, author=plain(item.author) or "—", when=when))
    versions(_cells_apart(row, indicators))
    left = left_after(rows, ())
    mine = {**left, row.task_id: TypedRow(item.row_version, row.cells)}
    theirs = {key: typed for key, typed in left.items() if key != row.task_id}
    with st.container(horizontal=True):
        for name, chosen in (("keep_mine", mine), ("take_theirs", theirs)):
            st.button(
                translate(f"report.{name}"),
                key=form.key(f"{name}_{row.task_id}"),
                disabled=name == "keep_mine" and not row.editable,
                on_click=form.begin_with,
                args=(chosen,),
            )


def _cells_apart(row: GridRow, indicators: Indicators) -> list[Difference]:
    """The cells in which the two differ, as they are written: one that cannot be read is shown like any other."""
    stands = cells_of(row.item.draft, row.item.facts)
    return [(cell_label(name, indicators), stands[name], typed) for name, typed in row.cells.items()]
