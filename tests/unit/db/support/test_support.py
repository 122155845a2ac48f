"""Who takes part in tasks of others: told from the words of a plan, said what was done, contested and ruled on."""

from datetime import date, timedelta

import pytest

from db.authorities.scope import NATION, scope_of
from db.home.queries import waiting
from db.home.waiting import waiting_counts
from db.identity import SignedIn
from db.plans import actions as plans
from db.plans.queries import plan_sheet
from db.plans.supporters import names_of_authorities
from db.store import NotFound, Store
from db.support import actions as acts
from db.support.queries import (
    contests_frame,
    contributions_frame,
    parts_frame,
    reported_periods_frame,
    scope_as_supporter,
)
from db.support.rows import ContestRow, ContributionRow, PartRow
from db.tables import Contest, Contribution, TaskSupport
from db.tasks.sheets import task_sheet
from db.typed_rows import rows_as
from tests.conftest import beginning
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SOUTH,
    TOWN,
    YEAR,
    amended,
    another_unit,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
    suspended,
    typed_task,
)
from tests.support.trail import last_event, row, rows
from tests.unit.db.test_typed_rows import misfits
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.support import ContestStatus, ContestSubject, SupportRole
from tracking.vocabulary import Role

DAY = date(YEAR, 3, 20)
EAST = 4
SOUTHERN, EASTERN = Scope(frozenset({SOUTH})), Scope(frozenset({EAST}))
TASK, OTHER_TASK = 1, 2


def _begin(store: Store) -> None:
    with at(DAY):
        small_country(store)
        another_unit(store)
        filed_plan(
            store,
            fair_task(supporting_units="南市、规划处，东省主管部门"),
            typed_task(2, lead_unit="东省", supporting_units="东省、北省"),
        )


store = beginning(_begin)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY):
        yield


def southerner() -> SignedIn:
    return people().southerner


def easterner() -> SignedIn:
    return SignedIn(3, "东", EAST, frozenset({Role.REPORTING_OFFICER}), "east")


def parts(store: Store, scope: Scope) -> list[PartRow]:
    return rows_as(PartRow, parts_frame(store, scope))


def contest(store: Store, **changed: object) -> int:
    asked = {"task_id": TASK, "authority_id": SOUTH, "subject": ContestSubject.PART, "reason": "未参加"}
    return acts.contest_part(store, by=southerner(), **{**asked, **changed})


def test_names_of_authorities_are_told_from_the_words_and_others_stay_words(store: Store):
    found = {(one.task_revision_id, one.authority_id): one.role for one in rows(store, TaskSupport)}
    assert found == {
        (1, SOUTH): SupportRole.SUPPORT,
        (1, EAST): SupportRole.SUPPORT,
        (2, EAST): SupportRole.LEAD,
    }
    draft = plan_sheet(store, NATION, revision_id=1).tasks[0].draft
    assert draft.supporting_units == "南市、规划处，东省主管部门"


def test_the_names_that_are_offered_are_those_of_standing_others(store: Store):
    named = names_of_authorities(store, on=DAY, but=NORTH)
    assert named["南市"] == named["南市主管部门"] == {SOUTH}
    assert "北省" not in named


def test_an_amendment_keeps_who_takes_part_and_changes_them_with_the_words(store: Store):
    copied = plans.revise_plan(store, by=people().officer, plan_id=1, reason="调整")
    assert len(rows(store, TaskSupport)) == 6
    sheet = plan_sheet(store, NATION, revision_id=copied)
    plans.request_plan_sign_off(store, by=people().officer, revision_id=copied)
    plans.sign_off_plan(store, by=people().signatory, revision_id=copied)
    plans.submit_plan(store, by=people().officer, revision_id=copied)
    plans.file_plan(store, by=people().member, revision_id=copied)
    assert [part.task_id for part in parts(store, SOUTHERN)] == [sheet.tasks[0].task_id]
    amended(store, 1, fair_task(supporting_units="规划处"))
    assert parts(store, SOUTHERN) == []


def test_the_supporting_side_sees_its_part_of_an_open_period_and_what_it_has_still_to_say(store: Store):
    (part,) = parts(store, SOUTHERN)
    assert (part.task_id, part.role, part.authority_id) == (TASK, SupportRole.SUPPORT, NORTH)
    assert (part.period_id, part.words, part.submitted) == (FIRST_QUARTER, None, False)
    assert [part.role for part in parts(store, EASTERN)] == [SupportRole.SUPPORT, SupportRole.LEAD]
    assert "parts_to_write" in {line.kind for line in waiting(store, SOUTHERN, southerner())}
    assert parts(store, Scope(frozenset({NORTH}))) == []


def test_whoever_takes_part_reads_that_task_and_no_other_of_the_unit(store: Store):
    scope = scope_as_supporter(store, SOUTHERN, task_id=TASK)
    assert task_sheet(store, scope, task_id=TASK).row["authority_id"] == NORTH
    assert (scope.drafts_of, scope.own) == (frozenset(), frozenset())
    for reader, task_id in ((SOUTHERN, OTHER_TASK), (Scope(frozenset({TOWN})), TASK), (SOUTHERN, 99)):
        with pytest.raises(NotFound):
            scope_as_supporter(store, reader, task_id=task_id)
    assert not scope_of(store, southerner()).covers(NORTH)


