"""The command line takes many ledgers at once, and a whole period in one."""

import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from db.accounts import actions as accounts
from db.store import Store
from db.tables import ProgressUpdate
from tests.support.databases import SqliteFiles
from tests.support.factories import NORTH, YEAR, accepted, at, filed_plan, people, typed_task
from tests.support.ledgers import filled, form_of
from tests.support.trail import rows
from tests.unit.server.conftest import peopled_store
from tests.unit.server.test_commands import run
from tracking.validation import UpdateDraft
from tracking.vocabulary import Role, UpdateStatus

SECOND = 2


@pytest.fixture
def country(sqlite_files: SqliteFiles, tmp_path: Path):
    """Two tasks accepted in the first quarter, and an officer to import as in the second."""
    store = sqlite_files.fresh(peopled_store, tmp_path / "data")
    with at(date(YEAR, 3, 20)):
        for task_id in filed_plan(store, typed_task(1), typed_task(2)):
            accepted(store, task_id, UpdateDraft(typed_permille=600, progress="六成"))
        asked = {"sign_in_name": "north", "name": "某人", "authority_id": NORTH}
        accounts.create_account(store, by=None, roles=[Role.REPORTING_OFFICER], **asked)
    with at(date(YEAR, 5, 10)):
        yield store


def second(store: Store) -> list[ProgressUpdate]:
    return [one for one in rows(store, ProgressUpdate) if one.period_id == SECOND]


def test_files_and_archives_are_brought_together(country: Store, tmp_path: Path):
    form = form_of(country, people().officer, SECOND)
    (tmp_path / "甲.xlsx").write_bytes(filled(form, {("progress", 0): "甲说"}))
    (tmp_path / "坏.xlsx").write_bytes(b"%PDF")
    with ZipFile(tmp_path / "乙.zip", "w") as archive:
        archive.writestr("乙.xlsx", filled(form, {("progress", 0): "乙说", ("progress", 1): "都好"}))
    files = [str(tmp_path / name) for name in ("甲.xlsx", "坏.xlsx", "乙.zip")]
    done = run("import-ledger", *files, "--as", "north")
    assert done.exit_code == 0, done.stderr
    assert "甲.xlsx  2 行" in done.stdout
    assert "坏.xlsx  不是可以读取" in done.stdout
    assert "乙.xlsx 台账填报!" in done.stdout
    told = json.loads(
        run("import-ledger", *files, "--as", "north", "--commit", "--overwrite", "--json").stdout
    )
    assert (told["written"], len(told["files"])) == (2, 3)
    assert sorted(one.progress for one in second(country)) == ["乙说", "都好"]


def test_a_whole_period_goes_up_with_what_is_left_as_unchanged(country: Store, tmp_path: Path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(form_of(country, people().officer, SECOND))
    done = run(
        "import-ledger", str(path), "--as", "north", "--commit", "--no-change", "--sentence", "按计划推进"
    )
    assert "已导入 2 项任务" in done.stdout, done.stderr
    assert {one.status for one in second(country)} == {UpdateStatus.HANDED_OVER}
    assert all(one.no_change for one in second(country))
