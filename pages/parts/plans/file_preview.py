"""What a file would change in a draft plan: new, changed, not in the file; and the one button."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from db.identity import SignedIn
from db.plans.file_actions import bring_in_tasks, entry_of
from db.plans.queries import PlanSheet
from pages.parts.plans.file_tables import change_tables
from pages.parts.plans.wording import Names
from pages.shared.components import Figure, figures
from pages.shared.forms import Form
from pages.shared.wording import plain, translate
from tracking.documents.plan_layout import PlanLayout
from tracking.plans.comparison import Comparison, PlanChange


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
    """Counts, every change, what is doubtful, and the button that stores what is ready."""
    counts = [Figure(translate(f"plan_change.{change}"), str(len(found.of(change)))) for change in PlanChange]
    figures([*counts, Figure(translate("plan_change.missing"), str(len(found.missing)))])
    change_tables(filled, found, _with_new_posts(names, found))
    removed = _missing(filled, found)
    ready = [line for line in found.lines if line.ready and line.change is not PlanChange.UNCHANGED]
    waiting = sum(not line.ready for line in found.lines)
    if waiting:
        st.warning(translate("plan_file.waiting", count=waiting))
    taken = {line.draft.post_id for line in ready}
    posts = [one for one in found.proposed if one.post_id in taken]
    told = {
        "added": sum(line.standing is None for line in ready),
        "changed": sum(line.standing is not None for line in ready),
        "removed": len(removed),
    }
    consequence = translate("plan_file.consequence", **told)
    if posts:
        named = translate("plan.name_mark").join(plain(one.words) for one in posts)
        consequence += translate("plan_file.consequence_posts", posts=named)
    filled.save(
        translate("plan_file.bring_in", count=len(ready) + len(removed)),
        bring_in_tasks,
        done=translate("plan_file.brought_in", **told),
        consequence=consequence,
        primary=True,
        disabled=not ready and not removed,
        by=by,
        revision_id=sheet.revision.id,
        entries=[entry_of(line) for line in ready],
        removed=removed,
        layouts=layouts,
        posts=posts,
        source=source,
    )


def _with_new_posts(names: Names, found: Comparison) -> Names:
    new: dict[int | None, str] = {
        one.post_id: translate("plan_file.new_post", post=plain(one.words)) for one in found.proposed
    }
    return replace(names, posts={**names.posts, **new})


def _missing(filled: Form, found: Comparison) -> list[int]:
    """The tasks of the plan that the file does not name; none is removed unless chosen."""
    if not found.missing:
        return []
    names = {one.task_revision_id: f"{one.number} {plain(one.draft.title)}" for one in found.missing}
    st.caption(translate("plan_file.missing_note"))
    return filled.several("removed", translate("plan_file.remove"), names)
