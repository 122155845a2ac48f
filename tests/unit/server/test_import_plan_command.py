"""The command line reads a work plan by the rules of the page, and stores only what has been confirmed there."""

import json
from datetime import date
from pathlib import Path

import pytest

from db.accounts import actions as accounts
from db.authorities.scope import NATION
from db.plans import file_actions, files
from db.plans.queries import plan_sheet
from db.store import Store
from tests.support.databases import SqliteFiles
from tests.support.factories import NORTH, YEAR, at, draft_plan, fair_task, people
from tests.support.plan_files import workbook, written
from tests.unit.server.conftest import peopled_store
from tests.unit.server.test_commands import run
from tracking.documents.plan_template import plan_template
from tracking.vocabulary import Language, Role

HEADERS = ["序号", "举措", "任务", "年度目标", "牵头单位", "完成时限"]
OWN = workbook(
    {
        "计划": [
            HEADERS,
            [1, 1, "组织参展", "展会12场", "外贸处", "11月底"],
            [2, 3, "宣传", "一次", "外贸处", "持续推进"],
        ]
    }
)


@pytest.fixture
def country(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    return sqlite_files.fresh(peopled_store, tmp_path / "data")


@pytest.fixture
def file(country: Store, tmp_path: Path):
    """A plan of an office's own, and an officer to import it as."""
    with at(date(YEAR, 3, 20)):
        roles = [Role.REPORTING_OFFICER]
        accounts.create_account(
            country, by=None, sign_in_name="north", name="某人", authority_id=NORTH, roles=roles
        )
        path = tmp_path / "计划.xlsx"
        path.write_bytes(OWN)
        yield path


def tasks_of(store: Store, revision_id: int):
    return plan_sheet(store, NATION, revision_id=revision_id).tasks


def test_a_preview_names_columns_changes_and_doubts_and_writes_nothing(country: Store, file: Path):
    revision_id = draft_plan(country, people().officer)
    done = run("import-plan", str(file), "--as", "north")
    assert done.exit_code == 0, done.stderr
    assert "任务 → 工作任务" in done.stdout
    assert "新增 2　修改 0　无改动 0　文件中没有 0" in done.stdout
    assert "须补正  计划!F3  完成时限  持续推进  没有写明日期" in done.stdout
    assert tasks_of(country, revision_id) == []


def test_nothing_is_stored_of_a_layout_nobody_has_confirmed_or_while_an_answer_is_lacking(
    country: Store, file: Path
):
    officer = people().officer
    assert "没有可以编辑的工作计划草稿" in run("import-plan", str(file), "--as", "north").stderr
    revision_id = draft_plan(country, officer)
    assert "还没有在“工作计划”页核对过" in run("import-plan", str(file), "--as", "north", "--commit").stderr
    given = files.read_plan_file(country, by=officer, name="计划.xlsx", content=OWN)
    file_actions.bring_in_tasks(
        country,
        by=officer,
        revision_id=revision_id,
        entries=[file_actions.PlanEntry(fair_task())],
        layouts=given.layouts,
    )
    assert "有 1 项任务须先补正" in run("import-plan", str(file), "--as", "north", "--commit").stderr
    file.write_bytes(workbook({"计划": [HEADERS, [1, 1, "组织参展", "展会12场", "外贸处", "11月底"]]}))
    done = run("import-plan", str(file), "--as", "north", "--commit", "--year", str(YEAR))
    assert "已写入草稿 1 项任务" in done.stdout, done.stderr
    assert [task.draft.goal for task in tasks_of(country, revision_id)] == ["展会12场"]


def test_our_own_form_is_stored_at_once_and_told_to_machines(country: Store, file: Path):
    officer = people().officer
    revision_id = draft_plan(country, officer, fair_task())
    form = file_actions.export_plan_form(country, by=officer, revision_id=revision_id)
    content = plan_template(form, on=date(YEAR, 3, 20), language=Language.ZH_CN)
    file.write_bytes(written(content, {("goal", 0): "十一场", ("due_on", 0): "11月底", ("targets", 0): None}))
    told = json.loads(run("import-plan", str(file), "--as", "north", "--commit", "--json").stdout)
    assert (told["written"], told["confirmed"]) == (1, True)
    assert told["counts"] == {"new": 0, "changed": 1, "unchanged": 0, "missing": 0}
    file.write_bytes(OWN)
    told = json.loads(run("import-plan", str(file), "--as", "north", "--json").stdout)
    (due,) = [one for one in told["doubts"] if one["field"] == "due_on"]
    assert due == {
        "weight": "must",
        "cell": "计划!F3",
        "field": "due_on",
        "written": "持续推进",
        "problem": "没有写明日期",
    }
    assert (told["written"], told["missing"]) == (0, [])
