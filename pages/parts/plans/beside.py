"""A plan on the signatory's sheet: its tasks beside last year's, or beside those in force that it changes."""

import re
from collections.abc import Sequence

import streamlit as st

from db.plans.beside import Beside, tasks_beside
from db.plans.drafts import PlannedTask, final_targets
from db.plans.queries import PlanSheet
from pages.parts.plans.wording import Names, differences, names_for
from pages.shared.reads import Reads
from pages.shared.wording import day, percent, plain, translate
from tracking.scales import value_words
from tracking.validation import TaskDraft

COLUMNS = ("number", "title", "asked", "due_on", "before")
# How a sentence ends that somebody wrote, before the end of bold type or of all.
_STOP = re.compile(r"(?:[。；;]|\\\.)(?=(?:\*\*)?$)")


def plan_beside(reads: Reads, sheet: PlanSheet) -> None:
    """Every task in one table, beside what was asked before, and last what is not asked any more."""
    found, names = reads.scoped(tasks_beside, revision_id=sheet.revision.id), names_for(reads, sheet)
    amends = found.year == sheet.plan.year
    words = _changes if amends else _last_year
    told = [(task, words(task, before, found, names)) for task, before in found.pairs]
    new = sum(before is None for _, before in found.pairs)
    st.markdown(
        translate(
            "plan.beside_filed" if amends else "plan.beside_last_year",
            total=len(told),
            new=new,
            kept=len(told) - new,
            dropped=len(found.dropped),
        )
    )
    rows = [_row(task, said, names) for task, said in told]
    rows += [_dropped(task, found, names, amends=amends) for task in found.dropped]
    heads = [translate(f"plan.beside_{name}") for name in COLUMNS]
    with st.container(key="beside"):
        st.markdown(_table([heads, ["--:", *[":--"] * (len(COLUMNS) - 1)], *rows]))


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(task: PlannedTask, said: str, names: Names) -> list[str]:
    draft = task.draft
    return [str(task.number), plain(draft.title), _asked(draft, names), day(draft.due_on), said]


def _dropped(task: PlannedTask, found: Beside, names: Names, *, amends: bool) -> list[str]:
    """A task of the plan before that is not in this one; its number is that plan's."""
    gone = translate("plan.not_any_more" if amends else "plan.not_this_year")
    return ["", f":gray[{plain(task.draft.title)}]", gone, "", _stood(task, found, names)]


def _asked(draft: TaskDraft, names: Names) -> str:
    """The goal, what each indicator is to reach in the end, and how many milestones lead there."""
    said = [plain(draft.goal)] if draft.goal else []
    for key, value in final_targets(draft).items():
        named = names.indicators[key]
        said.append(f"{plain(named.name)} {plain(value_words(value, named))}")
    if draft.milestones:
        said.append(translate("plan.steps", count=len(draft.milestones)))
    return _joined(said)


def _joined(parts: Sequence[str]) -> str:
    """The parts with one mark between them, also where a part is a sentence with a stop of its own."""
    return translate("plan.part_mark").join([*(_STOP.sub("", part) for part in parts[:-1]), *parts[-1:]])


def _last_year(_task: PlannedTask, before: PlannedTask | None, found: Beside, names: Names) -> str:
    return translate("plan.is_new") if before is None else _stood(before, found, names)


def _changes(task: PlannedTask, before: PlannedTask | None, _found: Beside, names: Names) -> str:
    """What an amendment changes of a task, field by field."""
    if before is None:
        return translate("plan.is_new")
    changed = differences(before.draft, task.draft, names)
    said = [
        translate("plan.change", field=field, old=plain(old) or "—", new=plain(new) or "—")
        for field, old, new in changed
    ]
    return _joined(said) or translate("plan.as_filed")


def _stood(task: PlannedTask, found: Beside, names: Names) -> str:
    """What was asked of a task before, until when, and how far it has come."""
    return translate(
        "plan.stood",
        asked=_asked(task.draft, names),
        due_on=day(task.draft.due_on),
        completion=percent(found.completions.get(task.task_id)),
    )
