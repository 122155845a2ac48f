"""Difficulties from an update to the working group and back: each step with its event, its notice and who may."""

from datetime import date, timedelta

import pytest

from db.authorities.scope import NATION, scope_of
from db.difficulties import actions as acts
from db.difficulties.queries import (
    DifficultyFilter,
    count_difficulties,
    difficulties_frame,
    difficulty_events_frame,
    difficulty_sheet,
    members_frame,
    open_difficulties_frame,
    raised_of,
)
from db.home.queries import notifications_frame, waiting
from db.store import NotFound, Store
from db.tables import Difficulty
from db.updates import actions as updates, reviews
from tests.conftest import beginning
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    YEAR,
    at,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
)
from tests.support.templates import empty_store
from tests.support.trail import last_event, row
from tracking.difficulties import DifficultyCause, DifficultyStep
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.vocabulary import DifficultyStatus

DAY = date(YEAR, 3, 20)
TOLD = {"difficulties": "签证办理时间较长"}
MEMBER_ID = 4
SOUTH_SCOPE = Scope(frozenset({SOUTH}))


def one_update(store: Store) -> None:
    empty_store(store)
    with at(DAY):
        small_country(store)
        (task_id,) = filed_plan(store)
        reported(store, task_id, fairs_held(1, **TOLD))


store = beginning(one_update)
blank = beginning(empty_store)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY):
        yield


@pytest.fixture
def update_id() -> int:
    return 1


@pytest.fixture
def raised(store: Store, update_id: int) -> int:
    return acts.raise_difficulty(
        store, by=people().officer, update_id=update_id, cause=DifficultyCause.OTHER, request=" 请协调签证 "
    )


def _status(store: Store, difficulty_id: int) -> DifficultyStatus:
    return row(store, Difficulty, difficulty_id).status


def _answered(store: Store, difficulty_id: int) -> None:
    cast = people()
    acts.assign_difficulty(store, by=cast.member, difficulty_id=difficulty_id, handler_id=MEMBER_ID)
    acts.answer_difficulty(store, by=cast.member, difficulty_id=difficulty_id, answer="已协调")


def test_a_difficulty_is_raised_assigned_answered_and_confirmed(store: Store, raised: int):
    _answered(store, raised)
    assert _status(store, raised) is DifficultyStatus.ANSWERED
    acts.confirm_difficulty(store, by=people().signatory, difficulty_id=raised)
    found = difficulty_sheet(store, NATION, difficulty_id=raised)
    assert (found["status"], found["handler"]) == (DifficultyStatus.CLOSED, "member")
    assert (found["description"], found["year"], found["number"]) == (TOLD["difficulties"], YEAR, 1)
    assert found["closed_at"] is not None
    events = difficulty_events_frame(store, NATION, difficulty_id=raised)
    assert events["step"].tolist() == [
        DifficultyStep.RAISED,
        DifficultyStep.ASSIGNED,
        DifficultyStep.ANSWERED,
        DifficultyStep.CONFIRMED,
    ]
    assert events["words"].tolist() == ["请协调签证", "", "已协调", ""]
    assert events["officer_name"].tolist() == ["officer", "member", "member", "signatory"]
    assert (last_event(store).action, last_event(store).authority_id) == ("confirm_difficulty", NORTH)


def test_a_member_raises_one_from_the_review_and_the_unit_is_told(store: Store, update_id: int):
    cast = people()
    difficulty_id = acts.raise_difficulty(
        store, by=cast.member, update_id=update_id, cause=DifficultyCause.OTHER
    )
    told = next(notifications_frame(store, by=cast.officer).itertuples())
    link = f"difficulties?difficulty={difficulty_id}"
    assert (told.message, told.link) == ("notification.difficulty_raised", link)


def test_what_has_not_left_its_authority_is_not_raised(blank: Store):
    small_country(blank)
    (task_id,) = filed_plan(blank)
    draft = updates.save_progress_update(
        blank,
        by=people().officer,
        task_id=task_id,
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(1, **TOLD),
    )
    with pytest.raises(Refusal, match="尚未报送"):
        acts.raise_difficulty(blank, by=people().officer, update_id=draft, cause=DifficultyCause.OTHER)


def test_a_task_has_one_open_difficulty_at_a_time(store: Store, update_id: int, raised: int):
    cast = people()
    with pytest.raises(Refusal, match="已提请过"):
        acts.raise_difficulty(store, by=cast.officer, update_id=update_id, cause=DifficultyCause.OTHER)
    reviews.accept_progress_update(store, by=cast.member, update_id=update_id)
    with at(date(YEAR, 4, 20)):
        later = reported(store, 1, fairs_held(2, **TOLD), SECOND_QUARTER)
        assert raised_of(store, NATION, update_id=later).open_already
        assert raised_of(store, NATION, update_id=later).difficulty_id == raised
        with pytest.raises(Refusal, match="已有未办结"):
            acts.raise_difficulty(store, by=cast.officer, update_id=later, cause=DifficultyCause.OTHER)
        acts.close_difficulty(store, by=cast.member, difficulty_id=raised, reason="已有政策")
        second = acts.raise_difficulty(store, by=cast.officer, update_id=later, cause=DifficultyCause.OTHER)
        with pytest.raises(Refusal, match="已有未办结"):
            acts.reopen_difficulty(store, by=cast.officer, difficulty_id=raised, reason="仍未解决")
    assert second != raised


