"""The command line lists authorities, takes a list of them, moves, merges and dissolves; `init` founds what is missing."""

import json
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlmodel import col

from db import migrations, seed
from db.reference.queries import units_frame
from db.row_changes import change
from db.store import Store
from db.tables import Authority, Notice, Register, RegisterField
from tests.support.databases import SqliteFiles
from tests.support.trail import last_event, only
from tests.support.unit_lists import unit_list
from tests.unit.server.conftest import peopled_store
from tests.unit.server.test_commands import run

WHY = ("--reason", "虚构文件〔2026〕1号")


@pytest.fixture
def country(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    return sqlite_files.fresh(peopled_store, tmp_path / "data")


def _codes(store: Store) -> list[str]:
    return list(units_frame(store)["code"])


def test_authorities_are_listed(country: Store):
    listed = json.loads(run("units", "list", "--json").stdout)
    assert next(one["code"] for one in listed if one["parent_name"] is None) in _codes(country)
    assert listed[0]["code"] in run("units", "list").stdout


def test_a_list_is_looked_at_and_then_taken(country: Store, tmp_path: Path):
    file = tmp_path / "名录.csv"
    file.write_bytes(unit_list(("CCPIT-1", "甲贸促会", "甲贸促", "行业贸促会", "", "")))
    seen = run("units", "import", str(file))
    assert "新设 1 家" in seen.stdout
    assert "CCPIT-1" not in _codes(country)
    taken = json.loads(run("units", "import", str(file), *WHY, "--commit", "--json").stdout)
    assert taken["taken"] == {"new": 1}
    assert "CCPIT-1" in _codes(country)
    file.write_bytes(unit_list(("CCPIT-1", "", "", "行业贸促会", "", "")))
    assert "缺少名称" in run("units", "import", str(file)).stdout
    refused = run("units", "import", str(file), *WHY, "--commit")
    assert (refused.exit_code, "第 2 行不能办理" in refused.stderr) == (1, True)


def test_units_are_moved_merged_and_dissolved(country: Store, tmp_path: Path):
    file = tmp_path / "名录.csv"
    lines = [(f"CCPIT-{n}", f"贸促会{n}", f"贸促{n}", "行业贸促会", "", "") for n in (1, 2)]
    file.write_bytes(unit_list(*lines))
    run("units", "import", str(file), *WHY, "--commit")
    assert run("units", "dissolve", "CCPIT-1", *WHY, "--from", "2099-01-01").exit_code == 1
    own = only(country, Authority, code="CCPIT-1").official_order
    assert own
    tomorrow = str(only(country, Authority, code="CCPIT-2").founded_on.replace(year=2027))
    assert (
        "任务由承接单位接续"
        in run("units", "merge", "CCPIT-1", "--into", "CCPIT-2", *WHY, "--from", tomorrow).stdout
    )
    assert last_event(country).detail["to_authority"] == "贸促2"
    assert run("units", "move", "CCPIT-2", "--into", "CCPIT-1", *WHY).exit_code == 1
    assert run("units", "dissolve", "nobody", *WHY).exit_code == 1


def begun(store: Store) -> None:
    migrations.upgrade(store)
    seed.begin_reference(store)


def _change(store: Store, known: str, /, **values: object) -> None:
    with store.write(None) as tx:
        row = tx.session.get_one(Authority, only(store, Authority, code=known).id)
        tx.audit("plant", row, changes=change(row, **values))


def test_a_register_that_a_notice_lacks_is_added_to_it_alone(sqlite_files: SqliteFiles, tmp_path: Path):
    store = sqlite_files.fresh(begun, tmp_path / "data")
    with store.write(None) as tx:
        other = tx.add(Notice(number="另〔2020〕1号", title="另一通知", issued_by="部门"))
        other_id = other.id
        pairs = tx.session.scalars(select(Register).where(col(Register.key) == "pairs")).one()
        tx.session.execute(delete(RegisterField).where(col(RegisterField.register_id) == pairs.id))
        tx.session.delete(pairs)
        tx.audit("plant", other)
    assert len(seed.begin_reference(store).catalogue.added["register"]) == 1
    assert only(store, Register, key="pairs").notice_id != other_id
    assert last_event(store).action == "load_reference"


def test_what_stands_is_left_and_what_is_missing_is_founded(sqlite_files: SqliteFiles, tmp_path: Path):
    store = sqlite_files.fresh(begun, tmp_path / "data")
    assert seed.begin_reference(store).founded == ()
    _change(store, "110000", name="首都主管部门")
    _change(store, "440300", code="old", name="另一单位")
    again = seed.begin_reference(store)
    assert again.left == ("110000",)
    assert [name for name, _ in again.refused] == ["深圳市中小企业主管部门"], (
        "its place in the order is taken"
    )
    assert "未设立" in run("init").stdout
    _change(store, "old", official_order=99, tile_row=None, tile_col=None)
    assert "已自今日起设立：深圳" in run("init").stdout
    assert only(store, Authority, code="440300").founded_on is not None
