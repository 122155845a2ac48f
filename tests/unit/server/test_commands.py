"""The command line: what it makes, what it tells, and how it ends."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from db.accounts import sign_in_actions as sign_ins
from db.private_files import make_private
from db.store import Store, open_store
from server.commands import APP
from tests.support.databases import SqliteFiles
from tests.support.factories import at, fairs_held, filed_plan, reported
from tests.unit.server.conftest import peopled_store
from tracking.vocabulary import Role


def run(*arguments: str, language: str = "zh_CN.UTF-8") -> Result:
    """The outcome of a command in a terminal of this language."""
    return CliRunner(env={"LC_ALL": language, "COLUMNS": "200"}).invoke(APP, arguments)


@pytest.fixture
def country(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    """The store that the commands find, with the small country in it."""
    return sqlite_files.fresh(peopled_store, tmp_path / "data")


def test_a_fresh_site_is_made_in_one_command_and_says_the_passwords_once():
    done = run("init", "--administrators")
    assert done.exit_code == 0
    passwords = {
        line.split("　")[0]: line.split()[-1] for line in done.stdout.splitlines() if "初始密码 " in line
    }
    roles = {
        name: sign_ins.sign_in(open_store(), sign_in_name=name, password=password)[1].roles
        for name, password in passwords.items()
    }
    assert roles == {
        "sysadmin": {Role.SYSTEM_ADMINISTRATOR},
        "secadmin": {Role.SECURITY_ADMINISTRATOR},
        "auditor": {Role.AUDIT_ADMINISTRATOR},
    }


def test_init_can_be_run_again_and_changes_nothing():
    assert run("init").exit_code == 0
    before = open_store().data_version()
    assert run("init").exit_code == 0
    assert open_store().data_version() == before


@pytest.mark.parametrize("command", ["load-sample", "demo-accounts", "verify-audit", "generate --scale S"])
def test_a_store_without_tables_is_told_so(command):
    done = run(*command.split())
    assert (done.exit_code, done.stderr) == (
        1,
        "数据库表结构不是最新版本，请先运行 python -m server init。\n",
    )


def test_the_sample_is_loaded_once_and_its_accounts_are_told():
    run("init")
    assert run("demo-accounts", "--json").stdout == "[]\n"
    assert json.loads(run("load-sample", "--json").stdout)["loaded"] is True
    assert json.loads(run("load-sample", "--if-empty", "--json").stdout) == {"loaded": False}
    assert run("load-sample", "--if-empty").exit_code == 0
    assert run("load-sample").exit_code == 1
    told = json.loads(run("demo-accounts", "--json").stdout)
    assert {account["role"] for account in told} == set(Role)
    member = next(account for account in told if account["role"] == Role.MEMBER)
    assert sign_ins.sign_in(open_store(), sign_in_name=member["sign_in_name"], password=member["password"])
    assert member["password"] in run("demo-accounts").stdout


def test_an_account_is_made_with_its_roles_or_not_at_all(country: Store):
    made = run(
        "create-account", "li.si", "--name", "李四", "--role", "signatory", "--authority", "10000", "--json"
    )
    (account,) = json.loads(made.stdout)
    _, by = sign_ins.sign_in(country, sign_in_name="li.si", password=account["password"])
    assert (by.authority_id, by.roles) == (1, {Role.SIGNATORY})
    refused = run("create-account", "wang.wu", "--name", "王五", "--role", "signatory")
    assert (refused.exit_code, refused.stderr) == (1, "“审签人”须先确定所属单位。\n")
    again = run("create-account", "wang.wu", "--name", "王五", "--role", "member")
    assert again.exit_code == 0
    assert (
        "没有代码为“99”的单位"
        in run("create-account", "x.y", "--name", "x", "--role", "member", "--authority", "99").stderr
    )


def test_a_password_is_reset_here_even_an_administrators(country: Store):
    run("create-account", "guard", "--name", "安全", "--role", "security_administrator")
    (account,) = json.loads(run("reset-password", "guard", "--json").stdout)
    assert sign_ins.sign_in(country, sign_in_name="guard", password=account["password"])
    assert "初始密码" in run("reset-password", "guard").stdout
    assert run("reset-password", "nobody").stderr == "没有名为“nobody”的账号。\n"


def test_the_ledger_is_written_as_the_name_ends(country: Store, tmp_path: Path):
    with at(date(2026, 3, 20)):
        reported(country, filed_plan(country)[0], fairs_held(3))
        assert "已导出 1 项任务" in run("export-ledger", str(tmp_path / "now.csv")).stdout
    for ending, beginning in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        file = tmp_path / f"ledger.{ending}"
        assert json.loads(run("export-ledger", str(file), "--period", "1", "--json").stdout)["tasks"] == 1
        assert file.read_bytes().startswith(beginning)
    narrowed = run("export-ledger", str(file), "--unit", "20000", "--text", "x", "--light", "red")
    assert "已导出 0 项任务" in narrowed.stdout
    assert "文件名应以" in run("export-ledger", str(tmp_path / "ledger.doc")).stderr
    assert run("export-ledger", str(tmp_path / "no" / "ledger.csv")).exit_code == 1


def test_without_a_period_there_is_no_ledger(tmp_path: Path):
    run("init")
    assert run("export-ledger", str(tmp_path / "ledger.csv")).stderr == "尚无已开始的报告期。\n"


def test_a_backup_comes_back_as_it_was(country: Store, tmp_path: Path):
    file = tmp_path / "one.backup"
    assert json.loads(run("backup", str(file), "--json").stdout)["bytes"] == file.stat().st_size
    assert "审计密钥不在其中" in run("backup", str(file)).stdout
    run("create-account", "later", "--name", "晚", "--role", "member")
    assert run("restore", str(file)).exit_code == 1
    country.engine.dispose()
    assert json.loads(run("restore", str(file), "--replace", "--json").stdout)["intact"] is True
    assert "审计链完整" in run("restore", str(file), "--replace").stdout
    assert run("reset-password", "later").exit_code == 1


def test_a_tampered_trail_ends_with_an_error(country: Store):
    assert "审计链完整" in run("verify-audit").stdout
    with country.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_event SET action = 'nothing' WHERE number = 1")
    done = run("verify-audit", "--json")
    assert (done.exit_code, json.loads(done.stdout)["broken_at"]) == (1, 1)


def test_the_settings_are_checked_one_by_one(country: Store):
    assert "本机其他账号可以使用" in run("check-config").stdout
    make_private(country)
    checks = {check["name"]: check["finding"] for check in json.loads(run("check-config", "--json").stdout)}
    assert checks == {
        "store": "good",
        "chain_key": "good",
        "private": "good",
        "tls": "warning",
        "audit_key": "warning",
        "allowed_hosts": "warning",
        "server_address": "good",
        "identity": "good",
        "errors_hidden": "good",
        "no_statistics": "good",
        "chinese_font": "good",
    }
    assert "数据库可用" in run("check-config").stdout


def test_a_wrong_setting_ends_with_an_error():
    assert run("check-config").exit_code == 1
    unreachable = run("check-config", "--database-url", "postgresql://u:secret@127.0.0.1:1/x")
    assert unreachable.exit_code == 1
    assert "数据库无法连接" in unreachable.stdout


@pytest.mark.parametrize("address", ["postgresql://u:secret@127.0.0.1:1/x", "nonsense"])
def test_a_store_that_cannot_be_reached_is_one_sentence_without_its_password(address):
    done = run("init", "--database-url", address)
    assert done.exit_code == 1
    assert done.stderr.startswith("无法使用数据库")
    assert "secret" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_the_command_line_speaks_the_terminals_language():
    assert run("demo-accounts", language="en_US.UTF-8").stderr.startswith(
        "The database does not have the tables"
    )
    assert run("demo-accounts", language="C").stderr.startswith("数据库")


def test_another_key_or_none_stops_every_command_and_is_told_by_the_check(country: Store, tmp_path: Path):
    key = tmp_path / "data" / "audit.key"
    assert "审计密钥与封存审计链的一致" in run("check-config").stdout
    kept = key.read_bytes()
    for content, why in ((None, "未找到审计密钥"), (b"0" * 64, "不是同一把")):
        key.unlink()
        if content is not None:
            key.write_bytes(content)
        checked = run("check-config")
        assert checked.exit_code == 1
        assert why in checked.stdout
        making = "create-account x.y --name 李 --role member"
        for refused in ("verify-audit", "init", f"backup {tmp_path / 'site.zip'}", making):
            assert why in run(*refused.split()).stderr
        key.write_bytes(kept)
    assert run("verify-audit").exit_code == 0


def test_a_check_of_a_store_without_tables_says_that_the_key_is_not_known():
    told = json.loads(run("check-config", "--json").stdout)
    assert "未能读取审计链" in {check["name"]: check["sentence"] for check in told}["chain_key"]
