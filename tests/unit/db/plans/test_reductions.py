"""Goals that an amendment makes smaller: registered, and no light improves by them unless the working group grants it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from sqlmodel import select

from db import clock
from db.authorities.scope import NATION
from db.figures import summaries
from db.moves.queries import MoveFilter, move_totals, moves_frame
from db.plans import actions as plans, moved_dates, task_actions
from db.plans.queries import plan_sheet
from db.store import Store
from db.tables import DateMove
from db.tasks.queries import task_frame
from db.updates.queries import report_item
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    SECOND_QUARTER,
    VISITORS,
    YEAR,
    accepted,
    amended,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    hand_in,
    people,
    small_country,
    typed_task,
)
from tests.support.trail import last_event, refusal_of
from tracking.validation import MilestoneDraft, TargetDraft, UpdateDraft, completion_of_draft
from tracking.vocabulary import Light, MoveKind

MARCH, MAY, END = date(YEAR, 3, 20), date(YEAR, 5, 20), date(YEAR, 12, 31)
STEPS = (
    MilestoneDraft(1, "签约", date(YEAR, 2, 28), 300),
    MilestoneDraft(2, "开工", date(YEAR, 6, 30), 300),
    MilestoneDraft(3, "运营", END, 400),
)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(MARCH):
        small_country(store)
        yield


def goal(**targets: int) -> tuple[TargetDraft, ...]:
    keys = {"fairs": FAIRS, "visitors": VISITORS}
    return tuple(TargetDraft(keys[name], END, Decimal(value)) for name, value in targets.items())


TEN = fair_task(targets=goal(fairs=10))


def shown(store: Store) -> tuple[int, Light]:
    """Completion and light of the one task, as every page shows them."""
    summaries.keep_current(store)
    (row,) = task_frame(store, NATION, notice_id=1, year=YEAR).to_dict("records")
    with store.read() as session:
        assert summaries.differences(session, known_at=clock.now()).empty
    return row["completion_permille"], Light(row["light"])


def registered(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        return [(str(move.kind), move.part) for move in session.exec(select(DateMove).order_by(DateMove.id))]


def reported(store: Store, task_id: int, count: int, period: int = SECOND_QUARTER, **more: object) -> None:
    accepted(store, task_id, fairs_held(count, explanation="如实", **more), period)


def test_a_lowered_target_leaves_the_light_where_it_was(store: Store):
    (task_id,) = filed_plan(store, TEN)
    reported(store, task_id, 2, FIRST_QUARTER)
    amended(store, 1, replace(TEN, targets=goal(fairs=4)))
    assert registered(store) == [("lowered", "展会 10 → 4 场")]
    with at(date(YEAR, 6, 30)):
        reported(store, task_id, 2 + 1)
        # 3 of the 10 that were filed, where 49 % is expected; 3 of 4 would be ahead
        assert shown(store) == (300, Light.AMBER)
    line = moves_frame(store, NATION, notice_id=1, year=YEAR).to_dict("records")[0]
    assert (line["changes_light"], line["days"], line["kind"]) == (False, None, MoveKind.LOWERED)
    item = report_item(store, NATION, task_id=task_id, period_id=SECOND_QUARTER)
    assert (item.facts.targets, item.facts.yardstick.targets) == ({FAIRS: Decimal(4)}, {FAIRS: Decimal(10)})


def test_what_the_working_group_grants_is_what_counts_from_then_on(store: Store):
    (task_id,) = filed_plan(store, TEN)
    amended(store, 1, replace(TEN, targets=goal(fairs=4), starts_on=MARCH), grant=True)
    assert last_event(store).detail["grant_reductions"] is True
    with at(date(YEAR, 6, 30)):
        reported(store, task_id, 3)
        assert shown(store) == (750, Light.GREEN)
    frame = moves_frame(store, NATION, notice_id=1, year=YEAR, where=MoveFilter(kind=MoveKind.LOWERED))
    assert frame["changes_light"].tolist() == [True]
    row = task_frame(store, NATION, notice_id=1, year=YEAR).to_dict("records")[0]
    assert row["starts_on"] == date(YEAR, 1, 1)  # a granted goal moves no date
    amended(store, 1, replace(TEN, targets=goal(fairs=1)))
    item = report_item(store, NATION, task_id=task_id, period_id=SECOND_QUARTER)
    assert item.facts.yardstick.targets == {FAIRS: Decimal(4)}


def test_an_indicator_that_is_given_up_counts_with_what_was_reached(store: Store):
    both = fair_task(targets=goal(fairs=10, visitors=100))
    (task_id,) = filed_plan(store, both)
    actuals = {FAIRS: Decimal(2), VISITORS: Decimal(40)}
    accepted(store, task_id, UpdateDraft(actuals=actuals, progress="起步"))
    assert shown(store)[0] == 300  # (20 % + 40 %) / 2
    amended(store, 1, replace(both, targets=goal(fairs=10)))
    assert registered(store) == [("lowered", "观众 100 → — 人次")]
    with at(MAY):
        reported(store, task_id, 6)
        assert shown(store)[0] == 500  # (60 % + 40 %) / 2
    amended(store, 1, replace(both, targets=goal(visitors=100)))
    item = report_item(store, NATION, task_id=task_id, period_id=SECOND_QUARTER)
    assert item.facts.yardstick.actuals == {FAIRS: Decimal(2)}  # of the quarter before


def test_a_milestone_that_is_given_up_is_still_to_be_reached(store: Store):
    stepped = typed_task(2, milestones=STEPS)
    (task_id,) = filed_plan(store, stepped)
    accepted(store, task_id, UpdateDraft(milestones_reached=frozenset({1}), progress="已签约"))
    amended(store, 1, replace(stepped, milestones=(replace(STEPS[1], share_permille=1000),)))
    assert registered(store) == [("lowered", "签约 → —"), ("lowered", "运营 → —")]
    with at(MAY):
        accepted(
            store,
            task_id,
            UpdateDraft(milestones_reached=frozenset({2}), progress="已开工", explanation="如实"),
            SECOND_QUARTER,
        )
        assert shown(store) == (600, Light.GREEN)


def dropped(store: Store) -> int:
    """The plan without its second task, on the working group's desk; gives the revision."""
    revision_id = plans.revise_plan(store, by=people().officer, plan_id=1, reason="政策调整")
    said = plan_sheet(store, NATION, revision_id=revision_id).tasks[1]
    task_actions.remove_task(store, by=people().officer, task_revision_id=said.task_revision_id)
    hand_in(store, people(), revision_id)
    return revision_id


