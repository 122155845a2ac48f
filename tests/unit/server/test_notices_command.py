"""The command line lists notices and adds one from the file of its text."""

import json
from pathlib import Path

import pytest

from db.reference.queries import measures_frame, notices_frame
from db.store import Store
from tests.support.databases import SqliteFiles
from tests.support.notices import EIGHT
from tests.unit.server.conftest import peopled_store
from tests.unit.server.test_commands import run

FACTS = ("--number", "8号", "--title", "另一份通知", "--issued-by", "部", "--issued-on", "2026-02-10")


@pytest.fixture
def country(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    return sqlite_files.fresh(peopled_store, tmp_path / "data")


def test_a_notice_is_looked_at_and_then_added_from_its_text(country: Store, tmp_path: Path):
    file = tmp_path / "原文.txt"
    file.write_text(EIGHT, encoding="utf-8")
    before = len(notices_frame(country))
    assert "举措  摸清企业底数" in run("notices", "add", str(file), *FACTS).stdout
    assert len(notices_frame(country)) == before
    added = json.loads(run("notices", "add", str(file), *FACTS, "--commit", "--json").stdout)
    assert len(measures_frame(country, notice_id=added["notice_id"])) == 8
    assert "8号" in {one["number"] for one in json.loads(run("notices", "list", "--json").stdout)}
    assert "8号" in run("notices", "list").stdout
    again = run("notices", "add", str(file), *FACTS, "--commit")
    assert (again.exit_code, "已登记为另一份通知" in again.stderr) == (1, True)
    other = ("--number", "9号", *FACTS[2:])
    assert "目录已采纳" in run("notices", "add", str(file), *other, "--commit").stdout