def test_only_a_member_of_the_working_group_sees_to_it(store: Store, raised: int):
    with pytest.raises(Refusal, match="officer不是工作组成员") as refused:
        acts.assign_difficulty(store, by=people().member, difficulty_id=raised, handler_id=1)
    assert refused.value.fields == ("handler_id",)
    assert members_frame(store)["name"].tolist() == ["member"]


def test_closing_and_reopening_need_their_reason(store: Store, raised: int):
    cast = people()
    with pytest.raises(Refusal, match="请写明原因"):
        acts.close_difficulty(store, by=cast.member, difficulty_id=raised, reason=" ")
    acts.close_difficulty(store, by=cast.member, difficulty_id=raised, reason="已有政策")
    with pytest.raises(Refusal, match="请写明原因"):
        acts.reopen_difficulty(store, by=cast.officer, difficulty_id=raised, reason="")
    acts.reopen_difficulty(store, by=cast.officer, difficulty_id=raised, reason="仍未解决")
    found = row(store, Difficulty, raised)
    assert (found.status, found.closed_at, found.handler_id) == (DifficultyStatus.RAISED, None, None)


def test_an_answer_that_does_not_solve_it_is_sent_back(store: Store, raised: int):
    _answered(store, raised)
    acts.reopen_difficulty(store, by=people().officer, difficulty_id=raised, reason="仍未解决")
    assert _status(store, raised) is DifficultyStatus.RAISED
    assert (
        next(iter(notifications_frame(store, by=people().member)["message"]))
        == "notification.difficulty_reopened"
    )


def test_a_step_out_of_turn_is_refused(store: Store, raised: int):
    cast = people()
    with pytest.raises(Refusal, match="“待分办”状态，不能答复"):
        acts.answer_difficulty(store, by=cast.member, difficulty_id=raised, answer="已协调")
    with pytest.raises(Refusal, match="不能确认解决"):
        acts.confirm_difficulty(store, by=cast.officer, difficulty_id=raised)


def _waiting(store: Store, by) -> dict[str, tuple[int, date | None]]:
    lines = waiting(store, scope_of(store, by), by)
    return {
        line.kind: (line.count, line.oldest_on) for line in lines if line.kind.startswith("difficulties_")
    }


def test_home_says_whose_turn_it_is(store: Store, raised: int):
    cast = people()
    assert _waiting(store, cast.member) == {"difficulties_to_assign": (1, DAY)}
    assert _waiting(store, cast.officer) == {}
    with at(DAY + timedelta(2)):
        acts.assign_difficulty(store, by=cast.member, difficulty_id=raised, handler_id=MEMBER_ID)
    with at(DAY + timedelta(9)):
        assert _waiting(store, cast.member) == {"difficulties_to_answer": (1, DAY + timedelta(2))}
        acts.answer_difficulty(store, by=cast.member, difficulty_id=raised, answer="已协调")
        assert _waiting(store, cast.member) == {}
        assert _waiting(store, cast.signatory) == {"difficulties_to_confirm": (1, DAY + timedelta(9))}
        assert _waiting(store, cast.southerner) == {}


@pytest.mark.parametrize(
    ("days", "band"), [(0, "fresh"), (7, "fresh"), (8, "weeks"), (30, "weeks"), (31, "long")]
)
def test_open_ones_are_counted_by_measure_age_and_state(store: Store, raised: int, days, band):
    with at(DAY + timedelta(days)):
        (line,) = open_difficulties_frame(store, NATION).to_dict("records")
    assert (line["key"], line["name"], line["band"], line["difficulties"]) == (1, "举措1", band, 1)
    assert line["status"] == DifficultyStatus.RAISED
    assert open_difficulties_frame(store, SOUTH_SCOPE).empty


def test_difficulties_are_narrowed_by_state_measure_and_unit(store: Store, raised: int):
    found = {standing: count_difficulties(store, NATION, standing=standing) for standing in DifficultyFilter}
    assert found == {
        **dict.fromkeys(DifficultyFilter, 0),
        DifficultyFilter.OPEN: 1,
        DifficultyFilter.RAISED: 1,
        DifficultyFilter.ALL: 1,
    }
    asked = {"measure_id": 1, "unit_id": NORTH}
    assert difficulties_frame(store, NATION, most=1, task_id=1, **asked)["difficulty_id"].tolist() == [raised]
    assert count_difficulties(store, NATION, measure_id=2) == 0


def test_the_difficulties_of_others_are_out_of_reach(store: Store, update_id: int, raised: int):
    assert difficulties_frame(store, SOUTH_SCOPE).empty
    assert difficulty_events_frame(store, SOUTH_SCOPE, difficulty_id=raised).empty
    for read in (
        lambda: difficulty_sheet(store, SOUTH_SCOPE, difficulty_id=raised),
        lambda: raised_of(store, SOUTH_SCOPE, update_id=update_id),
        lambda: raised_of(store, NATION, update_id=99),
    ):
        with pytest.raises(NotFound):
            read()