def test_a_task_is_dropped_only_where_that_is_granted(store: Store):
    filed_plan(store, TEN, typed_task(2))
    revision_id = dropped(store)
    sheet = plan_sheet(store, NATION, revision_id=revision_id)
    assert [(one.number, one.kind) for one in sheet.reductions] == [(2, MoveKind.DROPPED)]
    file = {"by": people().member, "revision_id": revision_id}
    refused = refusal_of(plans.file_plan, store, **file)
    assert ([one.key for one in refused.messages], refused.fields) == (["plan.drop_needs_grant"], ("grant",))
    assert "2" in str(refused)
    plans.file_plan(store, **file, grant_reductions=True)
    assert registered(store) == [("dropped", "")]
    assert len(task_frame(store, NATION, notice_id=1, year=YEAR)) == 1
    totals = move_totals(store, NATION, notice_id=1, year=YEAR)
    assert (totals.moves, totals.median_days) == (1, None)


def test_the_register_of_reductions_equals_what_history_makes_of_it(store: Store):
    filed_plan(store, TEN, typed_task(2))
    amended(store, 1, replace(TEN, targets=goal(fairs=4)))
    plans.file_plan(store, by=people().member, revision_id=dropped(store), grant_reductions=True)
    kept = registered(store)
    assert kept == [("lowered", "展会 10 → 4 场"), ("dropped", "")]
    with store.upkeep() as session:
        moved_dates.rebuild(session)
    assert registered(store) == kept


BRIGHTNESS = [Light.RED, Light.AMBER, Light.GREEN]
amendments = st.lists(
    st.tuples(st.integers(1, 30), st.booleans(), st.dates(date(YEAR, 2, 1), END)), min_size=1, max_size=3
)


@pytest.mark.parametrize("held", [2, 4])
def test_no_sequence_of_amendments_improves_a_light(store: Store, held: int):
    """Whatever is filed without a grant, the same report leads to no better light than under the plan first filed."""
    (task_id,) = filed_plan(store, TEN)
    reported(store, task_id, 1, FIRST_QUARTER)
    with at(date(YEAR, 6, 25)):
        before = Decimal(held) / 10 * 1000

        @settings(max_examples=5)
        @given(amendments)
        def amend(filed: list[tuple[int, bool, date]]) -> None:
            for count, stepped, due_on in filed:
                targets = () if stepped else (TargetDraft(FAIRS, due_on, Decimal(count)),)
                steps = (MilestoneDraft(1, "办展", due_on, 1000),) if stepped else ()
                amended(store, 1, replace(TEN, targets=targets, milestones=steps, due_on=due_on))
            item = report_item(store, NATION, task_id=task_id, period_id=SECOND_QUARTER)
            counted = {
                key: value for key, value in fairs_held(held).actuals.items() if key in item.facts.targets
            }
            draft = fairs_held(held, actuals=counted, milestones_reached=frozenset(item.facts.milestones))
            assert completion_of_draft(draft, item.facts) <= before
            assert BRIGHTNESS.index(shown(store)[1]) <= BRIGHTNESS.index(light)

        light = shown(store)[1]
        amend()
