"""Progress updates on the real store: drafted, handed over, signed, submitted, ruled on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from db.authorities.scope import NATION, NOBODY
from db.figures import summaries
from db.figures.queries import cells_frame
from db.store import Conflict, NotFound, Store
from db.tables import EvidenceFile, ReportingPeriod, Task, TaskRequest
from db.tasks.queries import task_frame
from db.tasks.sheets import updates_frame
from db.updates import actions as updates, queues, reviews
from db.updates.copies import said_elsewhere
from db.updates.queries import report_item, report_item_of, report_items, report_items_of
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    resumed,
    small_country,
    suspended,
    typed_task,
)
from tests.support.trail import last_event, refusal_of
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.validation import MilestoneDraft, UpdateDraft
from tracking.vocabulary import Light, PeriodStatus, RequestKind, RequestStatus, TaskStatus

MARCH, MAY = date(YEAR, 3, 20), date(YEAR, 5, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(MARCH):
        small_country(store)
        yield


def _save(
    store: Store, task_id: int, draft: UpdateDraft, *, version: int = 0, period: int = FIRST_QUARTER
) -> int:
    return updates.save_progress_update(
        store, by=people().officer, task_id=task_id, period_id=period, row_version=version, draft=draft
    )


def _key(refused) -> str:
    return refused.value.messages[0].key


def test_a_draft_keeps_what_is_unfinished_and_comes_back_as_it_was(store: Store):
    (task_id,) = filed_plan(store)
    draft = UpdateDraft(actuals={FAIRS: Decimal("2.50")}, difficulties="😀 经费", next_steps="继续")
    _save(store, task_id, draft)
    item = report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)
    assert replace(item.draft, typed_permille=None) == draft
    assert (item.update.completion_permille, item.row_version) == (250, 1)


def test_milestones_reached_make_the_completion(store: Store):
    first = MilestoneDraft(1, "签约", date(YEAR, 5, 1), 400)
    steps = (first, MilestoneDraft(2, "落地", date(YEAR, 11, 1), 600))
    (task_id,) = filed_plan(store, typed_task(2, milestones=steps))
    accepted(store, task_id, UpdateDraft(milestones_reached=frozenset({1}), progress="已签约"))
    assert task_frame(store, NATION, notice_id=1, year=YEAR)["completion_permille"].tolist() == [400]


def test_a_new_period_begins_with_what_was_accepted_last(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    with at(MAY):
        (item,) = report_items(store, NATION, authority_id=NORTH, period_id=SECOND_QUARTER)
    assert item.draft.actuals == item.facts.last_actuals == {FAIRS: Decimal(3)}
    assert (item.update, item.row_version, len(item.before)) == (None, 0, 1)


def test_no_change_is_one_step_and_repeats_what_counts(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    with at(MAY):
        updates.report_no_change(store, by=people().officer, task_id=task_id, period_id=SECOND_QUARTER)
        (row,) = queues.sign_off_frame(store, NATION, notice_id=1).to_dict("records")
    assert (row["no_change"], row["completion_permille"], row["last_permille"]) == (True, 300, 300)


def test_no_change_before_anything_was_reported_is_nothing_done(store: Store):
    (task_id,) = filed_plan(store, typed_task(2))
    updates.report_no_change(store, by=people().officer, task_id=task_id, period_id=FIRST_QUARTER)
    assert updates_frame(store, Scope(None, drafts_of=frozenset()), task_id).empty
    own = updates_frame(store, Scope(None, drafts_of=frozenset({NORTH})), task_id)
    assert own["completion_permille"].tolist() == [0]


def test_a_period_that_is_not_open_takes_no_reports(store: Store):
    (task_id,) = filed_plan(store)
    with store.write(None) as tx:
        period = tx.load(ReportingPeriod, FIRST_QUARTER)
        period.status = PeriodStatus.CLOSED
        tx.audit("close", period)
    with pytest.raises(Refusal) as refused:
        _save(store, task_id, fairs_held(1))
    assert _key(refused) == "period.not_open.closed"


def test_a_task_of_another_authority_cannot_be_reported(store: Store):
    (task_id,) = filed_plan(store)
    with pytest.raises(Refusal) as refused:
        updates.save_progress_update(
            store,
            by=people().southerner,
            task_id=task_id,
            period_id=FIRST_QUARTER,
            row_version=0,
            draft=fairs_held(1),
        )
    assert _key(refused) == "permission.other_authority"
    with pytest.raises(NotFound):
        report_items(store, Scope(frozenset({SOUTH})), authority_id=NORTH, period_id=FIRST_QUARTER)


def test_a_task_out_of_force_or_of_another_year_takes_no_reports(store: Store):
    (task_id,) = filed_plan(store)
    with store.write(None) as tx:
        task = tx.load(Task, task_id)
        task.in_force = False
        tx.audit("plant", task)
    with pytest.raises(Refusal) as refused:
        _save(store, task_id, fairs_held(1))
    assert _key(refused) == "progress.task_not_in_force"


def test_a_submitted_update_cannot_be_edited(store: Store):
    (task_id,) = filed_plan(store)
    reported(store, task_id, fairs_held(1))
    with pytest.raises(Refusal) as refused:
        _save(store, task_id, fairs_held(2), version=1)
    assert _key(refused) == "workflow.not_allowed"


def test_a_form_left_open_over_a_return_is_a_conflict(store: Store):
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(1))
    reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="不实")
    with pytest.raises(Conflict):
        _save(store, task_id, fairs_held(2), version=1)
    item = report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)
    assert (item.returned_because, item.row_version) == ("不实", 0)
    _save(store, task_id, fairs_held(2))
    item = report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)
    assert (item.returned_because, item.row_version, item.update.version) == ("不实", 1, 2)


def test_saving_again_takes_back_the_request_for_sign_off(store: Store):
    (task_id,) = filed_plan(store)
    update_id = _save(store, task_id, fairs_held(1))
    updates.request_update_sign_off(store, by=people().officer, update_ids=[update_id])
    assert len(queues.sign_off_frame(store, NATION, notice_id=1)) == 1
    _save(store, task_id, fairs_held(2), version=1)
    assert queues.sign_off_frame(store, NATION, notice_id=1).empty


def test_the_signatory_gives_an_update_back_before_and_after_signing(store: Store):
    cast = people()
    (task_id,) = filed_plan(store)
    update_id = _save(store, task_id, fairs_held(1))
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    updates.send_back_progress_update(store, by=cast.signatory, update_id=update_id, reason="再核")
    assert queues.sign_off_frame(store, NATION, notice_id=1).empty
    with pytest.raises(Refusal, match="不能审签"):
        updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    assert len(queues.submission_frame(store, NATION, notice_id=1)) == 1
    updates.send_back_progress_update(store, by=cast.signatory, update_id=update_id, reason="再核")
    assert queues.submission_frame(store, NATION, notice_id=1).empty


def test_what_is_given_back_says_why_to_its_writer_and_to_the_audit_trail(store: Store):
    cast = people()
    (task_id,) = filed_plan(store)
    update_id = _save(store, task_id, fairs_held(1))
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    send_back = partial(updates.send_back_progress_update, store, by=cast.signatory, update_id=update_id)
    assert refusal_of(send_back, reason="  ").fields == ("reason",)
    send_back(reason="请核对展会场次")
    update = report_item_of(store, NATION, update_id=update_id).update
    assert (update.status, update.sent_back_because) == ("draft", "请核对展会场次")
    assert last_event(store).detail["reason"] == "请核对展会场次"


def test_several_are_accepted_together_or_not_at_all(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    one = reported(store, first, fairs_held(1))
    other = reported(store, second, UpdateDraft(typed_permille=200, progress="启动"))
    with pytest.raises(NotFound):
        reviews.accept_progress_updates(store, by=people().member, update_ids=[one, other, 999])
    waiting = queues.review_queue_frame(store, NATION, notice_id=1)
    assert len(waiting) == 2
    index = queues.waiting_index(store, NATION, notice_id=1)
    assert index.equals(waiting[["update_id", "authority_id"]])
    reviews.accept_progress_updates(store, by=people().member, update_ids=[one, other])
    assert queues.review_queue_frame(store, NATION, notice_id=1).empty
    accepted_rows = queues.accepted_index(store, NATION, notice_id=1, period_id=FIRST_QUARTER)
    assert accepted_rows["update_id"].tolist() == [other, one]
    assert queues.accepted_index(store, NATION, notice_id=1, period_id=SECOND_QUARTER).empty
    said = queues.queued_frame(store, NATION, update_ids=(other, one))
    assert said["update_id"].tolist() == [other, one]
    assert queues.queued_frame(store, NOBODY, update_ids=(other, one)).empty


def test_completion_asked_with_evidence_is_confirmed_by_acceptance(store: Store):
    (task_id,) = filed_plan(store, typed_task(2))
    said = {"progress": "全部完成", "explanation": "提前一次办完"}
    draft = UpdateDraft(typed_permille=1000, completion_requested=True, **said)
    update_id = _save(store, task_id, draft)
    with store.write(None) as tx:
        file = tx.add(
            EvidenceFile(
                update_id=update_id,
                name="总结.pdf",
                media_type="application/pdf",
                size=1,
                sha256="0" * 64,
                uploaded_at=tx.now,
            )
        )
        tx.audit("plant", file)
    cast = people()
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    updates.submit_progress_updates(store, by=cast.officer, update_ids=[update_id])
    frame = task_frame(store, NATION, notice_id=1, year=YEAR)
    assert frame["status"].tolist() == [TaskStatus.COMPLETION_REQUESTED]
    reviews.accept_progress_update(store, by=cast.member, update_id=update_id)
    frame = task_frame(store, NATION, notice_id=1, year=YEAR, light=Light.BLUE)
    assert frame["status"].tolist() == [TaskStatus.COMPLETED]
    with at(MAY), pytest.raises(Refusal) as refused:
        _save(store, task_id, draft, period=SECOND_QUARTER)
    assert _key(refused) == "progress.task_takes_no_reports"


def test_a_suspended_task_is_counted_apart_until_it_is_resumed(store: Store):
    (task_id,) = filed_plan(store)
    suspended(store, task_id)
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert (cell["tasks"], cell["suspended"], cell["weight_tenths"]) == (0, 1, 0)
    resumed(store, task_id)
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert (cell["tasks"], cell["suspended"]) == (1, 0)


def test_a_granted_extension_moves_the_due_date_and_the_light(store: Store):
    (task_id,) = filed_plan(store, typed_task(2, due_on=date(YEAR, 3, 10)))
    assert task_frame(store, NATION, notice_id=1, year=YEAR)["light"].tolist() == [Light.RED]
    with store.write(None) as tx:
        extension = tx.add(
            TaskRequest(
                kind=RequestKind.EXTENSION,
                task_id=task_id,
                due_on=date(YEAR, 3, 10),
                requested_due_on=date(YEAR, 12, 1),
                reason="延期",
                status=RequestStatus.GRANTED,
                written_at=tx.now,
                requested_at=tx.now,
                granted_due_on=date(YEAR, 12, 1),
                ruled_at=tx.now,
            )
        )
        tx.audit("plant", extension)
        summaries.refresh(tx.session, [task_id], known_at=tx.now)
    (row,) = task_frame(store, NATION, notice_id=1, year=YEAR).to_dict("records")
    assert (row["due_on"], row["baseline_due_on"]) == (date(YEAR, 12, 1), date(YEAR, 3, 10))
    assert row["light"] != Light.RED


def test_the_reports_on_a_desk_are_read_together_in_the_order_asked_for(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    keys = [_save(store, first, fairs_held(4)), _save(store, second, UpdateDraft(typed_permille=200))]
    found = report_items_of(store, NATION, update_ids=[keys[1], 999, keys[0]])
    assert list(found) == [keys[1], keys[0]]
    assert found[keys[0]] == report_item_of(store, NATION, update_id=keys[0])
    assert report_items_of(store, Scope(frozenset({SOUTH})), update_ids=keys) == {}


def test_only_what_another_authority_has_submitted_in_the_period_is_told_to_be_the_same(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    texts = {"组织企业参展并达成意向", "尚未报送的文字", "没有人写过的文字"}
    reported(store, first, fairs_held(1, progress="组织企业参展并达成意向"))
    _save(store, second, UpdateDraft(typed_permille=100, progress="尚未报送的文字"))

    def elsewhere(authority_id: int, period_id: int = FIRST_QUARTER) -> frozenset[str]:
        return said_elsewhere(store, authority_id=authority_id, period_id=period_id, texts=texts)

    assert elsewhere(SOUTH) == {"组织企业参展并达成意向"}
    assert elsewhere(NORTH) == elsewhere(SOUTH, SECOND_QUARTER) == frozenset()
