"""What somebody has typed into a plan and not saved: it must not be left behind when the plan is handed over."""

from collections.abc import Iterator

from db.plans.drafts import PlannedTask
from db.plans.queries import PlanSheet
from pages.shared.form_drafts import copy_of
from tracking.messages import Message
from tracking.validation import Problem


def goals_form(revision_id: int) -> str:
    """The name of the form of a plan's goals."""
    return f"goals_{revision_id}"


def task_form(task: PlannedTask | None, revision_id: int) -> str:
    """The name of the form of a task, or of a new one."""
    return f"task_{task.task_revision_id}" if task else f"new_task_{revision_id}"


def unsaved(sheet: PlanSheet) -> Iterator[Problem]:
    """Each part of a plan in which something typed is kept and not saved."""
    revision_id = sheet.revision.id
    if copy_of(goals_form(revision_id)):
        yield Problem("goals", Message("plan.unsaved_goals"))
    for task in sheet.tasks:
        if copy_of(task_form(task, revision_id)):
            said = Message("plan.unsaved_task", number=task.number)
            yield Problem(f"tasks.{task.number}.title", said)
    if copy_of(task_form(None, revision_id)):
        yield Problem("title", Message("plan.unsaved_new_task"))
