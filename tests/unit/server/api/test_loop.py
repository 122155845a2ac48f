"""The whole of a year through the API: a province plans and reports for itself and a city, the working group rules."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from db.store import Store
from server.api.limits import LARGEST_FILE
from tests.support.factories import FAIRS, NORTH_POST, TOWN, YEAR, people
from tests.unit.server.api.conftest import Program, token_of

PDF = b"%PDF-1.7 report"
TASK = {
    "measure_id": 1,
    "title": "组织参展",
    "goal": "全年十场",
    "starts_on": f"{YEAR}-01-01",
    "due_on": f"{YEAR}-12-31",
    "post_id": NORTH_POST,
    "lead_unit": "企业处",
    "targets": [{"indicator_id": FAIRS, "due_on": f"{YEAR}-12-31", "value": "10"}],
}


def said(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def code(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["errors"][0]["code"]


def attach(program: Program, update_id: int, name: str, content: bytes) -> httpx.Response:
    headers = {"Content-Type": "application/octet-stream"}
    asked = {"params": {"name": name}, "content": content, "headers": headers}
    return program.ask("POST", f"/updates/{update_id}/evidence", **asked)


@pytest.fixture
def plan(officer: Program) -> int:
    """The city's plan, still a draft of one task."""
    begun = said(officer.ask("POST", "/plans", json={"year": YEAR, "authority_id": TOWN}), 201)
    revision = f"/plans/revisions/{begun['revision_id']}"
    goals = {"json": {"goals": "年度目标"}}
    assert code(officer.ask("PUT", f"{revision}/goals", **goals)) == (428, "api.refused.428")
    etag = officer.get(revision).headers["etag"]
    assert said(officer.ask("PUT", f"{revision}/goals", **goals, headers={"If-Match": etag})) == {
        "row_version": 2
    }
    for _ in range(2):
        said(officer.ask("POST", f"{revision}/tasks", json=TASK), 201)
    return begun["revision_id"]


def test_a_plan_is_written_and_goes_through_the_offices(
    store: Store, officer: Program, signatory: Program, member: Program, plan: int
):
    revision = f"/plans/revisions/{plan}"
    first, second = officer.get(revision).json()["tasks"]
    keys = ("task_revision_id", "task_id", "number", "row_version")
    changed = {name: value for name, value in first.items() if name not in keys} | {"title": "办展"}
    address = f"/plans/tasks/{first['task_revision_id']}"
    saved = officer.ask("PUT", address, json=changed, headers={"If-Match": '"1"'})
    assert (said(saved), saved.headers["etag"]) == ({"row_version": 2}, '"2"')
    stale = officer.ask("PUT", address, json=changed, headers={"If-Match": '"1"'})
    assert code(stale) == (412, "store.changed_meanwhile")
    assert officer.ask("DELETE", f"/plans/tasks/{second['task_revision_id']}").status_code == 204
    assert member.get(revision).status_code == 404
    reason = {"json": {"reason": "目标偏低"}}
    for program, step, more in (
        (officer, "hand-over", {}),
        (officer, "take-back", {}),
        (officer, "hand-over", {}),
        (signatory, "send-back", reason),
        (officer, "hand-over", {}),
        (signatory, "sign-off", {}),
        (officer, "submit", {}),
        (member, "return", reason),
    ):
        assert said(program.ask("POST", f"{revision}/{step}", **more)) == {"revision_id": plan}
    assert code(officer.ask("POST", f"{revision}/file")) == (403, "permission.right_missing")
    shown = member.get(revision).json()
    assert (shown["status"], shown["returned_because"], shown["goals"]) == (
        "returned",
        "目标偏低",
        "年度目标",
    )
    assert [task["title"] for task in shown["tasks"]] == ["办展"]
    again = officer.ask("POST", f"/plans/{shown['plan_id']}/revisions", json={})
    revision = f"/plans/revisions/{said(again, 201)['revision_id']}"
    for program, step in (
        (officer, "hand-over"),
        (signatory, "sign-off"),
        (officer, "submit"),
        (member, "file"),
    ):
        said(program.ask("POST", f"{revision}/{step}"))
    (task,) = officer.rows("/tasks", authority_id=TOWN)
    report_for_both(officer, signatory, member, task["task_id"])


