"""A task is suspended and taken up again from other systems as it is on the pages, with the same refusals."""

from tests.support.factories import YEAR
from tests.unit.server.api.conftest import Program
from tests.unit.server.api.test_writes import codes

STOP = {"kind": "suspension", "reason": "境外形势变化"}


def _asked(officer: Program, body: dict[str, object]) -> int:
    made = officer.ask("POST", "/tasks/1/requests", json=body)
    assert made.status_code == 201
    return int(made.json()["request_id"])


def _signed(officer: Program, signatory: Program, body: dict[str, object]) -> int:
    request_id = _asked(officer, body)
    assert signatory.ask("POST", f"/requests/{request_id}/sign").status_code == 200
    return request_id


def test_a_task_is_suspended_and_resumed(officer: Program, signatory: Program, member: Program):
    stopping = _asked(officer, STOP)
    assert member.rows("/requests") == []
    assert [row["status"] for row in officer.rows("/requests")] == ["draft"]
    signatory.ask("POST", f"/requests/{stopping}/sign")
    (waiting,) = member.rows("/requests")
    assert (waiting["kind"], waiting["reason"], waiting["due_on"]) == ("suspension", STOP["reason"], None)
    assert codes(officer.ask("POST", f"/requests/{stopping}/grant", json={})) == [
        ("", "permission.right_missing")
    ]
    member.ask("POST", f"/requests/{stopping}/grant", json={"ruling": "同意"})
    assert member.get("/tasks/1").json()["status"] == "suspended"
    going_on = _signed(officer, signatory, {"kind": "resumption", "reason": "形势好转"})
    member.ask("POST", f"/requests/{going_on}/grant", json={})
    assert member.get("/tasks/1").json()["status"] != "suspended"
    over = member.rows("/requests", state="over")
    assert [(row["request_id"], row["ruling"]) for row in over] == [(going_on, ""), (stopping, "同意")]


def test_more_time_is_granted_with_a_day(officer: Program, signatory: Program, member: Program):
    asked = {
        "kind": "extension",
        "reason": "改期",
        "progress": "已办",
        "requested_due_on": f"{YEAR + 1}-01-31",
    }
    request_id = _signed(officer, signatory, asked)
    path = f"/requests/{request_id}/grant"
    assert codes(member.ask("POST", path, json={})) == [("granted_due_on", "extension.outside_request")]
    member.ask("POST", path, json={"granted_due_on": f"{YEAR + 1}-01-15"})
    assert member.get("/tasks/1").json()["due_on"] == f"{YEAR + 1}-01-15"


def test_a_day_that_cannot_be_meant_is_refused_at_its_field(officer: Program):
    asked = {"kind": "extension", "reason": "改期", "progress": "已办", "requested_due_on": "9999-12-31"}
    assert codes(officer.ask("POST", "/tasks/1/requests", json=asked)) == [
        ("requested_due_on", "extension.too_far")
    ]
    for year in (2000, 2100):
        sent = officer.ask("POST", "/plans", json={"year": year})
        assert codes(sent) == [("year", "validation.year_far_off")]


def test_a_request_ends_in_every_other_way_too(officer: Program, signatory: Program, member: Program):
    sent_back = _asked(officer, STOP)
    signatory.ask("POST", f"/requests/{sent_back}/send-back", json={"reason": "先核实"})
    withdrawn = _asked(officer, STOP)
    officer.ask("POST", f"/requests/{withdrawn}/withdraw")
    refused = _signed(officer, signatory, STOP)
    assert codes(member.ask("POST", f"/requests/{refused}/refuse", json={"reason": " "})) == [
        ("reason", "review.reason_required")
    ]
    member.ask("POST", f"/requests/{refused}/refuse", json={"reason": "理由不充分"})
    over = {row["request_id"]: row["status"] for row in officer.rows("/requests", state="over")}
    assert over == {sent_back: "withdrawn", withdrawn: "withdrawn", refused: "refused"}


def test_what_may_not_be_asked_is_refused_by_field(officer: Program):
    assert codes(officer.ask("POST", "/tasks/1/requests", json={"kind": "resumption", "reason": "x"})) == [
        ("", "resumption.not_suspended")
    ]
    dated = STOP | {"reason": "", "requested_due_on": f"{YEAR + 1}-01-31"}
    assert codes(officer.ask("POST", "/tasks/1/requests", json=dated)) == [
        ("requested_due_on", "request.names_no_day"),
        ("reason", "validation.required"),
    ]
