"""The command line reads a filled-in ledger by the rules of the page, and writes only where it is asked to."""

import json
from datetime import date
from pathlib import Path

import pytest

from db.accounts import actions as accounts
from db.store import Store
from db.tables import ProgressUpdate
from tests.support.databases import SqliteFiles
from tests.support.factories import NORTH, at, fair_task, filed_plan, people, typed_task
from tests.support.ledgers import filled, form_of
from tests.support.legacy_ledgers import grid
from tests.support.trail import only, rows
from tests.unit.server.conftest import peopled_store
from tests.unit.server.test_commands import run
from tracking.vocabulary import Role, UpdateStatus


@pytest.fixture
def country(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    return sqlite_files.fresh(peopled_store, tmp_path / "data")


@pytest.fixture
def file(country: Store, tmp_path: Path):
    """A ledger with one sound row and one that is not, and an officer to import it as."""
    with at(date(2026, 3, 20)):
        filed_plan(country, fair_task(), typed_task(3))
        accounts.create_account(
            country,
            by=None,
            sign_in_name="north",
            name="某人",
            authority_id=NORTH,
            roles=[Role.REPORTING_OFFICER],
        )
        values = {("actual.1", 0): "约三场", ("percent", 1): 0.4, ("progress", 1): "四成"}
        path = tmp_path / "台账.xlsx"
        path.write_bytes(filled(form_of(country, people().officer), values))
        yield path


def test_a_preview_names_every_problem_and_writes_nothing(country: Store, file: Path):
    done = run("import-ledger", str(file), "--as", "north")
    assert done.exit_code == 0, done.stderr
    assert "新增填报 1" in done.stdout
    assert "台账填报!I5  约三场  请填写数字" in done.stdout
    assert rows(country, ProgressUpdate) == []


def test_a_commit_writes_drafts_as_the_officer(country: Store, file: Path):
    told = json.loads(run("import-ledger", str(file), "--as", "north", "--commit", "--json").stdout)
    assert (told["written"], told["counts"]["refused"]) == (1, 1)
    assert only(country, ProgressUpdate).progress == "四成"
    again = run("import-ledger", str(file), "--as", "north", "--commit", "--overwrite")
    assert "没有需要导入的内容" in again.stderr


def test_what_is_complete_can_be_handed_over_at_once(country: Store, file: Path):
    done = run("import-ledger", str(file), "--as", "north", "--commit", "--hand-over")
    assert "已导入 1 项任务" in done.stdout
    assert only(country, ProgressUpdate).status is UpdateStatus.HANDED_OVER


def test_rights_and_files_are_judged_as_on_the_page(country: Store, file: Path, tmp_path: Path):
    assert "没有名为“nobody”的账号" in run("import-ledger", str(file), "--as", "nobody").stderr
    accounts.create_account(country, by=None, sign_in_name="reader", name="读者", roles=[Role.LEADERSHIP])
    assert run("import-ledger", str(file), "--as", "reader").exit_code == 1
    made = accounts.create_account(
        country, by=None, sign_in_name="off", name="停", authority_id=NORTH, roles=[Role.REPORTING_OFFICER]
    )
    with country.write(None) as tx:
        account = tx.load(accounts.Account, made.account_id)
        account.active = False
        tx.audit("plant", account)
    assert run("import-ledger", str(file), "--as", "off").exit_code == 1
    (tmp_path / "x.xlsx").write_bytes(b"%PDF")
    assert "不是可以读取的" in run("import-ledger", str(tmp_path / "x.xlsx"), "--as", "north").stderr


def test_a_ledger_of_ones_own_is_read_as_guessed_and_refused_where_that_is_unclear(
    country: Store, file: Path
):
    file.write_bytes(grid(["序号", "进展情况", "完成率"], [2, "过半", "55%"]))
    done = run("import-ledger", str(file), "--as", "north", "--commit")
    assert done.exit_code == 0, done.stderr
    assert "进展情况 → 本期进展" in done.stdout
    assert only(country, ProgressUpdate).progress == "过半"
    file.write_bytes(grid(["序号", "进展情况", "四季度完成数"], [2, "过半", 55]))
    done = run("import-ledger", str(file), "--as", "north")
    assert "“四季度完成数”没有读取：可能是“累计完成值”" in done.stdout
    told = json.loads(run("import-ledger", str(file), "--as", "north", "--json").stdout)
    assert told["asked"] == [{"sheet": "Sheet", "header": "四季度完成数", "could": "actual", "why": "period"}]
    file.write_bytes(grid(["序号", "甲", "乙"], [2, "过半", "55%"]))
    done = run("import-ledger", str(file), "--as", "north", "--period", "1")
    assert (done.exit_code, "没有一列是可以填报的内容" in done.stderr) == (1, True)
