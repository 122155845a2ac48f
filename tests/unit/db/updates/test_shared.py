"""An indicator that two notices ask for is one answer: reported once, the other report begins with it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.authorities.scope import NATION, scope_of
from db.reference.actions import add_indicator, edit_indicator
from db.reference.queries import notices_frame
from db.reference.shares import share_indicator, shares_frame
from db.sql import select
from db.store import Store
from db.tables import Target
from db.updates import actions as updates, reviews
from db.updates.queries import report_item
from tests.conftest import beginning
from tests.support.factories import (
    FAIRS,
    SECOND_QUARTER,
    VISITORS,
    YEAR,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    signed_off,
    small_country,
)
from tests.support.second_notice import NUMBER, Second, plan_under, second_notice
from tracking.messages import Refusal
from tracking.shares import Shared
from tracking.validation import TargetDraft, UpdateDraft
from tracking.vocabulary import Currency, IndicatorKind

DAY = date(YEAR, 6, 20)
FIRST_TASK, SECOND_TASK = 1, 3


def fill(store: Store) -> None:
    """One task that counts fairs under each of two notices; the periods of both end on the same day."""
    with at(DAY):
        small_country(store)
        visits = TargetDraft(VISITORS, date(YEAR, 12, 31), Decimal(10))
        filed_plan(store, fair_task(), fair_task(title="观摩", targets=(visits,)))
        cast = {name: getattr(people(), name) for name in ("officer", "signatory", "member")}
        plan_under(store, second_notice(store, people().administrator), cast)


store = beginning(fill)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY):
        yield


@pytest.fixture
def second() -> Second:
    return Second(notice_id=2, measure_id=4, indicator_id=3, period_id=3, year=YEAR)


def share(store: Store, second: Second, same_as_id: int | None = FAIRS, from_on: date = DAY) -> None:
    asked = {"indicator_id": second.indicator_id, "same_as_id": same_as_id, "from_on": from_on}
    share_indicator(store, by=people().administrator, **asked)


def under_first(store: Store, scope=NATION):
    return report_item(store, scope, task_id=FIRST_TASK, period_id=SECOND_QUARTER)


def under_second(store: Store, second: Second, scope=NATION):
    return report_item(store, scope, task_id=SECOND_TASK, period_id=second.period_id)


def save(store: Store, second: Second, draft: UpdateDraft) -> int:
    asked = {"task_id": SECOND_TASK, "period_id": second.period_id, "row_version": 0, "hand_over": True}
    return updates.save_progress_update(store, by=people().officer, draft=draft, **asked)


def test_what_was_reported_under_one_notice_is_what_the_other_begins_with(store: Store, second: Second):
    reported(store, FIRST_TASK, fairs_held(4), SECOND_QUARTER)
    assert under_second(store, second).facts.shared == {}
    share(store, second)
    item = under_second(store, second)
    assert item.facts.shared == {second.indicator_id: Shared(Decimal(4), "191", 1)}
    assert item.draft.actuals == {second.indicator_id: Decimal(4)}
    assert notices_frame(store)["number"].tolist() == [NUMBER, "191"]


def test_it_holds_the_other_way_round_too(store: Store, second: Second):
    share(store, second)
    save(store, second, UpdateDraft(actuals={second.indicator_id: Decimal(5)}, progress="已办5场"))
    assert under_first(store).facts.shared == {FAIRS: Shared(Decimal(5), NUMBER, 1)}
    assert under_first(store).draft.actuals == {FAIRS: Decimal(5)}


def test_a_value_that_differs_is_told_and_goes_on_explained(store: Store, second: Second):
    share(store, second)
    reported(store, FIRST_TASK, fairs_held(4), SECOND_QUARTER)
    draft = UpdateDraft(actuals={second.indicator_id: Decimal(3)}, progress="已办3场")
    with pytest.raises(Refusal, match="填报值 3 与 191 下同一指标已报的 4 不一致"):
        save(store, second, draft)
    save(store, second, replace(draft, explanation="一场由他人承办"))


def test_what_was_accepted_counts_before_what_came_later(store: Store, second: Second):
    share(store, second)
    update_id = reported(store, FIRST_TASK, fairs_held(4), SECOND_QUARTER)
    reviews.accept_progress_update(store, by=people().member, update_id=update_id)
    assert under_second(store, second).facts.shared[second.indicator_id].value == 4


def test_what_was_returned_is_no_answer(store: Store, second: Second):
    share(store, second)
    update_id = reported(store, FIRST_TASK, fairs_held(4), SECOND_QUARTER)
    reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="请核对")
    assert under_second(store, second).facts.shared == {}


def test_what_has_not_left_the_authority_only_its_own_readers_see(store: Store, second: Second):
    share(store, second)
    signed_off(store, FIRST_TASK, fairs_held(4), SECOND_QUARTER)
    member, officer = (scope_of(store, by) for by in (people().member, people().officer))
    assert under_second(store, second, member).facts.shared == {}
    assert under_second(store, second, officer).facts.shared != {}


def test_it_is_shared_from_a_day_on_until_another_day(store: Store, second: Second):
    reported(store, FIRST_TASK, fairs_held(4), SECOND_QUARTER)
    share(store, second, from_on=date(YEAR, 7, 1))
    assert under_second(store, second).facts.shared == {}, "the period ends before that day"
    share(store, second, from_on=date(YEAR, 1, 1))
    assert under_second(store, second).facts.shared != {}
    share(store, second, None, from_on=date(YEAR, 6, 1))
    assert under_second(store, second).facts.shared == {}
    share(store, second, FAIRS, from_on=date(YEAR, 6, 1))
    held = shares_frame(store, indicator_id=second.indicator_id)
    assert held["from_on"].tolist() == [date(YEAR, 7, 1), date(YEAR, 6, 1), date(YEAR, 1, 1)]
    assert held["same_as_id"].tolist() == [FAIRS] * 3


def test_what_two_tasks_of_an_authority_measure_is_shared_with_none(store: Store, second: Second):
    share(store, second)
    reported(store, FIRST_TASK, fairs_held(4), SECOND_QUARTER)
    with store.write(None) as tx:
        target = tx.session.scalars(select(Target).where(Target.indicator_id == VISITORS)).one()
        target.indicator_id = FAIRS
        tx.audit("plant", target)
    assert under_second(store, second).facts.shared == {}


def _refused(store: Store, second: Second, same_as_id: int, said: str, indicator_id: int = 0) -> None:
    asked = {"indicator_id": indicator_id or second.indicator_id, "same_as_id": same_as_id, "from_on": DAY}
    with pytest.raises(Refusal, match=said):
        share_indicator(store, by=people().administrator, **asked)


def test_what_cannot_be_one_figure_is_refused_in_a_sentence(store: Store, second: Second):
    def added(**changed) -> int:
        asked = {
            "name": "、".join(map(str, changed.values())),
            "unit": "场",
            "additive": True,
            "headline": False,
            **changed,
        }
        return add_indicator(store, by=people().administrator, measure_id=1, **asked)

    dollars, yuan = (
        {"kind": IndicatorKind.AMOUNT, "unit": "万", "currency": one} for one in (Currency.USD, Currency.CNY)
    )
    own = add_indicator(
        store,
        by=people().administrator,
        measure_id=second.measure_id,
        name="额",
        additive=True,
        headline=False,
        **yuan,
    )
    _refused(store, second, VISITORS, "计量单位是“人次”")
    _refused(store, second, added(**yuan), "指标类型不同")
    _refused(store, second, added(additive=False), "只有一项可以累加")
    _refused(store, second, added(**dollars), "币种不同", own)
    _refused(store, second, own, "另一份通知")


def test_a_chain_and_a_circle_are_refused(store: Store, second: Second):
    other = add_indicator(
        store, by=people().administrator, measure_id=1, name="场", unit="场", additive=True, headline=False
    )
    share(store, second)
    _refused(store, second, second.indicator_id, "自身已与另一指标共用", other)
    _refused(store, second, second.indicator_id, "自身已与另一指标共用", FAIRS)
    share_indicator(
        store, by=people().administrator, indicator_id=second.indicator_id, same_as_id=None, from_on=DAY
    )
    share_indicator(
        store, by=people().administrator, indicator_id=FAIRS, same_as_id=second.indicator_id, from_on=DAY
    )
    _refused(store, second, other, "已有指标声明与本指标共用")


def test_what_is_shared_keeps_its_unit(store: Store, second: Second):
    share(store, second)
    asked = {"name": "展会", "additive": True, "headline": True}
    with pytest.raises(Refusal, match="不能再改单位"):
        edit_indicator(store, by=people().administrator, indicator_id=FAIRS, unit="次", **asked)