def report_for_both(officer: Program, signatory: Program, member: Program, city_task: int) -> None:
    """The province's own task and its city's in one request, and what the working group makes of them."""
    fairs = {"actuals": [{"indicator_id": FAIRS, "value": "4"}], "progress": "已办四场"}
    lines = [{"task_id": key, "period_id": 1, **fairs} for key in (1, city_task)]
    kept = said(officer.ask("POST", "/updates", json={"updates": lines}))["updates"]
    ids = [line["update_id"] for line in kept]
    file_id = said(attach(officer, ids[1], "../总结.exe", PDF), 201)["evidence_id"]
    (standing,) = officer.get("/reports", params={"authority_id": TOWN}).json()["items"]
    assert [(file["name"], file["size"]) for file in standing["evidence"]] == [("总结.pdf", len(PDF))]
    together = {"json": {"update_ids": ids}}
    said(officer.ask("POST", "/updates/hand-over", **together))
    waits = [row["authority_id"] for row in signatory.rows("/updates", waiting_for="signature")]
    assert sorted(waits) == [1, TOWN]
    assert member.rows("/updates", waiting_for="signature") == []
    assert code(member.get(f"/evidence/{file_id}")) == (404, "store.not_found")
    said(signatory.ask("POST", f"/updates/{ids[1]}/send-back", json={"reason": "漏填"}))
    said(officer.ask("POST", "/updates/hand-over", json={"update_ids": ids[1:]}))
    said(signatory.ask("POST", "/updates/sign-off", **together))
    assert len(officer.rows("/updates", waiting_for="submission")) == 2
    said(officer.ask("POST", "/updates/submit", **together))
    assert [row["update_id"] for row in member.rows("/updates")] == ids
    said(officer.ask("POST", f"/updates/{ids[0]}/take-back"))
    assert [row["update_id"] for row in member.rows("/updates")] == ids[1:]
    for program, step in ((officer, "hand-over"), (signatory, "sign-off"), (officer, "submit")):
        said(program.ask("POST", f"/updates/{step}", json={"update_ids": ids[:1]}))
    fetched = member.get(f"/evidence/{file_id}")
    assert (fetched.content, fetched.headers["content-type"]) == (PDF, "application/pdf")
    assert fetched.headers["content-disposition"].startswith("attachment;")
    assert code(officer.ask("POST", "/updates/accept", **together)) == (403, "permission.right_missing")
    said(member.ask("POST", "/updates/accept", json={"update_ids": ids[:1]}))
    said(member.ask("POST", f"/updates/{ids[0]}/reopen", json={"reason": "有误"}))
    unreasoned = member.ask("POST", f"/updates/{ids[1]}/return", json={"reason": " "})
    assert code(unreasoned) == (422, "review.reason_required")
    said(member.ask("POST", f"/updates/{ids[1]}/return", json={"reason": "佐证不符"}))
    assert member.rows("/updates") == []
    assert officer.get(f"/tasks/{city_task}/updates/1").json()["returned_because"] == "佐证不符"


def test_evidence_is_checked_as_the_form_checks_it(store: Store, app: Starlette, officer: Program):
    fairs = {"actuals": [{"indicator_id": FAIRS, "value": "4"}]}
    update_id = said(officer.ask("PUT", "/tasks/1/updates/1", json=fairs, headers={"If-Match": '"0"'}))[
        "update_id"
    ]
    kept = said(attach(officer, update_id, "a" * 300, PDF), 201)["evidence_id"]
    assert code(attach(officer, update_id, "again.pdf", PDF)) == (422, "evidence.attached_already")
    assert code(attach(officer, update_id, "x.pdf", b"MZ program")) == (422, "evidence.other_kind")
    assert code(attach(officer, update_id, "x.pdf", b"")) == (422, "api.field.missing")
    assert code(attach(officer, update_id, "", PDF)) == (422, "api.field.wrong")
    assert code(attach(officer, update_id, "x.pdf", PDF + b" " * LARGEST_FILE)) == (413, "api.refused.413")
    assert code(attach(officer, 99, "x.pdf", PDF)) == (404, "store.not_found")
    stranger = Program(app, token_of(store, people().southerner))
    assert code(attach(stranger, update_id, "x.pdf", PDF + b"2")) == (403, "permission.other_authority")
    assert code(stranger.get(f"/evidence/{kept}")) == (404, "store.not_found")
    assert code(stranger.ask("DELETE", f"/evidence/{kept}")) == (403, "permission.other_authority")
    assert officer.ask("DELETE", f"/evidence/{kept}").status_code == 204
    assert officer.get(f"/evidence/{kept}").status_code == 404
