"""What `make run` leads to: a start page that stays on this machine, and demo accounts that can sign in."""

import json

from tests.e2e.axe import serious_faults
from tests.support.servers import run_command, start_server

PASSWORD = "Sample-2026-demo"


def test_the_sign_in_page_is_readable_for_everybody_and_asks_no_other_host(page, requested):
    page.goto("/")
    page.wait_for_url("**/login*")
    assert serious_faults(page) == []
    assert requested


def test_every_demo_account_signs_in(server, new_context, sign_in):
    accounts = json.loads(run_command(server.data_dir, "demo-accounts", "--json"))
    assert len({account["role"] for account in accounts}) == 7
    for account in accounts:
        page = new_context().new_page()
        sign_in(page, account["sign_in_name"], account["password"])
        page.get_by_text(account["name"]).first.wait_for()


def test_a_sample_is_loaded_once(server):
    assert json.loads(run_command(server.data_dir, "load-sample", "--if-empty", "--json")) == {
        "loaded": False
    }


def test_the_product_runs_on_postgresql(postgres_databases, tmp_path, page, sign_in):
    address = postgres_databases.create("end_to_end")
    run_command(tmp_path, "init", database_url=address)
    run_command(tmp_path, "load-sample", database_url=address)
    server = start_server(tmp_path, address)
    try:
        sign_in(page, "member", PASSWORD, server)
        page.get_by_role("heading", level=1).wait_for()
    finally:
        server.stop()
    assert not list(tmp_path.glob("*.sqlite3"))
