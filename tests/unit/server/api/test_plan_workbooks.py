"""A plan in a workbook through the API: the questions of the page with their cells, and stored once none is left."""

from db.authorities.scope import NATION
from db.plans import actions as plans
from db.plans.file_actions import PlanEntry, bring_in_tasks
from db.plans.files import read_plan_file
from db.plans.queries import plan_sheet
from db.store import Store
from tests.support.factories import YEAR, people, typed_task
from tests.support.plan_files import workbook
from tests.unit.server.api.conftest import Program

HEADERS = ["序号", "举措", "任务", "年度目标", "牵头单位", "责任人", "完成时限"]
DONE = [1, 1, "举办银企对接", "展会12场", "外贸处", "officer", f"{YEAR}-11-30"]
ASKED = [2, 3, "宣传", "一次", "外贸处", "处长", "持续推进"]


def given(program: Program, revision_id: int, *rows: list, commit: bool = False, content: bytes = b""):
    return program.ask(
        "POST",
        f"/plans/revisions/{revision_id}/workbook",
        params={"name": "计划.xlsx", "commit": str(commit).lower()},
        content=content or workbook({"计划": [HEADERS, *rows]}),
        headers={"Content-Type": "application/octet-stream"},
    )


def begun(store: Store) -> int:
    return plans.revise_plan(store, by=people().officer, plan_id=1, reason="调整")


def confirmed(store: Store, revision_id: int) -> None:
    """The layout as the page remembers it once somebody has confirmed it."""
    officer = people().officer
    file = read_plan_file(store, by=officer, name="x", content=workbook({"计划": [HEADERS, DONE]}))
    entries = [PlanEntry(typed_task(2))]
    bring_in_tasks(store, by=officer, revision_id=revision_id, entries=entries, layouts=file.layouts)


def titles(store: Store, revision_id: int) -> list[str]:
    return [one.draft.title for one in plan_sheet(store, NATION, revision_id=revision_id).tasks]


def test_what_is_asked_comes_back_with_its_cell_and_nothing_is_stored(store: Store, officer: Program):
    revision_id = begun(store)
    answer = given(officer, revision_id, DONE, ASKED)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["counts"]["new"] == 2
    assert (said["confirmed"], said["written"]) == (False, 0)
    (day,) = [one for one in said["questions"] if (one["weight"], one["field"]) == ("must", "due_on")]
    assert (day["cell"], day["written"]) == ("计划!G3", "持续推进")
    assert len(titles(store, revision_id)) == 1


def test_a_layout_that_nobody_has_confirmed_is_not_stored(store: Store, officer: Program):
    revision_id = begun(store)
    answer = given(officer, revision_id, DONE, commit=True)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "plan_file.not_confirmed")


def test_a_confirmed_layout_is_stored_once_every_task_is_whole(store: Store, officer: Program):
    revision_id = begun(store)
    confirmed(store, revision_id)
    answer = given(officer, revision_id, DONE, ASKED, commit=True)
    assert answer.json()["errors"][0]["code"] == "plan_file.unanswered"
    answer = given(officer, revision_id, DONE, commit=True)
    assert answer.status_code == 200, answer.text
    assert answer.json()["written"] == 1
    assert "举办银企对接" in titles(store, revision_id)
    assert given(officer, revision_id, DONE).json()["counts"]["unchanged"] == 1


def test_it_is_for_those_who_write_the_plan_and_for_workbooks(
    store: Store, officer: Program, member: Program
):
    revision_id = begun(store)
    assert given(member, revision_id, DONE).status_code in {403, 404}
    assert given(officer, 999, DONE).status_code == 404
    assert given(officer, revision_id, content=b"%PDF-1.7").status_code == 409
    assert given(officer, revision_id, content=b" " * (41 * 1024 * 1024)).status_code == 413
