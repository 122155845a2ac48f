"""What a file would change in a draft plan: new, changed, not in the file; and the one button."""

from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.plans.file_actions import bring_in_tasks, entry_of
from db.plans.queries import PlanSheet
from pages.parts.plans.wording import Names, differences, label_of
from pages.shared.components import Figure, figures
from pages.shared.forms import Form
from pages.shared.tables import plain_table
from pages.shared.wording import day, message_text, plain, translate
from tracking.documents.plan_layout import PlanLayout
from tracking.plans.comparison import Comparison, PlanChange, PlanLine
from tracking.plans.known import Weight


def preview(
    by: SignedIn,
    filled: Form,
    sheet: PlanSheet,
    names: Names,
    found: Comparison,
    *,
    layouts: Sequence[PlanLayout],
    source: str,
) -> None:
    """Counts, every change, what is only said, and the button that stores what is ready."""
    counts = [Figure(translate(f"plan_change.{change}"), str(len(found.of(change)))) for change in PlanChange]
    figures([*counts, Figure(translate("plan_change.missing"), str(len(found.missing)))])
    rows = [
        row for line in found.lines if line.change is not PlanChange.UNCHANGED for row in _rows(line, names)
    ]
    if rows:
        plain_table(pd.DataFrame(rows), printed="plan_file_changes")
    _said(found)
    removed = _missing(filled, found)
    ready = [line for line in found.lines if line.ready and line.change is not PlanChange.UNCHANGED]
    waiting = sum(not line.ready for line in found.lines)
    if waiting:
        st.warning(translate("plan_file.waiting", count=waiting))
    told = {
        "added": sum(line.standing is None for line in ready),
        "changed": sum(line.standing is not None for line in ready),
        "removed": len(removed),
    }
    filled.save(
        translate("plan_file.bring_in", count=len(ready) + len(removed)),
        bring_in_tasks,
        done=translate("plan_file.brought_in", **told),
        consequence=translate("plan_file.consequence", **told),
        primary=True,
        disabled=not ready and not removed,
        by=by,
        revision_id=sheet.revision.id,
        entries=[entry_of(line) for line in ready],
        removed=removed,
        layouts=layouts,
        source=source,
    )


def _rows(line: PlanLine, names: Names) -> Iterator[dict[str, str]]:
    """A changed task field by field, a new one in one row."""
    about = {"change": translate(f"plan_change.{line.change}"), "title": line.draft.title}
    if line.standing is None:
        yield about | {"field": "", "old": "", "new": _in_short(line, names)}
        return
    for field, old, new in differences(line.standing.draft, line.draft, names):
        yield about | {"field": field, "old": old, "new": new}


def _in_short(line: PlanLine, names: Names) -> str:
    draft = line.draft
    parts = (
        names.measures.get(draft.measure_id, ""),
        day(draft.due_on) if draft.due_on else "",
        names.posts.get(draft.post_id, "") if draft.post_id else "",
        f"{label_of('targets')} {len(draft.targets)}" if draft.targets else "",
        f"{label_of('milestones')} {len(draft.milestones)}" if draft.milestones else "",
    )
    return translate("plan.part_mark").join(filter(None, parts))


def _said(found: Comparison) -> None:
    """What was read with a doubt that asks for nothing but a look."""
    rows = [
        {
            "cell": doubt.spot.place,
            "field": translate(f"plan_field.{doubt.field}"),
            "value": doubt.spot.written,
            "problem": message_text(doubt.message),
        }
        for doubt in found.doubts
        if doubt.weight is Weight.SAID
    ]
    if rows:
        with st.expander(translate("plan_file.said", count=len(rows))):
            plain_table(pd.DataFrame(rows), printed="plan_file_said")


def _missing(filled: Form, found: Comparison) -> list[int]:
    """The tasks of the plan that the file does not name; none is removed unless chosen."""
    if not found.missing:
        return []
    names = {one.task_revision_id: f"{one.number} {plain(one.draft.title)}" for one in found.missing}
    st.caption(translate("plan_file.missing_note"))
    return filled.several("removed", translate("plan_file.remove"), names)
