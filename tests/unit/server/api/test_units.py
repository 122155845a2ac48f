"""Authorities over the API: the administrator's programs change them as the page does, and see nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from db.store import Store
from tests.support.factories import NORTH, TOWN, people
from tests.unit.server.api.conftest import DAY, Program, token_of
from tests.unit.server.api.test_writes import codes

WHEN = {"starts_on": DAY.isoformat(), "reason": "机构改革"}
COUNCIL = {
    "code": "CCPIT-1",
    "name": "某行业贸促会",
    "short_name": "某行业",
    "kind": "ccpit_industry",
    **WHEN,
}
CITY = {"code": "5", "name": "北省二市主管部门", "short_name": "北省二市", "kind": "city", **WHEN}


@pytest.fixture
def administrator(store: Store, app: Starlette) -> Program:
    """The system administrator's program."""
    return Program(app, token_of(store, people().administrator))


def made(answer: Any) -> int:
    assert answer.status_code == 201, answer.text
    return answer.json()["authority_id"]


def post(program: Program, path: str, **sent: Any) -> Any:
    return program.ask("POST", f"/authorities{path}", json={**WHEN, **sent})


def test_an_authority_is_founded_renamed_moved_split_merged_and_dissolved(administrator: Program):
    council = made(administrator.ask("POST", "/authorities", json=COUNCIL))
    city = made(post(administrator, "", **CITY, parent_id=NORTH))
    called = {"name": "某全国行业贸促会", "short_name": "某全国行业", "kind": "ccpit_industry"}
    later = (DAY + timedelta(1)).isoformat()
    assert post(administrator, f"/{council}/rename", **called, starts_on=later).status_code == 200
    county = {**CITY, "code": "6", "short_name": "某县", "name": "某县", "kind": "county"}
    below = made(post(administrator, "", **county, parent_id=TOWN))
    assert post(administrator, f"/{below}/move", parent_id=city, starts_on=later).status_code == 200
    third = made(post(administrator, f"/{TOWN}/split", **{**CITY, "code": "7", "short_name": "三市"}))
    assert post(administrator, f"/{city}/merge", authority_ids=[third], starts_on=later).status_code == 200
    assert post(administrator, f"/{council}/dissolve", starts_on=later).status_code == 200
    assert administrator.ask("POST", f"/authorities/{council}/withdraw-ending").status_code == 200
    found = {row["authority_id"]: row for row in administrator.rows("/authorities")}
    assert (found[city]["parent_id"], found[third]["dissolved_on"]) == (NORTH, later)
    assert found[council]["dissolved_on"] is None
    assert [row["code"] for row in administrator.rows("/authorities", kind="ccpit_industry")] == ["CCPIT-1"]


def test_refusals_name_their_fields_and_are_those_of_the_page(administrator: Program):
    wrong = {**COUNCIL, "code": "?", "name": ""}
    assert ("code", "hierarchy.code_malformed") in codes(
        administrator.ask("POST", "/authorities", json=wrong)
    )
    past = {**COUNCIL, "starts_on": (DAY - timedelta(1)).isoformat()}
    assert administrator.ask("POST", "/authorities", json=past).status_code == 422


def test_others_list_authorities_and_change_none_and_the_administrator_sees_no_progress(
    officer: Program, administrator: Program
):
    assert len(officer.rows("/authorities", text="北省")) == 2
    assert officer.ask("POST", "/authorities", json=COUNCIL).status_code == 403
    for path in ("/tasks", "/ledger", "/registers", "/plans"):
        assert administrator.get(path).status_code == 403
