"""Notices from other systems: founded, their text taken line by line, their units and their catalogue."""

import pytest
from starlette.applications import Starlette

from db.store import Store
from tests.support.factories import SOUTH, people
from tests.support.notices import EIGHT
from tests.unit.server.api.conftest import Program, token_of
from tests.unit.server.api.test_writes import codes

FACTS = {"number": "8号", "title": "另一份通知", "issued_by": "部", "issued_on": "2026-02-10"}


@pytest.fixture
def administrator(app: Starlette, store: Store) -> Program:
    return Program(app, token_of(store, people().administrator))


def _post(program: Program, path: str, **sent: object):
    return program.ask("POST", path, json=sent)


def test_a_notice_is_founded_with_its_catalogue_and_its_units(administrator: Program):
    notice_id = _post(administrator, "/notices", **FACTS).json()["notice_id"]
    text_id = _post(administrator, f"/notices/{notice_id}/texts", text=EIGHT, cited="印发件").json()[
        "text_id"
    ]
    lines = administrator.get(f"/texts/{text_id}/proposals").json()
    assert [line["kind"] for line in lines].count("measure") == 8
    for line in lines:
        del line["place"]
    assert _post(administrator, f"/texts/{text_id}/catalogue", lines=lines).json() == {"added": 13}
    named = {"notice_id": notice_id}
    measures = administrator.rows("/measures", **named)
    assert len(measures) == 8
    said = {"title": "新举措", "short_title": "新", "key_area_id": measures[0]["key_area_id"]}
    measure_id = _post(administrator, "/measures", **said).json()["id"]
    _post(administrator, "/actions", measure_id=measure_id, title="新行动")
    _post(administrator, "/indicators", measure_id=measure_id, name="企业", unit="家", additive=True)
    assert administrator.rows("/actions", **named)[-1]["title"] == "新行动"
    assert administrator.rows("/indicators", **named)[-1]["name"] == "企业"
    listed = {"authority_ids": [SOUTH], "starts_on": "2026-01-01", "reason": "名单"}
    assert _post(administrator, f"/notices/{notice_id}/addressed", **listed).status_code == 204
    assert [unit["unit_id"] for unit in administrator.rows("/units", **named)] == [SOUTH]
    assert [one["number"] for one in administrator.rows("/notices")] == ["191", "8号"]


def test_what_cannot_be_is_refused_and_an_officer_keeps_no_catalogue(
    administrator: Program, officer: Program
):
    assert codes(_post(officer, "/notices", **FACTS)) == [("", "permission.right_missing")]
    assert codes(_post(administrator, "/notices", **{**FACTS, "number": "191"})) == [
        ("number", "reference.number_taken")
    ]
    assert administrator.get("/texts/99/proposals").status_code == 404
    listed = {"kinds": ["city"], "starts_on": "2026-12-01", "reason": "名单"}
    assert codes(_post(administrator, "/notices/1/addressed", **listed)) == [
        ("kinds", "reference.no_unit_kind")
    ]


def test_who_keeps_the_catalogue_alone_reaches_nothing_else(administrator: Program):
    assert administrator.get("/me").status_code == 200
    for path in ("/tasks", "/plans", "/figures/overview", "/registers", "/notices/../tasks"):
        assert administrator.get(path).status_code in {403, 404}, path
