"""A ledger in a workbook through the API: judged as on the page, saved where its layout was confirmed and nothing is asked."""

from db.store import Store
from db.tables import ProgressUpdate
from db.uploads import legacy_ledgers
from db.uploads.actions import upload_ledger
from db.uploads.layouts import remembered_layouts
from db.uploads.unattended import judge_unattended
from tests.support.factories import FIRST_QUARTER, people
from tests.support.ledgers import filled, form_of
from tests.support.legacy_ledgers import grid
from tests.support.trail import only, rows
from tests.unit.server.api.conftest import Program

HEADERS = ["任务", "进展情况", "存在问题"]
DONE, OPEN = ["组织参展", "过半", None], ["没有的事", "某事", None]


def given(program: Program, content: bytes, *, commit: bool = False):
    return program.ask(
        "POST",
        "/updates/workbook",
        params={"name": "台账.xlsx", "commit": str(commit).lower(), "period_id": FIRST_QUARTER},
        content=content,
        headers={"Content-Type": "application/octet-stream"},
    )


def confirmed(store: Store, content: bytes) -> None:
    """The layout as the page remembers it once somebody has looked at it."""
    by = people().officer
    upload_id = upload_ledger(store, by=by, name="x", content=content, period_id=FIRST_QUARTER)
    layouts = judge_unattended(store, by=by, upload_id=upload_id).layouts
    legacy_ledgers.preview_legacy_ledger(store, by=by, upload_id=upload_id, layouts=layouts)


def test_our_form_is_read_and_saved_at_once(store: Store, officer: Program):
    content = filled(form_of(store, people().officer), {("progress", 0): "过半"})
    answer = given(officer, content)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["counts"]["added"], said["confirmed"], said["written"]) == (1, True, 0)
    assert rows(store, ProgressUpdate) == []
    assert given(officer, content, commit=True).json()["written"] == 1
    assert only(store, ProgressUpdate).progress == "过半"


def test_a_layout_that_nobody_has_confirmed_is_read_but_neither_saved_nor_remembered(
    store: Store, officer: Program
):
    content = grid(HEADERS, DONE)
    said = given(officer, content).json()
    assert (said["counts"]["added"], said["confirmed"]) == (1, False)
    answer = given(officer, content, commit=True)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "legacy.not_confirmed")
    assert remembered_layouts(store, people().officer) == []


def test_a_confirmed_layout_is_saved_once_nothing_is_asked(store: Store, officer: Program):
    confirmed(store, grid(HEADERS, DONE))
    said = given(officer, grid(HEADERS, DONE, OPEN)).json()
    assert (said["confirmed"], sum(said["grades"].values())) == (True, len(said["problems"]))
    (asked,) = (one for one in said["problems"] if one["asks"])
    assert (asked["grade"], asked["cell"], asked["written"], asked["asks"]) == (
        "a",
        "Sheet!A3",
        "没有的事",
        "row",
    )
    answer = given(officer, grid(HEADERS, DONE, OPEN), commit=True)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "legacy.unanswered")
    answer = given(officer, grid(HEADERS, DONE), commit=True)
    assert (answer.status_code, answer.json()["written"]) == (200, 1), answer.text
    assert only(store, ProgressUpdate).progress == "过半"


def test_it_is_for_those_who_report_and_for_workbooks(store: Store, officer: Program, member: Program):
    assert given(member, grid(HEADERS, DONE)).status_code == 403
    assert given(officer, b"%PDF-1.7").status_code == 409
    assert given(officer, b" " * (41 * 1024 * 1024)).status_code == 413
