"""The tasks of a plan beside those before it: of an amendment what is filed, of a new year last year's."""

from dataclasses import replace
from datetime import date

import pytest

from db.authorities.scope import NATION
from db.plans import actions as plans, task_actions
from db.plans.beside import tasks_beside
from db.plans.queries import plan_sheet, plans_frame
from db.store import NotFound, Store
from tests.support.factories import (
    NORTH,
    SOUTH,
    YEAR,
    accepted,
    at,
    draft_plan,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tracking.permissions import Scope


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def titles(found) -> list[tuple[str, str | None]]:
    return [(now.draft.title, before and before.draft.title) for now, before in found.pairs]


def test_a_first_plan_stands_alone(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task())
    found = tasks_beside(store, NATION, revision_id=revision_id)
    assert [before for _, before in found.pairs] == [None]
    assert (found.dropped, found.year) == ((), None)


def test_an_amendment_stands_beside_what_is_filed_whatever_it_is_called_now(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    plan_id = int(plans_frame(store, NATION, notice_id=1, year=YEAR)["plan_id"].iloc[0])
    revision_id = plans.revise_plan(store, by=people().officer, plan_id=plan_id, reason="调整")
    fair, typed = plan_sheet(store, NATION, revision_id=revision_id).tasks
    task_actions.save_task(
        store,
        by=people().officer,
        task_revision_id=fair.task_revision_id,
        row_version=fair.row_version,
        draft=replace(fair.draft, title="改名"),
    )
    task_actions.remove_task(store, by=people().officer, task_revision_id=typed.task_revision_id)
    accepted(store, first, fairs_held(5))
    found = tasks_beside(store, NATION, revision_id=revision_id)
    assert titles(found) == [("改名", fair.draft.title)]
    assert [task.task_id for task in found.dropped] == [second]
    assert (found.year, found.completions) == (YEAR, {first: 500, second: 0})


def test_a_new_year_stands_beside_the_last_one_by_title_and_measure(store: Store):
    filed_plan(store, fair_task(), typed_task(2))
    next_year = {"starts_on": date(YEAR + 1, 1, 1), "due_on": date(YEAR + 1, 12, 31), "targets": ()}
    officer = people().officer
    revision_id = plans.start_plan(store, by=officer, notice_id=1, authority_id=NORTH, year=YEAR + 1)
    for draft in (fair_task(title="新任务", **next_year), typed_task(2, **next_year)):
        task_actions.add_task(store, by=officer, revision_id=revision_id, draft=draft)
    found = tasks_beside(store, NATION, revision_id=revision_id)
    title = typed_task(2).title
    assert titles(found) == [("新任务", None), (title, title)]
    assert [task.draft.title for task in found.dropped] == [fair_task().title]
    assert found.year == YEAR


def test_the_plan_of_another_authority_is_out_of_reach(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task())
    with pytest.raises(NotFound):
        tasks_beside(store, Scope(frozenset({SOUTH})), revision_id=revision_id)
