"""The sheet of a handover as a Word document: for whom, what it says, and that taking it is kept."""

from datetime import date
from io import BytesIO

import docx
import pytest

from db.handovers.actions import cancel_handover, hand_over_post
from db.store import Store
from tests.support.factories import NORTH_POST, SOUTH_POST, at, filed_plan, people
from tests.support.trail import last_event
from tests.unit.server.conftest import Browser

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(TODAY):
        yield


def _sheet(browser: Browser, handover_id: int) -> list[str]:
    """Every text of the document, the cells of its tables among them."""
    answer = browser.get(f"/handover.docx?handover={handover_id}")
    assert answer.status_code == 200
    document = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [line.text for line in document.paragraphs] + cells


def _handed_over(store: Store, **changed) -> int:
    asked = {"post_id": NORTH_POST, "effective_on": TODAY, "officer_id": 2, **changed}
    return hand_over_post(store, by=people().officer, **asked)


def test_the_document_names_both_lists_every_item_and_has_places_to_sign(officer: Browser, store: Store):
    filed_plan(store)
    words = _sheet(officer, _handed_over(store, note="印章另行移交"))
    for part in (
        "工作交接单",
        "officer（任职至 2026-03-19）",
        "signatory（自 2026-03-20 起）",
    ):
        assert part in words
    assert {"印章另行移交", "已生效", "2026-03-20，officer"} <= set(words)
    assert {"未办结任务", "组织参展", "2026-12-31", "▲ 预警"} <= set(words)
    for name in ("移交人（签字）", "接收人（签字）", "监交人（签字）"):
        assert any(name in word for word in words)


def test_one_without_items_one_entered_afterwards_and_one_cancelled_say_so(officer: Browser, store: Store):
    words = _sheet(officer, _handed_over(store, effective_on=date(2026, 3, 1)))
    assert {"登记时没有未了事项。", "2026-03-20，officer（补登）"} <= set(words)
    key = _handed_over(store, effective_on=date(2026, 4, 1), officer_id=1)
    cancel_handover(store, by=people().officer, handover_id=key, reason="暂缓")
    assert {"signatory", "已撤销（2026-03-20，officer）：暂缓"} <= set(_sheet(officer, key))


def test_taking_it_is_kept_and_it_is_a_download(officer: Browser, store: Store):
    key = _handed_over(store)
    answer = officer.get(f"/handover.docx?handover={key}")
    assert answer.headers["content-disposition"].startswith("attachment; filename=handover.docx")
    assert answer.headers["cache-control"] == "no-store"
    event = last_event(store)
    assert (event.action, event.subject, event.subject_id) == ("export_handover", "handover", key)


@pytest.mark.parametrize("query", ["", "?handover=99", "?handover=x", "?handover=99999999999"])
def test_an_address_that_means_nothing_is_refused_in_words(officer: Browser, query: str):
    assert officer.get(f"/handover.docx{query}").status_code == 404


def test_the_sheet_of_another_authority_is_not_there(officer: Browser, store: Store):
    southern = {"post_id": SOUTH_POST, "effective_on": TODAY, "name": "新人"}
    key = hand_over_post(store, by=people().southerner, **southern)
    assert officer.get(f"/handover.docx?handover={key}").status_code == 404
