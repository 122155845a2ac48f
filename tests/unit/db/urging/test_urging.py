"""Urging slips from issue to answer, one level after the other, and what each list shows of them."""

from datetime import date, timedelta

import pytest

from db.authorities.scope import NATION, scope_of
from db.home.oversight_counts import oversight_counts
from db.home.queries import notifications_frame, waiting
from db.store import NotFound, Store
from db.tables import IssuedPaper, Task, UrgingSlip
from db.urging import actions as acts
from db.urging.candidates import candidates_frame, count_candidates
from db.urging.queries import (
    SlipFilter,
    count_slips,
    open_slips_frame,
    slip_sheet,
    slips_frame,
    urging_of,
)
from tests.conftest import beginning
from tests.support.factories import (
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
from tests.support.templates import empty_store
from tests.support.trail import last_event, only, row
from tracking.messages import Refusal, refusal
from tracking.permissions import Scope
from tracking.urging import check_can_issue
from tracking.vocabulary import SlipGround, SlipLevel, SlipStatus

FILED = date(YEAR, 3, 20)
# The first quarter's window is over and the fairs, none of them reported, are more than 30 points behind.
DAY = date(YEAR, 5, 4)
BY = date(YEAR, 5, 14)
AFTER = date(YEAR, 5, 15)
DEMAND = {"demand": "请反馈"}
OPEN_CANDIDATES = {"notice_id": 1, "year": YEAR}


def one_that_falls_behind(store: Store) -> None:
    empty_store(store)
    with at(FILED):
        small_country(store)
        filed_plan(store)


store = beginning(one_that_falls_behind)
blank = beginning(empty_store)


@pytest.fixture
def task_id() -> int:
    return 1


def _issue(store: Store, task_id: int, day: date = DAY, answer_by: date = BY) -> int:
    with at(day):
        return acts.issue_slips(store, by=people().member, task_ids=[task_id], answer_by=answer_by, **DEMAND)[
            0
        ]


def test_a_slip_is_issued_acknowledged_answered_and_met(store: Store, task_id: int):
    cast = people()
    slip_id = _issue(store, task_id)
    slip = row(store, UrgingSlip, slip_id)
    assert (slip.level, slip.status, slip.ground) == (SlipLevel.BLUE, SlipStatus.ISSUED, SlipGround.BEHIND)
    with at(DAY + timedelta(1)):
        acts.acknowledge_slips(store, by=cast.signatory, slip_ids=[slip_id])
        acts.answer_slip(store, by=cast.officer, slip_id=slip_id, answer=" 已增加人手 ")
        acts.meet_slips(store, by=cast.member, slip_ids=[slip_id], note="属实")
    slip = slip_sheet(store, NATION, slip_id=slip_id)
    assert slip["status"] is SlipStatus.MET
    people_said = [slip[name] for name in ("issued_by", "acknowledged_by", "answered_by", "closed_by")]
    assert people_said == ["member", "signatory", "officer", "member"]
    assert (slip["demand"], slip["answer"], slip["closing"]) == ("请反馈", "已增加人手", "属实")
    assert last_event(store).action == "meet_slip"


def test_orange_is_possible_only_after_blue_went_unmet_and_red_only_after_orange(store: Store, task_id: int):
    first = _issue(store, task_id)
    with pytest.raises(Refusal, match="任务 1：该任务已有蓝色催办单在办，答复时限 2026-05-14"):
        _issue(store, task_id, BY, AFTER + timedelta(9))
    second = _issue(store, task_id, AFTER, AFTER + timedelta(9))
    assert row(store, UrgingSlip, second).level is SlipLevel.ORANGE
    assert row(store, UrgingSlip, first).status is SlipStatus.ESCALATED
    third = _issue(store, task_id, AFTER + timedelta(10), AFTER + timedelta(20))
    assert row(store, UrgingSlip, third).level is SlipLevel.RED
    with pytest.raises(Refusal, match="已是最高等级"):
        _issue(store, task_id, AFTER + timedelta(21), AFTER + timedelta(30))
    levels = slips_frame(store, NATION, task_id=task_id)["level"].tolist()
    assert levels == [SlipLevel.RED, SlipLevel.ORANGE, SlipLevel.BLUE]


def test_after_a_slip_was_met_or_withdrawn_the_next_is_blue_again(store: Store, task_id: int):
    cast = people()
    acts_on = {"met": lambda key: acts.meet_slips(store, by=cast.member, slip_ids=[key])}
    acts_on["withdrawn"] = lambda key: acts.withdraw_slip(store, by=cast.member, slip_id=key, reason="有误")
    for status, close in acts_on.items():
        slip_id = _issue(store, task_id)
        with at(DAY):
            close(slip_id)
        assert row(store, UrgingSlip, slip_id).status == status
    assert row(store, UrgingSlip, _issue(store, task_id)).level is SlipLevel.BLUE


def test_several_are_issued_together_or_none(blank: Store):
    with at(FILED):
        small_country(blank)
        first, second = filed_plan(blank, fair_task(), typed_task(2, starts_on=date(YEAR, 4, 1)))
    asked = {"by": people().member, "answer_by": BY, **DEMAND}
    with at(DAY):
        with pytest.raises(Refusal, match="任务 2：该任务未逾期"):
            acts.issue_slips(blank, task_ids=[first, second], **asked)
        assert slips_frame(blank, NATION).empty
        assert len(acts.issue_slips(blank, task_ids=[first, first], **asked)) == 1


@pytest.mark.parametrize(
    ("changed", "field"), [({"demand": " "}, "demand"), ({"answer_by": DAY}, "answer_by")]
)
def test_a_slip_says_what_is_demanded_by_a_day_to_come(store: Store, task_id: int, changed, field):
    asked = {"by": people().member, "task_ids": [task_id], "answer_by": BY, **DEMAND, **changed}
    with at(DAY), pytest.raises(Refusal) as refused:
        acts.issue_slips(store, **asked)
    assert refused.value.fields == (field,)


def test_an_answer_follows_the_receipt_and_a_withdrawal_needs_its_reason(store: Store, task_id: int):
    cast = people()
    slip_id = _issue(store, task_id)
    with at(DAY):
        with pytest.raises(Refusal, match="“已发出”状态，不能答复"):
            acts.answer_slip(store, by=cast.officer, slip_id=slip_id, answer="已办")
        with pytest.raises(Refusal, match="请写明原因"):
            acts.withdraw_slip(store, by=cast.member, slip_id=slip_id, reason="")
        acts.acknowledge_slips(store, by=cast.officer, slip_ids=[slip_id])
        with pytest.raises(Refusal, match="不能签收"):
            acts.acknowledge_slips(store, by=cast.officer, slip_ids=[slip_id])


def test_each_side_is_told_what_the_other_did(store: Store, task_id: int):
    cast = people()
    slip_id = _issue(store, task_id)
    told = next(notifications_frame(store, by=cast.signatory).itertuples())
    assert (told.message, told.link) == ("notification.slip_issued", f"urging?slip={slip_id}")
    with at(DAY):
        acts.acknowledge_slips(store, by=cast.signatory, slip_ids=[slip_id])
        acts.answer_slip(store, by=cast.signatory, slip_id=slip_id, answer="已办")
    assert list(notifications_frame(store, by=cast.member)["message"]) == ["notification.slip_answered"]


def _waiting(store: Store, by) -> dict[str, tuple[int, date | None]]:
    lines = waiting(store, scope_of(store, by), by)
    return {line.kind: (line.count, line.oldest_on) for line in lines if line.kind.startswith("slips_")}


def test_home_says_to_each_side_what_is_to_be_done_about_slips(store: Store, task_id: int):
    cast = people()
    slip_id = _issue(store, task_id)
    with at(DAY):
        assert _waiting(store, cast.officer) == {"slips_to_acknowledge": (1, DAY)}
        assert _waiting(store, cast.southerner) == _waiting(store, cast.member) == {}
        acts.acknowledge_slips(store, by=cast.signatory, slip_ids=[slip_id])
        assert _waiting(store, cast.signatory) == {"slips_to_answer": (1, DAY)}
        acts.answer_slip(store, by=cast.officer, slip_id=slip_id, answer="已办")
        assert _waiting(store, cast.officer) == {}
        assert _waiting(store, cast.member) == {"slips_answered": (1, DAY)}
    with at(AFTER):
        assert _waiting(store, cast.member) == {"slips_answered": (1, DAY), "slips_unmet": (1, BY)}


def test_beside_the_page_stands_how_many_slips_wait_each_once(store: Store, task_id: int):
    cast = people()
    slip_id = _issue(store, task_id)
    with at(AFTER):
        assert oversight_counts(store, by=cast.officer) == {"urging": 1, "difficulties": 0}
        acts.acknowledge_slips(store, by=cast.signatory, slip_ids=[slip_id])
        acts.answer_slip(store, by=cast.officer, slip_id=slip_id, answer="已办")
        assert oversight_counts(store, by=cast.officer) == {"urging": 0, "difficulties": 0}
        assert oversight_counts(store, by=cast.member) == {"urging": 1, "difficulties": 0}
        assert oversight_counts(store, by=cast.leader) == {}


def test_open_slips_are_counted_by_unit_or_measure_and_level(store: Store, task_id: int):
    _issue(store, task_id)
    with at(AFTER):
        (line,) = open_slips_frame(store, NATION).to_dict("records")
        assert line == {
            "key": NORTH,
            "name": "北省",
            "level": SlipLevel.BLUE,
            "slips": 1,
            "unsigned": 1,
            "unmet": 1,
            "unanswered": 1,
        }
        (line,) = open_slips_frame(store, NATION, by_measure=True).itertuples()
        assert (line.key, line.name) == (1, "举措1")
    with at(BY):
        assert open_slips_frame(store, NATION)["unmet"].tolist() == [0]


def test_slips_are_narrowed_by_how_they_stand_level_and_unit(store: Store, task_id: int):
    slip_id = _issue(store, task_id)
    expected = {
        SlipFilter.OPEN: 1,
        SlipFilter.UNSIGNED: 1,
        SlipFilter.UNMET: 1,
        SlipFilter.CLOSED: 0,
        SlipFilter.ALL: 1,
    }
    with at(AFTER):
        found = {standing: count_slips(store, NATION, standing=standing) for standing in SlipFilter}
        assert found == expected
        assert slips_frame(store, NATION, level=SlipLevel.RED).empty
        assert slips_frame(store, NATION, unit_id=NORTH, most=1)["slip_id"].tolist() == [slip_id]
        acts.acknowledge_slips(store, by=people().officer, slip_ids=[slip_id])
        assert (
            count_slips(store, NATION, standing=SlipFilter.UNSIGNED, unit_id=NORTH, level=SlipLevel.BLUE) == 0
        )


def test_the_slips_of_others_are_out_of_reach(store: Store, task_id: int):
    slip_id = _issue(store, task_id)
    south = Scope(frozenset({SOUTH}))
    assert slips_frame(store, south).empty
    assert open_slips_frame(store, south).empty
    for read in (
        lambda: slip_sheet(store, south, slip_id=slip_id),
        lambda: urging_of(store, south, task_id=task_id),
        lambda: urging_of(store, NATION, task_id=99),
    ):
        with pytest.raises(NotFound):
            read()


def test_candidates_are_exactly_the_tasks_that_the_rule_allows(blank: Store):
    """Every day of the year, with slips in every state in between."""
    with at(FILED):
        small_country(blank)
        fairs, typed, late, done = filed_plan(
            blank,
            fair_task(),
            typed_task(2),
            typed_task(3, due_on=date(YEAR, 4, 30)),
            typed_task(2, title="已完成"),
        )
        accepted(blank, done, fairs_held(0, actuals={}, typed_permille=1000))
        accepted(blank, typed, fairs_held(0, actuals={}, typed_permille=500))
    _issue(blank, fairs)
    _issue(blank, late, date(YEAR, 5, 6), date(YEAR, 5, 30))
    for day in (FILED, DAY, BY, AFTER, date(YEAR, 6, 1), date(YEAR, 7, 20), date(YEAR, 12, 31)):
        with at(day):
            frame = candidates_frame(blank, NATION, **OPEN_CANDIDATES)
            assert set(frame["task_id"]) == {
                key for key in (fairs, typed, late, done) if _allowed(blank, key, day)
            }
            assert count_candidates(blank, NATION, **OPEN_CANDIDATES) == len(frame)


def _allowed(store: Store, task_id: int, day: date) -> bool:
    urging = urging_of(store, NATION, task_id=task_id)
    return refusal(check_can_issue, urging.task, urging.last, today=day, window=urging.window) is None


def test_the_worst_candidate_stands_first_with_its_level_and_why(blank: Store):
    with at(FILED):
        small_country(blank)
        fairs, late, silent = filed_plan(
            blank,
            fair_task(),
            typed_task(3, due_on=date(YEAR, 4, 30)),
            typed_task(2, starts_on=date(YEAR, 3, 1)),
        )
    _issue(blank, fairs)
    with at(AFTER):
        frame = candidates_frame(blank, NATION, **OPEN_CANDIDATES)
        assert frame["task_id"].tolist() == [fairs, late, silent]
        assert frame["level"].tolist() == [SlipLevel.ORANGE, SlipLevel.BLUE, SlipLevel.BLUE]
        assert frame["ground"].tolist() == [SlipGround.BEHIND, SlipGround.OVERDUE, SlipGround.SILENT]
        assert frame["since_on"].tolist()[1:] == [date(YEAR, 4, 30), date(YEAR, 3, 1)]
        assert frame["last_level"].tolist()[0] == SlipLevel.BLUE
        orange = candidates_frame(
            blank, NATION, level=SlipLevel.ORANGE, unit_id=NORTH, most=5, **OPEN_CANDIDATES
        )
        assert orange["task_id"].tolist() == [fairs]
        assert candidates_frame(blank, NATION, task_id=late, **OPEN_CANDIDATES)["task_number"].tolist() == [2]
        assert candidates_frame(blank, Scope(frozenset({SOUTH})), **OPEN_CANDIDATES).empty


def test_a_task_that_reports_is_no_longer_silent(blank: Store):
    with at(FILED):
        small_country(blank)
        (task_id,) = filed_plan(blank, typed_task(2, starts_on=date(YEAR, 3, 1)))
    with at(DAY):
        assert candidates_frame(blank, NATION, **OPEN_CANDIDATES)["ground"].tolist() == [SlipGround.SILENT]
    with at(date(YEAR, 4, 10)):
        accepted(blank, task_id, fairs_held(0, actuals={}, typed_permille=300))
    with at(DAY):
        assert candidates_frame(blank, NATION, **OPEN_CANDIDATES).empty
        assert row(blank, Task, task_id).last_reported_on == date(YEAR, 4, 10)


def test_a_slip_is_audited_for_its_authority(store: Store, task_id: int):
    _issue(store, task_id)
    event = last_event(store)
    assert (event.action, event.authority_id) == ("issue_slip", NORTH)
    paper = only(store, IssuedPaper).sha256
    told = {"task_id": task_id, "level": "blue", "ground": "behind", "paper_sha256": paper}
    assert event.detail == told
