"""What was issued is the same bytes for everybody on every later day, whatever has changed meanwhile."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from sqlalchemy import delete, update

from db.briefings.actions import draft_briefing, issue_briefing, save_briefing
from db.briefings.material import BriefingRequest
from db.handovers.actions import hand_over_post
from db.store import Store
from db.tables import Account, Authority, IssuedPaper, Measure, Officer, Task, TaskRevision
from db.thresholds.actions import set_thresholds
from db.urging.actions import acknowledge_slips, answer_slip, issue_slips
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH_POST,
    at,
    filed_plan,
    people,
    typed_task,
)
from tests.support.trail import last_event, only
from tests.unit.server.conftest import Browser
from tests.unit.server.readers import TODAY, Readers
from tracking.figures.lights import LightRule
from tracking.vocabulary import BriefingKind, Language, PaperKind, Role

SLIP, BRIEFING, SHEET = "/slip.docx?slip=1", "/briefing.docx?briefing=1", "/handover.docx?handover=1"
PAGE = "/sign-off-page.docx?revision=1"


@pytest.fixture
def readers(build: Callable, store: Store) -> Readers:
    with at(TODAY):
        filed_plan(store, typed_task(1, due_on=date(2026, 3, 1)), typed_task(2))
    return Readers(build, store)


def _issue(store: Store) -> None:
    """A slip, a briefing and a handover of the day."""
    cast, issue = people(), {"answer_by": date(2026, 3, 30), "demand": "请反馈"}
    with at(TODAY):
        issue_slips(store, by=cast.member, task_ids=[1], **issue)
        wanted = BriefingRequest(BriefingKind.CIRCULAR)
        key = draft_briefing(store, by=cast.member, period_id=FIRST_QUARTER, wanted=wanted)
        issue_briefing(store, by=cast.member, briefing_id=key, row_version=1)
        hand_over_post(store, by=cast.officer, post_id=NORTH_POST, effective_on=TODAY, officer_id=2)


def _change_everything(store: Store) -> None:
    """Names, titles, figures and thresholds, as they change in the life of a site."""
    with store.upkeep() as session:
        session.execute(update(Authority).values(name=Authority.name + "（新）"))
        session.execute(update(Officer).values(name=Officer.name + "（新）"))
        session.execute(update(Measure).values(short_title="改名"))
        session.execute(update(TaskRevision).values(title="改题"))
        session.execute(update(Task).values(latest_permille=700))
    with at(TODAY + timedelta(1)):
        set_thresholds(store, by=people().member, rule=LightRule(200, 400, 7))
        acknowledge_slips(store, by=people().officer, slip_ids=[1])
        answer_slip(store, by=people().officer, slip_id=1, answer="已整改")


@pytest.mark.parametrize("address", [SLIP, BRIEFING, SHEET])
def test_an_issued_paper_is_the_same_bytes_for_everybody_ever_after(
    store: Store, readers: Readers, address: str
):
    _issue(store)
    first = readers.take(Role.REPORTING_OFFICER, address)
    _change_everything(store)
    assert readers.take(Role.REPORTING_OFFICER, address, days=40) == first
    assert readers.take(Role.SIGNATORY, address, days=300) == first


@pytest.mark.parametrize("address", [SLIP, BRIEFING, SHEET])
def test_it_stays_in_the_language_of_its_issuer(store: Store, readers: Readers, address: str):
    _issue(store)
    first = readers.take(Role.MEMBER, address)
    with store.upkeep() as session:
        session.execute(update(Account).values(language=Language.EN))
    assert readers.take(Role.MEMBER, address, days=1) == first


def test_a_slip_and_a_briefing_are_kept_when_they_are_issued_not_when_they_are_read(
    store: Store, readers: Readers
):
    _issue(store)
    kept = {kind: only(store, IssuedPaper, kind=kind).content for kind in ("urging_notice", "briefing")}
    _change_everything(store)
    assert readers.take(Role.MEMBER, SLIP, days=9) == kept["urging_notice"]
    assert readers.take(Role.MEMBER, BRIEFING, days=9) == kept["briefing"]
    words = "".join(line.text for line in docx.Document(BytesIO(kept["urging_notice"])).paragraphs)
    assert "截至2026年3月20日" in words
    assert "已整改" not in words


def test_an_attestation_is_the_same_bytes_until_it_says_something_else(store: Store, readers: Readers):
    first = readers.take(Role.SIGNATORY, PAGE)
    with store.upkeep() as session:
        session.execute(update(Officer).values(name="改名"))
    store.settings.site_url = "https://elsewhere.example"
    assert readers.take(Role.SIGNATORY, PAGE, days=30) == first
    assert last_event(store).action == "take_attestation"


def test_a_handover_is_a_draft_until_its_day_and_for_others_an_extract(store: Store, readers: Readers):
    day = TODAY + timedelta(10)
    with at(TODAY):
        hand_over_post(store, by=people().officer, post_id=NORTH_POST, effective_on=day, officer_id=2)
    before = readers.take(Role.REPORTING_OFFICER, SHEET)
    assert docx.Document(BytesIO(before)).sections[0].header.paragraphs[0].text == "草稿"
    first = readers.take(Role.REPORTING_OFFICER, SHEET, days=10)
    assert docx.Document(BytesIO(first)).sections[0].header.paragraphs[0].text == ""
    told = readers.take(Role.LEADERSHIP, SHEET, days=12)
    assert told != first
    _rename(store)
    assert readers.take(Role.REPORTING_OFFICER, SHEET, days=50) == first
    assert readers.take(Role.MEMBER, SHEET, days=50) == told


def _rename(store: Store) -> None:
    with store.upkeep() as session:
        session.execute(update(Officer).values(name=Officer.name + "（新）"))


def test_an_earlier_version_of_an_issued_briefing_is_a_draft(store: Store, readers: Readers):
    cast = people()
    with at(TODAY):
        asked = {"period_id": FIRST_QUARTER, "wanted": BriefingRequest(BriefingKind.CIRCULAR)}
        key = draft_briefing(store, by=cast.member, **asked)
        save_briefing(store, by=cast.member, briefing_id=key, row_version=1, title="改题", sections={})
        issue_briefing(store, by=cast.member, briefing_id=key, row_version=2)
    draft = docx.Document(BytesIO(readers.take(Role.MEMBER, f"{BRIEFING}&number=1")))
    assert draft.sections[0].header.paragraphs[0].text == "草稿"
    assert readers.take(Role.MEMBER, f"{BRIEFING}&number=2") == readers.take(Role.MEMBER, BRIEFING, days=5)


@pytest.mark.parametrize("address", [SLIP, BRIEFING])
def test_what_an_earlier_release_issued_is_kept_from_its_first_download_on(
    store: Store, readers: Readers, address: str
):
    _issue(store)
    with store.upkeep() as session:
        session.execute(delete(IssuedPaper))
    first = readers.take(Role.MEMBER, address, days=20)
    assert "Draft" not in docx.Document(BytesIO(first)).sections[0].header.paragraphs[0].text
    _change_everything(store)
    assert readers.take(Role.LEADERSHIP, address, days=90) == first


def test_the_trail_knows_the_digest_of_what_was_issued_and_what_was_taken(store: Store, readers: Readers):
    _issue(store)
    content = readers.take(Role.MEMBER, SLIP)
    digest = hashlib.sha256(content).hexdigest()
    assert last_event(store).detail == {"paper_sha256": digest}
    assert only(store, IssuedPaper, kind=PaperKind.URGING_NOTICE).sha256 == digest


def test_a_paper_that_was_tampered_with_is_not_given_out(store: Store, officer: Browser, readers: Readers):
    _issue(store)
    with store.upkeep() as session:
        session.execute(update(IssuedPaper).values(content=b"PK"))
    with at(TODAY):
        answer = officer.get(SLIP)
    assert (answer.status_code, "与发出时不一致" in answer.text) == (403, True)
