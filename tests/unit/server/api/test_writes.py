"""Writes through the API are the actions of the forms: same permissions, same faults, nothing lost, nothing twice."""

import httpx

from db.authorities.scope import NATION
from db.store import Store
from db.tasks.queries import task_frame
from tests.support.factories import FAIRS, YEAR
from tests.unit.server.api.conftest import Program

UPDATE = "/tasks/1/updates/1"


def fairs(count: object, **more: object) -> dict[str, object]:
    return {"actuals": [{"indicator_id": FAIRS, "value": count}], "progress": f"已办{count}场", **more}


def save(program: Program, body: dict[str, object], version: str | None = '"0"') -> httpx.Response:
    return program.ask("PUT", UPDATE, json=body, headers={} if version is None else {"If-Match": version})


def codes(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.headers["content-type"] == "application/problem+json"
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


def test_a_province_reports_from_its_own_system_to_the_working_group(
    store: Store, officer: Program, signatory: Program, member: Program
):
    saved = save(officer, fairs("4", hand_over=True))
    assert (saved.status_code, saved.headers["etag"]) == (200, '"1"')
    ids = {"update_ids": [saved.json()["update_id"]]}
    for program, step in ((signatory, "sign-off"), (officer, "submit")):
        assert program.ask("POST", f"/updates/{step}", json=ids).json() == ids
    assert member.get("/tasks/1").json()["updates"][0]["status"] == "submitted"
    assert task_frame(store, NATION, notice_id=1, year=YEAR)["last_reported_on"].notna().all()


def test_drafts_are_handed_over_together(officer: Program):
    update_id = save(officer, fairs(4)).json()["update_id"]
    assert officer.ask("POST", "/updates/hand-over", json={"update_ids": [update_id]}).status_code == 200


def test_nobody_overwrites_what_somebody_else_saved(officer: Program):
    assert save(officer, fairs(1)).status_code == 200
    assert codes(save(officer, fairs(2))) == [("", "store.changed_meanwhile")]
    assert save(officer, fairs(2)).status_code == 412
    assert save(officer, fairs(2), version=None).status_code == 428
    assert save(officer, fairs(2), version="W/nonsense").status_code == 412
    assert save(officer, fairs(2), version=officer.get(UPDATE).headers["etag"]).headers["etag"] == '"2"'


def test_a_role_without_the_right_is_refused_as_on_the_pages(signatory: Program, member: Program):
    assert save(signatory, fairs(1)).status_code == 403
    assert codes(save(member, fairs(1))) == [("", "permission.right_missing")]


def test_every_field_at_fault_is_named_in_the_callers_language(officer: Program):
    answer = save(officer, fairs(-1, hand_over=True))
    assert (f"actuals.{FAIRS}", "validation.negative") in codes(answer)
    english = officer.ask(
        "PUT",
        UPDATE,
        json=fairs("many"),
        headers={"If-Match": '"0"', "Accept-Language": "fr;q=0.9, en;q=0.8"},
    )
    assert (english.status_code, english.json()["title"]) == (422, "Content does not meet the rules")
    assert codes(english)[0] == ("actuals.0.value", "api.field.wrong")
    assert codes(save(officer, {"progres": "x"})) == [("progres", "api.field.extra")]
    assert codes(officer.ask("POST", "/updates", json={})) == [("updates", "api.field.missing")]
    broken = officer.ask("POST", "/updates", content=b"{", headers={"Content-Type": "application/json"})
    assert codes(broken) == [("", "api.field.json")]


def line(count: object, **more: object) -> dict[str, object]:
    return {"task_id": 1, "period_id": 1, **fairs(count), **more}


def test_a_ledger_is_kept_as_a_whole_or_not_at_all(officer: Program):
    wrong = {"updates": [line(3), line(3, task_id=99), line(-1, row_version=1)]}
    assert codes(officer.ask("POST", "/updates", json=wrong)) == [
        ("updates.1", "store.not_found"),
        (f"updates.2.actuals.{FAIRS}", "validation.negative"),
    ]
    assert officer.get(UPDATE).json()["update_id"] is None
    kept = officer.ask("POST", "/updates", json={"updates": [line(3, hand_over=True)]})
    saved = officer.get(UPDATE).json()
    assert kept.json() == {"updates": [{"update_id": saved["update_id"], "row_version": 1}]}
    stale = officer.ask("POST", "/updates", json={"updates": [line(4)]})
    assert (stale.status_code, codes(stale)) == (409, [("updates.0", "store.changed_meanwhile")])


def test_the_same_key_does_nothing_twice(store: Store, officer: Program):
    def post(count: int, key: str = "march") -> httpx.Response:
        sent = {"updates": [line(count, row_version=0)]}
        return officer.ask("POST", "/updates", json=sent, headers={"Idempotency-Key": key})

    first, version = post(3), store.data_version()
    again = post(3)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert store.data_version() == version
    assert codes(post(4)) == [("", "api.key_of_another")]
    elsewhere = {"params": {"name": "a.pdf"}, "content": first.request.content}
    sent = officer.ask("POST", "/updates", **elsewhere, headers={"Idempotency-Key": "march"})
    assert codes(sent) == [("", "api.key_of_another")]
    assert codes(post(4, key="x" * 101)) == [("", "api.key_malformed")]


def test_a_refused_request_may_be_sent_again_under_its_key(officer: Program):
    def post(**more: object) -> int:
        sent = {"updates": [line(3, **more)]}
        return officer.ask("POST", "/updates", json=sent, headers={"Idempotency-Key": "k"}).status_code

    assert post(row_version=7) == 409
    assert post() == 200


def test_a_plan_is_begun_and_filled(officer: Program, member: Program):
    begun = officer.ask("POST", "/plans", json={"year": YEAR + 1})
    assert begun.status_code == 201
    task = {
        "measure_id": 1,
        "title": "组织参展",
        "starts_on": f"{YEAR + 1}-01-01",
        "due_on": f"{YEAR + 1}-12-31",
        "targets": [{"indicator_id": FAIRS, "due_on": f"{YEAR + 1}-12-31", "value": "10"}],
        "milestones": [],
    }
    revision = begun.json()["revision_id"]
    assert officer.ask("POST", f"/plans/revisions/{revision}/tasks", json=task).status_code == 201
    assert officer.rows("/plans", year=YEAR + 1)[0]["tasks"] == 1
    assert codes(officer.ask("POST", "/plans", json={"year": YEAR + 1})) == [("", "plan.exists")]
    assert codes(member.ask("POST", "/plans", json={"year": YEAR})) == [("", "api.no_authority")]
