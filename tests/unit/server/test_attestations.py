"""An attestation as a download: for whom, what it carries, and that making it is kept."""

from datetime import date
from io import BytesIO

import docx
import pytest

from db.store import Store
from db.tables import Attestation
from tests.support.factories import FIRST_QUARTER, NORTH, SOUTH, at, fairs_held, filed_plan, reported
from tests.support.trail import last_event, only
from tests.unit.server.conftest import Browser
from tracking.attestations.code import shown_code


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(date(2026, 3, 20)):
        filed_plan(store)
        yield


def test_the_page_of_a_plan_and_of_a_period_are_taken_by_their_authority(officer: Browser, store: Store):
    reported(store, 1, fairs_held(2))
    for query, kind in (("revision=1", "plan"), (f"authority={NORTH}&period={FIRST_QUARTER}", "period")):
        answer = officer.get(f"/sign-off-page.docx?{query}")
        assert answer.headers["content-disposition"].startswith("attachment; filename=sign-off-page.docx")
        page = only(store, Attestation, kind=kind)
        words = "".join(
            cell.text for table in docx.Document(BytesIO(answer.content)).tables for cell in table._cells
        )
        assert shown_code(page.code) in words
        assert last_event(store).action == "make_attestation"
        officer.get(f"/sign-off-page.docx?{query}")
        assert last_event(store).action == "take_attestation"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 403),
        ("?revision=99", 404),
        ("?revision=x", 404),
        (f"?authority={SOUTH}&period=1", 403),
        (f"?authority={NORTH}&period=99", 404),
        (f"?authority={NORTH}&period=1", 403),
    ],
)
def test_what_is_not_ones_own_or_not_there_is_refused_in_words(officer: Browser, query: str, status: int):
    assert officer.get(f"/sign-off-page.docx{query}").status_code == status
