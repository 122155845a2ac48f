"""A whole plan in one call: all entries or none, the same permissions and faults as task by task."""

from db.authorities.scope import NATION
from db.plans import actions as plans
from db.plans.queries import plan_sheet
from db.store import Store
from tests.support.factories import FAIRS, YEAR, people
from tests.unit.server.api.conftest import Program


def task(title: str, **more: object) -> dict[str, object]:
    days = {"starts_on": f"{YEAR}-01-01", "due_on": f"{YEAR}-12-31"}
    return {"measure_id": 1, "title": title, **days, **more}


def begun(store: Store) -> int:
    return plans.revise_plan(store, by=people().officer, plan_id=1, reason="调整")


def test_tasks_are_added_changed_and_removed_in_one_call(store: Store, officer: Program):
    revision_id = begun(store)
    (old,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
    target = {"indicator_id": FAIRS, "due_on": f"{YEAR}-12-31", "value": "3"}
    entries = [
        {"task": task("新任务", targets=[target])},
        {"task": task("改名"), "task_revision_id": old.task_revision_id, "row_version": old.row_version},
    ]
    address = f"/plans/revisions/{revision_id}/entries"
    answer = officer.ask("POST", address, json={"entries": entries})
    assert answer.status_code == 200, answer.text
    added, changed = answer.json()["task_revision_ids"]
    assert changed == old.task_revision_id
    assert [one.draft.title for one in plan_sheet(store, NATION, revision_id=revision_id).tasks] == [
        "改名",
        "新任务",
    ]
    assert officer.ask("POST", address, json={"removed": [added]}).json() == {"task_revision_ids": []}


def test_one_fault_keeps_everything_out_and_is_named_by_its_place(
    store: Store, officer: Program, member: Program
):
    revision_id = begun(store)
    address = f"/plans/revisions/{revision_id}/entries"
    entries = {"entries": [{"task": task("好")}, {"task": task("")}]}
    answer = officer.ask("POST", address, json=entries)
    assert [error["field"] for error in answer.json()["errors"]] == ["entries.1.title"]
    assert len(plan_sheet(store, NATION, revision_id=revision_id).tasks) == 1
    assert member.ask("POST", address, json=entries).status_code == 403
