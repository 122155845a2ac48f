"""Reads through the API give what the pages show, to whom the pages would show it."""

from dataclasses import replace

import pytest

from db.authorities.scope import NATION
from db.figures.queries import cells_frame
from db.plans import actions as plans
from db.reference.composites import PartOf, add_composite
from db.store import Store
from db.tasks.queries import task_frame
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    YEAR,
    accepted,
    draft_plan,
    fairs_held,
    hand_in,
    people,
    typed_task,
)
from tests.unit.server.api.conftest import Program
from tracking.composites import CompositeForm
from tracking.vocabulary import Role

LISTS = (
    "/notices",
    "/periods",
    "/units",
    "/measures",
    "/actions",
    "/indicators",
    "/tasks",
    "/ledger",
    "/submissions",
    "/plans",
)


def test_a_token_says_whom_it_acts_as(officer: Program):
    me = officer.get("/me").json()
    assert (me["name"], me["authority_id"], me["roles"], me["scope"]) == (
        "officer",
        NORTH,
        ["reporting_officer"],
        "write",
    )


@pytest.mark.parametrize("path", LISTS)
def test_every_list_answers(member: Program, path: str):
    answer = member.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.json()["items"]


def test_a_composite_says_what_it_is_reckoned_from(store: Store, member: Program):
    assert member.get("/composites").json()["items"] == []
    parts = [PartOf(indicator_id=2), PartOf(indicator_id=1, below=True)]
    asked = {"measure_id": 1, "title": "场均观众", "cited": "", "starts_on": None, "parts": parts}
    add_composite(store, by=people().administrator, form=CompositeForm.RATIO, **asked)
    (one,) = member.get("/composites").json()["items"]
    assert (one["title"], one["unit"]) == ("场均观众", "人次/场")
    assert [(part["title"], part["below"]) for part in one["parts"]] == [("观众", False), ("展会", True)]


def test_a_long_list_comes_in_pages_without_a_row_lost_or_twice(store: Store, member: Program):
    whole = [row["measure_id"] for row in member.rows("/measures")]
    assert [row["measure_id"] for row in member.rows("/measures", limit=1)] == whole
    first = member.get("/measures", params={"limit": 2}).json()
    assert first["next_cursor"] == whole[1]
    assert member.get("/measures", params={"cursor": 99}).json()["errors"][0]["code"] == "api.cursor_unknown"


def test_tasks_and_ledger_come_in_pages_by_their_key(store: Store, member: Program, officer: Program):
    revision_id = draft_plan(store, people().southerner, typed_task(2, post_id=2), typed_task(3, post_id=2))
    hand_in_south(store, revision_id)
    for path in ("/tasks", "/ledger"):
        keys = [row["task_id"] for row in member.rows(path, limit=1)]
        assert keys == sorted(keys) == [1, 2, 3]
        assert [row["task_id"] for row in officer.rows(path)] == [1]
        assert member.rows(path, measure_id=3)[0]["task_id"] == 3
        assert member.rows(path, light="red") == []


def hand_in_south(store: Store, revision_id: int) -> None:
    """File the southern plan, whose officer signs as well here."""
    cast = people()
    south = replace(cast.southerner, roles=frozenset({Role.REPORTING_OFFICER, Role.SIGNATORY}))
    hand_in(store, replace(cast, officer=south, signatory=south), revision_id)
    plans.file_plan(store, by=cast.member, revision_id=revision_id)


def test_figures_are_those_of_the_pages(store: Store, member: Program):
    accepted(store, 1, fairs_held(4))
    (task,) = member.rows("/tasks")
    shown = task_frame(store, NATION, notice_id=1, year=YEAR).iloc[0]
    for name in ("completion_permille", "expected_permille", "deviation_permille", "light"):
        assert task[name] == shown[name]
    (cell,) = member.rows("/figures/cells", unit_id=NORTH)
    assert cell["done"] == cells_frame(store, NATION, period_id=FIRST_QUARTER)["done"].sum()
    overview = member.get("/figures/overview").json()
    assert overview["overall"]["completion_permille"] == 400
    assert [row["completion_permille"] for row in overview["measures"]] == [400, None, None]
    assert [row["completion_permille"] for row in overview["units"]] == [400, None]


def test_figures_of_a_past_day_are_as_they_were_known(store: Store, member: Program):
    accepted(store, 1, fairs_held(4))
    yesterday = {"as_of": f"{YEAR}-03-19"}
    assert member.rows("/figures/cells", **yesterday) == []
    assert member.rows("/ledger", **yesterday) == []
    assert member.get("/figures/cells", params={"as_of": f"{YEAR}-03-21"}).status_code == 422
    assert member.get("/figures/cells", params={"as_of": "2001-01-01"}).status_code == 422
    assert member.rows("/figures/cells", figures="published", as_of=f"{YEAR}-03-20")


def test_a_task_comes_with_its_updates(store: Store, member: Program):
    accepted(store, 1, fairs_held(4))
    task = member.get("/tasks/1").json()
    assert [(update["status"], update["completion_permille"]) for update in task["updates"]] == [
        ("accepted", 400)
    ]
    assert member.get("/tasks/99").status_code == 404


def test_what_is_still_being_written_stays_inside_its_authority(officer: Program, member: Program):
    body = {"actuals": [{"indicator_id": FAIRS, "value": 3}], "progress": "草稿"}
    officer.ask("PUT", "/tasks/1/updates/1", json=body, headers={"If-Match": '"0"'})
    assert officer.get("/tasks/1").json()["updates"][0]["progress"] == "草稿"
    assert member.get("/tasks/1").json()["updates"] == []
    assert officer.get("/tasks/1/updates/1").json()["progress"] == "草稿"
    assert member.get("/tasks/1/updates/1").json()["update_id"] is None


def test_what_has_not_changed_is_not_sent_again(store: Store, member: Program):
    etag = member.get("/tasks").headers["etag"]
    again = member.get("/tasks", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    accepted(store, 1, fairs_held(4))
    assert member.get("/tasks", headers={"If-None-Match": etag}).status_code == 200


def test_a_filter_given_twice_is_refused(member: Program):
    answer = member.ask("GET", "/countries?country=KZ&country=RU")
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [
        ("country", "api.field.twice")
    ]
