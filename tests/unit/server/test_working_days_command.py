"""The command line tells the working days of a year, and enters its notice with an administrator's rights."""

import json
from pathlib import Path

import pytest

from db.accounts import actions as accounts
from db.site.queries import working_days
from db.store import Store
from tests.support.databases import SqliteFiles
from tests.unit.server.conftest import peopled_store
from tests.unit.server.test_commands import run
from tracking.vocabulary import Role

NOTICE = "关于2099年部分节假日安排的通知\n1月1日至3日放假。1月4日上班。5月1日放假。10月1日放假。"


@pytest.fixture
def country(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    store = sqlite_files.fresh(peopled_store, tmp_path / "data")
    for name, role in (("root", Role.SYSTEM_ADMINISTRATOR), ("member2", Role.MEMBER)):
        accounts.create_account(
            store, by=None, sign_in_name=name, name="某人", authority_id=None, roles=[role]
        )
    return store


def test_a_year_is_told_as_it_is_known(country: Store):
    told = json.loads(run("working-days", "2026", "--json").stdout)
    assert (told["source"], len(told["worked"])) == ("packaged", 6)
    assert told["off"][0] == ["2026-01-01", "2026-01-03"]
    assert "推算" in run("working-days", "2099").stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_notice_is_entered_from_a_text_file(country: Store, tmp_path: Path, encoding: str):
    file = tmp_path / "通知.txt"
    file.write_bytes(NOTICE.encode(encoding))
    done = run("working-days", "2099", "--notice", str(file), "--as", "root")
    assert done.exit_code == 0, done.stderr
    assert "放假：2099-01-01 — 2099-01-03" in done.stdout
    assert "周末上班：2099-01-04" in done.stdout


@pytest.mark.parametrize(
    ("year", "name", "said"),
    [("2098", "root", "通知是 2099 年的"), ("2099", "member2", "没有"), ("2099", "", "账号")],
)
def test_a_notice_of_another_year_or_by_somebody_else_is_refused(
    country: Store, tmp_path: Path, year: str, name: str, said: str
):
    file = tmp_path / "通知.txt"
    file.write_text(NOTICE, "utf-8")
    done = run("working-days", year, "--notice", str(file), "--as", name)
    assert done.exit_code == 1
    assert said in done.stderr
    assert working_days(country).is_estimated(2099)
