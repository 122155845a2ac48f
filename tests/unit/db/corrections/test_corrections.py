"""Published figures are corrected beside what was published, by one who proposes, one who signs and one who approves."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from db import clock, migrations
from db.authorities.scope import NATION, NOBODY
from db.corrections import actions as corrections
from db.corrections.actions import LIMIT
from db.corrections.queries import correction_count, correction_sheet, corrections_frame, open_correction
from db.figures import summaries
from db.figures.past import keep_past_day
from db.figures.queries import cells_frame
from db.home.queries import notifications_frame
from db.ledger.queries import ledger_frame
from db.periods import actions as periods
from db.store import NotFound, Store
from db.tables import Correction, Task
from db.tasks.sheets import updates_frame
from db.updates import actions as updates, reviews
from db.updates.task_updates import standing_report
from tests.conftest import lend
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    SOUTH,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.trail import refusal_of, row, rows
from tracking.figures.vintages import NEWEST, Vintage
from tracking.permissions import Scope
from tracking.validation import UpdateDraft
from tracking.vocabulary import CorrectionStatus, UpdateStatus

DAY = date(YEAR, 4, 10)
PUBLISHED = Vintage(published=True)
NORTHERN = Scope(frozenset({NORTH}), own=frozenset({NORTH}))


def frozen_quarter(store: Store) -> None:
    """Five fairs of ten, and a typed 30 %, in a first quarter that is frozen."""
    migrations.upgrade(store)
    with at(date(YEAR, 3, 15)):
        small_country(store)
        fairs, typed = filed_plan(store, fair_task(), typed_task(2))
        accepted(store, fairs, fairs_held(5))
        accepted(store, typed, UpdateDraft(typed_permille=300, progress="推进"))
    with at(date(YEAR, 4, 5)):
        periods.close_period(store, by=people().member, period_id=FIRST_QUARTER)
        periods.freeze_period(store, by=people().member, period_id=FIRST_QUARTER)


@pytest.fixture
def store(databases, tmp_path):
    for lent in lend(databases, databases.fresh(frozen_quarter, tmp_path / "data")):
        with at(DAY):
            yield lent


def _propose(store: Store, count: int = 4, reason: str = "重复统计一场", update_id: int = 1) -> int:
    officer, figures = people().officer, fairs_held(count)
    return corrections.propose_correction(
        store, by=officer, update_id=update_id, figures=figures, reason=reason
    )


def _approved(store: Store, count: int = 4) -> int:
    correction_id = _propose(store, count)
    corrections.sign_correction(store, by=people().signatory, correction_id=correction_id)
    corrections.approve_correction(store, by=people().member, correction_id=correction_id, ruling="同意")
    return correction_id


def _done(store: Store, vintage: Vintage) -> list[int]:
    cells = cells_frame(store, NATION, period_id=FIRST_QUARTER, vintage=vintage)
    cells = cells.sort_values(["unit_id", "measure_id"])
    return (cells["done"] // cells["weight_tenths"]).tolist()


def test_a_correction_stands_beside_what_was_published(store):
    summaries.keep_current(store)
    _approved(store)
    assert (_done(store, PUBLISHED), _done(store, NEWEST)) == ([500, 300], [400, 300])
    assert standing_report(store, NATION, task_id=1).actuals == {FAIRS: Decimal(4)}
    with store.read() as session:
        assert summaries.differences(session, known_at=clock.now()).empty


def test_nothing_changes_before_the_approval(store):
    correction_id = _propose(store)
    corrections.sign_correction(store, by=people().signatory, correction_id=correction_id)
    assert _done(store, NEWEST) == [500, 300]
    assert correction_count(store, NATION, period_id=FIRST_QUARTER) == 0


def test_the_day_before_the_correction_still_shows_what_was_known(store):
    _approved(store)
    with at(date(YEAR, 4, 12)):
        keep_past_day(store, notice_id=1, year=YEAR, known_on=date(YEAR, 4, 9))
        keep_past_day(store, notice_id=1, year=YEAR, known_on=DAY)
        assert _done(store, Vintage(known_on=date(YEAR, 4, 9))) == [500, 300]
        assert _done(store, Vintage(known_on=DAY)) == [400, 300]


def test_the_register_keeps_both_values_the_reason_and_everybody_who_took_part(store):
    _approved(store)
    (row,) = corrections_frame(store, NATION, notice_id=1).to_dict("records")
    assert (row["published_permille"], row["corrected_permille"]) == (500, 400)
    assert (row["reason"], row["ruling"]) == ("重复统计一场", "同意")
    assert (row["author"], row["signatory"], row["approver"]) == ("officer", "signatory", "member")
    assert (row["unit_name"], row["task_number"], row["number"]) == ("北省", 1, 1)
    assert row["correction_status"] == CorrectionStatus.APPROVED
    assert correction_count(store, NATION, period_id=FIRST_QUARTER) == 1
    assert correction_count(store, NOBODY, period_id=FIRST_QUARTER) == 0


def test_both_versions_of_the_update_stay_to_be_read(store):
    _approved(store)
    newest, published = updates_frame(store, NATION, 1).to_dict("records")
    assert (newest["status"], newest["completion_permille"]) == (UpdateStatus.ACCEPTED, 400)
    assert (published["status"], published["completion_permille"]) == (UpdateStatus.RETURNED, 500)
    assert (newest["explanation"], published["reason"]) == ("重复统计一场", "重复统计一场")
    assert newest["progress"] == published["progress"] == "已办5场"


def test_the_sheet_shows_what_would_stand_where(store):
    sheet = correction_sheet(store, NATION, correction_id=_approved(store))
    assert (sheet.published.actuals, sheet.corrected.actuals) == ({FAIRS: 5}, {FAIRS: 4})
    assert sheet.item.task.id == 1


def test_a_typed_percentage_is_corrected_too(store):
    figures = UpdateDraft(typed_permille=250)
    asked = {"update_id": 2, "figures": figures, "reason": "口径更正"}
    correction_id = corrections.propose_correction(store, by=people().officer, **asked)
    corrections.sign_correction(store, by=people().signatory, correction_id=correction_id)
    corrections.approve_correction(store, by=people().member, correction_id=correction_id)
    assert _done(store, NEWEST) == [500, 250]


def test_an_update_of_a_frozen_period_is_not_reopened(store):
    refused = refusal_of(
        reviews.reopen_progress_update, store, by=people().member, update_id=1, reason="有误"
    )
    assert refused.messages[0].key == "correction.period_is_frozen"
    assert _done(store, NEWEST) == [500, 300]


def test_before_its_period_is_frozen_an_update_is_reopened_and_not_corrected(store):
    with at(date(YEAR, 4, 12)):
        update_id = accepted(store, 1, fairs_held(6), 2)
        refused = refusal_of(_propose, store, 4, update_id=update_id)
        assert refused.messages[0].key == "correction.not_published"
        reviews.reopen_progress_update(store, by=people().member, update_id=update_id, reason="有误")


def test_every_fault_of_a_proposal_is_told_at_once(store):
    officer = people().officer
    wrong = UpdateDraft(actuals={FAIRS: Decimal(-1)})
    refused = refusal_of(
        corrections.propose_correction, store, by=officer, update_id=1, figures=wrong, reason=" "
    )
    assert set(refused.fields) == {"reason", f"actuals.{FAIRS}"}
    assert refusal_of(_propose, store, 5).messages[0].key == "correction.same_figures"
    assert refusal_of(_propose, store, 4, "长" * (LIMIT + 1)).fields == ("reason",)


def test_one_correction_of_an_update_is_under_way_at_a_time(store):
    correction_id = _propose(store)
    assert refusal_of(_propose, store, 3).messages[0].key == "correction.already_asked"
    corrections.withdraw_correction(store, by=people().officer, correction_id=correction_id)
    _propose(store, 3)


def test_a_refusal_carries_its_reason_and_changes_nothing(store):
    correction_id = _propose(store)
    corrections.sign_correction(store, by=people().signatory, correction_id=correction_id)
    asked = {"by": people().member, "correction_id": correction_id}
    assert refusal_of(corrections.refuse_correction, store, **asked, reason=" ").fields == ("reason",)
    corrections.refuse_correction(store, **asked, reason="证据不足")
    assert _done(store, NEWEST) == [500, 300]
    told = notifications_frame(store, by=people().officer)["message"].tolist()
    assert "notification.correction_refused" in told
    again = refusal_of(corrections.approve_correction, store, **asked)
    assert again.messages[0].key == "workflow.not_allowed"


def test_what_is_not_signed_stays_inside_its_authority(store):
    correction_id = _propose(store)
    member = Scope(None, own=frozenset())
    assert corrections_frame(store, member, notice_id=1).empty
    assert len(corrections_frame(store, NORTHERN, notice_id=1)) == 1
    with pytest.raises(NotFound):
        correction_sheet(store, member, correction_id=correction_id)
    corrections.sign_correction(store, by=people().signatory, correction_id=correction_id)
    assert len(corrections_frame(store, member, notice_id=1)) == 1
    assert (
        "notification.correction_requested"
        in notifications_frame(store, by=people().member)["message"].tolist()
    )


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"period_id": FIRST_QUARTER}, 1),
        ({"period_id": 2}, 0),
        ({"unit_id": NORTH}, 1),
        ({"unit_id": SOUTH}, 0),
        ({"status": CorrectionStatus.DRAFT}, 1),
        ({"status": CorrectionStatus.APPROVED}, 0),
    ],
)
def test_the_register_is_narrowed(store, where, found):
    _propose(store)
    assert len(corrections_frame(store, NATION, notice_id=1, **where)) == found


def test_a_corrected_update_may_be_corrected_again(store):
    _approved(store)
    with store.read() as session:
        newest = session.exec(select(Correction)).one().corrected_update_id
    assert newest
    correction_id = _propose(store, 3, update_id=newest)
    corrections.sign_correction(store, by=people().signatory, correction_id=correction_id)
    corrections.approve_correction(store, by=people().member, correction_id=correction_id)
    assert (_done(store, PUBLISHED), _done(store, NEWEST)) == ([500, 300], [300, 300])


def test_a_correction_takes_no_reports(store):
    refused = refusal_of(
        updates.save_progress_update,
        store,
        by=people().officer,
        task_id=1,
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(4),
    )
    assert refused.messages[0].key == "period.not_open.frozen"


def test_an_approved_correction_is_no_report(store):
    before = row(store, Task, 1).last_reported_on
    _approved(store)
    (newest,) = rows(store, Correction)
    assert row(store, Task, 1).last_reported_on == before == date(YEAR, 3, 15)
    correction_id = _propose(store, 3, update_id=newest.corrected_update_id)
    corrections.sign_correction(store, by=people().signatory, correction_id=correction_id)
    corrections.approve_correction(store, by=people().member, correction_id=correction_id)
    assert row(store, Task, 1).last_reported_on == before
    period = {"period_id": FIRST_QUARTER}
    assert ledger_frame(store, NATION, **period)["submitted_on"].tolist() == [before, before]


def test_the_signatory_sends_a_proposal_back_with_a_reason(store):
    correction_id = _propose(store)
    asked = {"by": people().signatory, "correction_id": correction_id}
    assert open_correction(store, NORTHERN, update_id=1) == correction_id
    assert refusal_of(corrections.send_back_correction, store, **asked, reason=" ").fields == ("reason",)
    corrections.send_back_correction(store, **asked, reason="请附统计表")
    sent_back = row(store, Correction, correction_id)
    assert (sent_back.status, sent_back.ruling) == (CorrectionStatus.WITHDRAWN, "请附统计表")
    assert open_correction(store, NORTHERN, update_id=1) is None
    assert _propose(store) > correction_id


def test_an_unsigned_proposal_is_found_by_its_own_authority_only(store):
    _propose(store)
    southern = Scope(frozenset({SOUTH}), own=frozenset({SOUTH}))
    assert open_correction(store, southern, update_id=1) is None
