"""Evidence on the real store: what is kept, refused, carried to the next version, and taken off again."""

from datetime import date

import pytest

from db.authorities.scope import NATION
from db.evidence import actions as evidence
from db.evidence.queries import evidence_frame
from db.kept_files import kept_path
from db.store import Store
from db.updates import actions as updates, reviews
from db.updates.queries import report_item
from tests.support.factories import (
    FIRST_QUARTER,
    SOUTH,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
)
from tracking.evidence import LINK
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.vocabulary import UpdateStatus

PDF = b"%PDF-1.7 report"


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(2026, 3, 20)):
        small_country(store)
        yield


@pytest.fixture
def task_id(store: Store) -> int:
    return filed_plan(store)[0]


def drafted(store: Store, task_id: int, row_version: int = 0, hand_over: bool = False, **changed) -> int:
    return updates.save_progress_update(
        store,
        by=people().officer,
        task_id=task_id,
        period_id=FIRST_QUARTER,
        row_version=row_version,
        draft=fairs_held(3, **changed),
        hand_over=hand_over,
    )


def attach(store: Store, update_id: int, by=None, content: bytes = PDF) -> int:
    return evidence.attach_evidence(
        store, by=by or people().officer, update_id=update_id, name="总结 报告.pdf", content=content
    )


def files(store: Store, task_id: int) -> list[str]:
    return [
        file.name for file in report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER).evidence
    ]


def test_a_file_lies_under_its_digest_and_is_listed(store: Store, task_id: int):
    attach(store, drafted(store, task_id))
    (file,) = report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER).evidence
    assert (file.name, file.size) == ("总结_报告.pdf", len(PDF))
    path = store.settings.evidence_dir / file.sha256[:2] / file.sha256
    assert path.read_bytes() == PDF
    assert kept_path(store, file.sha256) == path


def test_evidence_is_listed_for_whoever_may_read_its_task(store: Store, task_id: int):
    attach(store, drafted(store, task_id))
    assert evidence_frame(store, NATION, task_id=task_id)["name"].tolist() == ["总结_报告.pdf"]
    assert evidence_frame(store, Scope(frozenset({SOUTH})), task_id=task_id).empty


def test_the_same_file_is_not_attached_twice(store: Store, task_id: int):
    update_id = drafted(store, task_id)
    attach(store, update_id)
    with pytest.raises(Refusal):
        attach(store, update_id)
    assert files(store, task_id) == ["总结_报告.pdf"]


def test_a_page_is_evidence_by_its_address_once(store: Store, task_id: int):
    update_id, address = drafted(store, task_id), "https://example.invalid/会议"
    asked = {"by": people().officer, "update_id": update_id, "address": address}
    evidence.attach_link(store, **asked)
    (file,) = report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER).evidence
    assert (file.name, file.media_type) == (address, LINK)
    assert kept_path(store, file.sha256).read_text(encoding="utf-8") == address
    with pytest.raises(Refusal):
        evidence.attach_link(store, **asked)


def test_the_same_bytes_serve_two_tasks(store: Store):
    for task_id in filed_plan(store, fair_task(), fair_task(title="再办十场")):
        attach(store, drafted(store, task_id))
    assert len(list(store.settings.evidence_dir.glob("*/*"))) == 1


def test_another_authority_cannot_attach_or_remove(store: Store, task_id: int):
    update_id = drafted(store, task_id)
    with pytest.raises(Refusal):
        attach(store, update_id, by=people().southerner)
    evidence_id = attach(store, update_id)
    with pytest.raises(Refusal):
        evidence.remove_evidence(store, by=people().southerner, evidence_id=evidence_id)
    assert files(store, task_id) == ["总结_报告.pdf"]


def test_what_has_been_submitted_takes_no_more_files_and_loses_none(store: Store, task_id: int):
    update_id = drafted(store, task_id)
    evidence_id = attach(store, update_id)
    updates.request_update_sign_off(store, by=people().officer, update_ids=[update_id])
    updates.sign_off_progress_updates(store, by=people().signatory, update_ids=[update_id])
    for attempt in (
        lambda: attach(store, update_id, content=b"%PDF-2"),
        lambda: evidence.remove_evidence(store, by=people().officer, evidence_id=evidence_id),
    ):
        with pytest.raises(Refusal):
            attempt()
    assert files(store, task_id) == ["总结_报告.pdf"]


def test_a_file_taken_off_a_draft_is_gone_from_it(store: Store, task_id: int):
    evidence_id = attach(store, drafted(store, task_id))
    evidence.remove_evidence(store, by=people().officer, evidence_id=evidence_id)
    assert files(store, task_id) == []


def test_evidence_of_a_returned_update_need_not_be_given_again(store: Store, task_id: int):
    update_id = drafted(store, task_id)
    attach(store, update_id)
    updates.request_update_sign_off(store, by=people().officer, update_ids=[update_id])
    updates.sign_off_progress_updates(store, by=people().signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=people().officer, update_id=update_id)
    reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="请补充")
    drafted(store, task_id)
    assert files(store, task_id) == ["总结_报告.pdf"]


def test_nothing_can_be_attached_once_the_period_is_over(store: Store, task_id: int):
    update_id = drafted(store, task_id)
    with at(date(2026, 5, 1)), pytest.raises(Refusal):
        attach(store, update_id)


def test_a_request_for_completion_is_complete_with_its_evidence(store: Store, task_id: int):
    asked = {"completion_requested": True, "explanation": "提前办结"}
    attach(store, drafted(store, task_id, **asked))
    drafted(store, task_id, row_version=1, hand_over=True, **asked)
    item = report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)
    assert item.update is not None
    assert item.update.status is UpdateStatus.HANDED_OVER
