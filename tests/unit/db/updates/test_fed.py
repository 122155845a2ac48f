"""A row of a register counts in the report of the task that measures it: nobody types the sum again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.authorities.scope import NATION
from db.registers.actions import correct_entry, withdraw_entry
from db.sql import select
from db.store import Store
from db.tables import Indicator, Register as RegisterRow, RegisterField
from db.updates import actions as updates
from db.updates.queries import report_item
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    VISITORS,
    YEAR,
    at,
    fair_task,
    filed_plan,
    people,
    small_country,
)
from tests.support.register_cases import FAIR, add_registers, key_of, recorded
from tracking.messages import Refusal
from tracking.rates import Rate
from tracking.registers.feeding import Fed
from tracking.validation import TargetDraft
from tracking.vocabulary import IndicatorKind

TARGET = TargetDraft(VISITORS, date(YEAR, 12, 31), Decimal(40))


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 4, 5)):
        small_country(store)
        add_registers(store)
        yield


def fair(store: Store, enterprises: str, held_on: date = date(YEAR, 2, 10)) -> int:
    content = {**FAIR, "enterprises": enterprises, "started_on": held_on}
    return recorded(store, people().officer, "fairs", content)


def fed(store: Store, task_id: int):
    return report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)


def save(store: Store, task_id: int, draft):
    asked = {"task_id": task_id, "period_id": FIRST_QUARTER, "row_version": 0, "hand_over": True}
    return updates.save_progress_update(store, by=people().officer, draft=draft, **asked)


def test_the_entries_up_to_the_end_of_the_period_are_what_the_form_begins_with(store: Store):
    (task_id,) = filed_plan(store, fair_task(targets=(TARGET,)))
    assert fed(store, task_id).facts.fed == {}
    kept = fair(store, "12")
    fair(store, "8", date(YEAR, 3, 31))
    fair(store, "100", date(YEAR, 4, 1))
    fair(store, "100", date(YEAR - 1, 12, 31))
    item = fed(store, task_id)
    assert item.facts.fed[VISITORS] == Fed(Decimal(20), 2, "fairs")
    assert item.draft.actuals == {VISITORS: Decimal(20)}
    assert item.facts.fed[VISITORS].register == "fairs"
    corrected = correct_entry(
        store, by=people().officer, entry_id=kept, content={**FAIR, "enterprises": "15"}
    )
    assert fed(store, task_id).draft.actuals == {VISITORS: Decimal(23)}
    withdraw_entry(store, by=people().officer, entry_id=corrected, reason="误登")
    assert fed(store, task_id).draft.actuals == {VISITORS: Decimal(8)}


def test_a_figure_that_differs_is_told_and_goes_on_explained(store: Store):
    (task_id,) = filed_plan(store, fair_task(targets=(TARGET,)))
    fair(store, "12")
    draft = replace(fed(store, task_id).draft, actuals={VISITORS: Decimal(13)}, progress="组织参展")
    with pytest.raises(Refusal, match="登记册合计 12"):
        save(store, task_id, draft)
    save(store, task_id, replace(draft, explanation="一家企业尚未登记"))


def test_what_two_tasks_measure_is_fed_to_neither(store: Store):
    first, second = filed_plan(
        store, fair_task(targets=(TARGET,)), fair_task(title="再办", targets=(TARGET,))
    )
    fair(store, "12")
    assert fed(store, first).facts.fed == fed(store, second).facts.fed == {}


def test_of_an_indicator_that_is_not_added_up_every_entry_that_stands_counts(store: Store):
    with store.write(None) as tx:
        indicator = tx.load(Indicator, FAIRS)
        indicator.additive = False
        tx.audit("edit_indicator", indicator)
    target = TargetDraft(FAIRS, date(YEAR, 12, 31), Decimal(4))
    (task_id,) = filed_plan(store, fair_task(targets=(target,)))
    fair(store, "12", date(YEAR - 1, 5, 1))
    fair(store, "", date(YEAR, 2, 1))
    assert fed(store, task_id).facts.fed == {FAIRS: Fed(Decimal(2), 2, "fairs")}


def test_a_rate_is_one_field_over_another_and_any_entry_answers_a_yes_or_no(store: Store):
    target = TargetDraft(FAIRS, date(YEAR, 12, 31), Decimal(1))
    (task_id,) = filed_plan(store, fair_task(targets=(TARGET, target)))
    with store.write(None) as tx:
        for key, kind, unit in ((VISITORS, IndicatorKind.RATE, "%"), (FAIRS, IndicatorKind.YES_NO, "是/否")):
            indicator = tx.load(Indicator, key)
            indicator.kind, indicator.unit, indicator.additive = kind, unit, False
            tx.audit("edit_indicator", indicator)
        asked = select(RegisterField).where(RegisterField.register_id == key_of(store, "fairs"))
        fields = {one.key: one for one in tx.session.scalars(asked)}
        fields["enterprises"].denominator_id = fields["intended"].id
    for enterprises, intended in (("12", "20"), ("8", "30"), ("5", "")):
        recorded(store, people().officer, "fairs", {**FAIR, "enterprises": enterprises, "intended": intended})
    found = fed(store, task_id).facts.fed
    assert found[VISITORS] == Fed(Rate(Decimal(20), Decimal(50)), 2, "fairs")
    assert found[FAIRS] == Fed(Decimal(1), 3, "fairs")


@pytest.mark.parametrize("kind", [IndicatorKind.RATE, IndicatorKind.YES_NO])
def test_what_became_a_rate_or_a_yes_or_no_is_no_sum_of_entries(store: Store, kind: IndicatorKind):
    (task_id,) = filed_plan(store, fair_task(targets=(TARGET,)))
    fair(store, "12")
    with store.write(None) as tx:
        indicator = tx.load(Indicator, VISITORS)
        indicator.kind = kind
        tx.audit("edit_indicator", indicator)
    assert fed(store, task_id).facts.fed == {}


def test_entries_of_a_retired_register_count_in_nothing(store: Store):
    (task_id,) = filed_plan(store, fair_task(targets=(TARGET,)))
    fair(store, "12")
    with store.write(None) as tx:
        found = tx.load(RegisterRow, key_of(store, "fairs"))
        found.retired_on = tx.today
        tx.audit("retire_register", found)
    assert fed(store, task_id).facts.fed == {}
