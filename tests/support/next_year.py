"""The year after that of the factories: its plan, begun with what is taken over from the one before."""

from dataclasses import replace
from typing import Any

from db.plans import actions as plans, task_actions
from db.plans.carry_actions import take_over_tasks
from db.plans.drafts import PlannedTask
from db.store import Store
from tests.support.factories import NORTH, YEAR, people

NEXT = YEAR + 1


def next_plan(store: Store, **chosen: Any) -> int:
    """Next year's plan of the north, begun with what is taken over from this one; gives its revision."""
    officer = people().officer
    revision_id = plans.start_plan(store, by=officer, notice_id=1, authority_id=NORTH, year=NEXT)
    take_over_tasks(store, by=officer, revision_id=revision_id, **chosen)
    return revision_id


def saved_again(store: Store, planned: PlannedTask, **changed: Any) -> None:
    """A task of a draft, saved by a person."""
    task_actions.save_task(
        store,
        by=people().officer,
        task_revision_id=planned.task_revision_id,
        row_version=planned.row_version,
        draft=replace(planned.draft, **changed),
    )