def test_what_is_added_is_kept_in_versions_told_and_read_by_the_lead(store: Store):
    said = {"by": southerner(), "task_id": TASK, "period_id": FIRST_QUARTER, "authority_id": SOUTH}
    acts.add_contribution(store, words="派三人", **said)
    acts.add_contribution(store, words=" 派五人 ", **said)
    assert last_event(store).action == "add_contribution"
    (read,) = rows_as(ContributionRow, contributions_frame(store, Scope(frozenset({NORTH})), task_id=TASK))
    assert (read.words, read.authority_id) == ("派五人", SOUTH)
    assert contributions_frame(store, Scope(frozenset({TOWN})), task_id=TASK).empty
    assert len(contributions_frame(store, NATION, task_id=TASK, period_id=FIRST_QUARTER)) == 1
    assert parts(store, SOUTHERN)[0].words == "派五人"
    assert "parts_to_write" not in {line.kind for line in waiting(store, SOUTHERN, southerner())}


def test_nothing_is_added_to_a_submitted_report_or_by_others(store: Store):
    said = {"by": southerner(), "task_id": TASK, "period_id": FIRST_QUARTER, "authority_id": SOUTH}
    with pytest.raises(Refusal) as refused:
        acts.add_contribution(store, words=" ", **said)
    assert refused.value.fields == ("words",)
    with pytest.raises(Refusal, match="任务"):
        acts.add_contribution(store, words="派人", **{**said, "task_id": OTHER_TASK})
    reported(store, TASK, fairs_held(1))
    with pytest.raises(Refusal, match="已经报送"):
        acts.add_contribution(store, words="派人", **said)
    assert parts(store, SOUTHERN)[0].submitted


def test_nothing_is_added_for_a_period_that_does_not_ask(store: Store):
    late = {"by": southerner(), "task_id": TASK, "authority_id": SOUTH, "words": "派人"}
    with at(date(YEAR, 5, 20)), pytest.raises(Refusal):
        acts.add_contribution(store, period_id=FIRST_QUARTER, **late)


def test_nothing_is_added_to_a_suspended_task(store: Store):
    suspended(store, TASK)
    said = {"by": southerner(), "task_id": TASK, "period_id": FIRST_QUARTER, "authority_id": SOUTH}
    with pytest.raises(Refusal) as refused:
        acts.add_contribution(store, words="派人", **said)
    assert refused.value.messages[0].key == "progress.task_not_in_force"
    assert rows(store, Contribution) == []


def test_a_part_is_contested_answered_maintained_and_upheld(store: Store):
    key = contest(store)
    with pytest.raises(Refusal, match="未办结"):
        contest(store)
    (waits,) = [one for one in waiting(store, NATION, people().officer) if one.kind == "contests_to_answer"]
    assert (waits.page, waits.count) == ("extensions", 1)
    acts.answer_contest(store, by=people().officer, contest_id=key, answer="有会议纪要")
    assert waiting_counts(store, by=southerner())["extensions"] == 1
    acts.maintain_contest(store, by=southerner(), contest_id=key)
    assert waiting_counts(store, by=people().member)["extensions"] == 1
    acts.rule_contest(store, by=people().member, contest_id=key, upheld=True, ruling="未列入分工")
    assert row(store, Contest, key).status is ContestStatus.UPHELD
    assert parts(store, SOUTHERN) == []
    with pytest.raises(NotFound):
        scope_as_supporter(store, SOUTHERN, task_id=TASK)
    (read,) = rows_as(ContestRow, contests_frame(store, SOUTHERN))
    assert (read.supporter_id, read.authority_id, read.ruling) == (SOUTH, NORTH, "未列入分工")


def test_what_was_reported_is_contested_once_it_was_submitted_and_may_be_dropped_or_dismissed(store: Store):
    about = {"subject": ContestSubject.REPORT, "period_id": FIRST_QUARTER}
    with pytest.raises(Refusal, match="还没有报送"):
        contest(store, **about)
    reported(store, TASK, fairs_held(1))
    key = contest(store, **about)
    assert reported_periods_frame(store, NATION, task_id=TASK)["period_id"].tolist() == [FIRST_QUARTER]
    acts.withdraw_contest(store, by=southerner(), contest_id=key)
    again = contest(store, **about)
    acts.rule_contest(store, by=people().member, contest_id=again, upheld=False, ruling="与纪要一致")
    assert len(parts(store, SOUTHERN)) == 1
    assert len(contests_frame(store, EASTERN)) == 0
    assert contests_frame(store, NATION, task_id=TASK, still_open=True).empty
    found = contests_frame(store, NATION)
    assert [one.status for one in rows_as(ContestRow, found)] == ["dismissed", "withdrawn"]
    assert misfits(ContestRow, found) == []


def test_the_frames_are_what_their_row_types_say(store: Store):
    acts.add_contribution(
        store, by=easterner(), task_id=TASK, period_id=FIRST_QUARTER, authority_id=EAST, words="出资"
    )
    assert misfits(PartRow, parts_frame(store, NATION)) == []
    assert misfits(ContributionRow, contributions_frame(store, NATION, task_id=TASK)) == []
    assert len(parts_frame(store, EASTERN, task_id=OTHER_TASK)) == 1
    with at(DAY + timedelta(120)):
        assert {part.period_id for part in parts(store, NATION)} != {FIRST_QUARTER}
