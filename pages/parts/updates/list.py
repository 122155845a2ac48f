"""The reporting officer's list of a period's tasks, by stage of each report."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from db.identity import SignedIn
from db.updates import actions as progress
from db.updates.queries import ReportItem
from pages.parts.updates.no_change import unchanged_of
from pages.shared.forms import Form
from pages.shared.wording import percent, plain, translate
from pages.shared.worklist import Bulk, WorkItem, group, lacking
from tracking.checks import check_update
from tracking.validation import NO_CHANGE_LIMIT
from tracking.vocabulary import TaskStatus, UpdateStatus

# In list order: what the officer has to do comes first.
STAGES = (
    "returned",
    "sent_back",
    "todo",
    "draft",
    "signed_off",
    "handed_over",
    "checking",
    "submitted",
    "accepted",
    "closed",
)
# Statuses in which the report of a suspended task is on hold.
_RESTING = frozenset({UpdateStatus.DRAFT, UpdateStatus.HANDED_OVER, UpdateStatus.RETURNED})
BEGUN = frozenset({"sent_back", "draft"})
OPEN_STAGES = frozenset({"returned", "sent_back", "todo", "draft"})
EDITABLE = OPEN_STAGES | {"handed_over"}


def stage_of(item: ReportItem) -> str:
    """The stage of a task's report; a report begun for a suspended task is on hold."""
    if item.update is None:
        over = item.task.status in {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}
        return "closed" if over else "todo"
    if item.task.status is TaskStatus.SUSPENDED and item.update.status in _RESTING:
        return "closed"
    if item.update.status is UpdateStatus.DRAFT and item.update.sent_back_because:
        return "sent_back"
    return str(item.update.status)


def staged(items: Sequence[ReportItem]) -> dict[str, list[ReportItem]]:
    """The tasks by stage, in stage order; empty stages are left out."""
    stages = {stage: [item for item in items if stage_of(item) == stage] for stage in STAGES}
    return {stage: found for stage, found in stages.items() if found}


def report_list(
    by: SignedIn,
    stages: Mapping[str, Sequence[ReportItem]],
    *,
    period_id: int,
    chosen: int | None,
    writable: bool,
    today: date,
) -> None:
    """The tasks by stage, with actions on several tasks of a stage at once."""
    bulks: dict[str, Bulk] = {
        "todo": unchanged_of(by, period_id, stages.get("todo", ()), today).act,
        "sent_back": partial(_hand_over, by, _updates_of(stages.get("sent_back", ()))),
        "draft": partial(_hand_over, by, _updates_of(stages.get("draft", ()))),
        "signed_off": partial(_submit, by, _updates_of(stages.get("signed_off", ()))),
    }
    for stage, items in stages.items():
        group(
            f"{stage}_{period_id}",
            translate(f"report.stage_{stage}"),
            [_line(item, stage) for item in items],
            param="task",
            chosen=chosen,
            bulk=bulks.get(stage) if writable else None,
        )


def _updates_of(items: Sequence[ReportItem]) -> dict[int, int]:
    """Task → its update."""
    return {item.task.id: item.update.id for item in items if item.update}


def _line(item: ReportItem, stage: str) -> WorkItem:
    again = stage == "todo" and item.facts.no_change_streak >= NO_CHANGE_LIMIT
    done = item.update.completion_permille if item.update else item.facts.last_completion_permille
    return WorkItem(
        key=item.task.id,
        name=translate("list.task", number=item.planned.number),
        label=f"{item.planned.number}　{plain(item.planned.draft.title)}",
        note=lacking(_faults(item, stage)) + f":gray[{percent(done)}]",
        tickable=not again,
    )


def _faults(item: ReportItem, stage: str) -> Sequence[object]:
    """What keeps a draft from being handed over; what nobody has begun lacks everything, and is not marked."""
    return check_update(item.draft, item.facts) if stage in BEGUN else ()


def _hand_over(by: SignedIn, updates: Mapping[int, int], ticked: list[int], form: Form) -> None:
    count = len(ticked)
    form.save(
        translate("report.hand_over_of", count=count),
        progress.request_update_sign_off,
        done=translate("report.handed_over_several", count=count),
        disabled=not ticked,
        by=by,
        update_ids=[updates[task_id] for task_id in ticked],
    )


def _submit(by: SignedIn, updates: Mapping[int, int], ticked: list[int], form: Form) -> None:
    count = len(ticked)
    form.save(
        translate("report.submit_of", count=count),
        progress.submit_progress_updates,
        done=translate("report.submitted", count=count),
        consequence=translate("report.submit_consequence", count=count),
        disabled=not ticked,
        by=by,
        update_ids=[updates[task_id] for task_id in ticked],
    )
