"""Kinds of indicator from the catalogue through plan and report to every place that shows or adds their values."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest

from db.authorities.scope import NATION
from db.ledger.exports import LedgerFilter, export_ledger
from db.ledger.files import FILES, extract_of
from db.ledger.queries import ledger_frame
from db.plans import actions as plans, task_actions
from db.plans.queries import plan_sheet
from db.reference import actions as reference
from db.reference.levels import label_indicator
from db.reference.queries import indicators_frame, levels_frame
from db.store import Store
from db.tables import IndicatorActual, IndicatorTerm
from db.traces.actuals import actuals_frame, asked_frame
from db.traces.queries import task_trace
from db.updates import actions as updates
from db.updates.queries import report_item
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    VISITORS,
    YEAR,
    accepted,
    amended,
    at,
    fair_task,
    filed_plan,
    people,
    small_country,
)
from tests.support.trail import last_event, refusal_of, rows
from tracking.checks import findings
from tracking.figures.indicators import indicator_totals
from tracking.rates import Rate
from tracking.validation import TargetDraft, TaskDraft, TermDraft, UpdateDraft
from tracking.vocabulary import Currency, IndicatorKind, Language, ResultLevel

TODAY, END = date(YEAR, 3, 20), date(YEAR, 12, 31)
UNDER = {"notice_id": 1, "year": YEAR, "measure_id": 1}


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def added(store: Store, kind: IndicatorKind, name: str, unit: str = "", **more: Any) -> int:
    asked = {"measure_id": 1, "additive": False, "headline": False, **more}
    return reference.add_indicator(store, by=people().administrator, name=name, unit=unit, kind=kind, **asked)


@pytest.fixture
def handled(store: Store) -> int:
    return added(store, IndicatorKind.RATE, "预警处置率")


@pytest.fixture
def built(store: Store) -> int:
    return added(store, IndicatorKind.YES_NO, "工作机制", "已建/未建")


def measured(*targets: tuple[int, object], **more: Any) -> TaskDraft:
    return fair_task(targets=tuple(TargetDraft(key, END, Decimal(value)) for key, value in targets), **more)


def reported(key: int, value: Decimal) -> UpdateDraft:
    return UpdateDraft(actuals={key: value}, progress="已推进")


def totals(store: Store, **asked: Any) -> dict[int, Any]:
    frame = indicator_totals(
        actuals_frame(store, NATION, **UNDER, **asked),
        indicators_frame(store, notice_id=1),
        asked_frame(store, NATION, **UNDER),
    )
    return {row.indicator_id: row for row in frame.itertuples()}


def test_a_rate_is_kept_with_both_parts_and_completes_its_task_by_its_target(store: Store, handled: int):
    (task_id,) = filed_plan(store, measured((handled, 90)))
    accepted(store, task_id, reported(handled, Rate(Decimal(45), Decimal(60))))
    (kept,) = rows(store, IndicatorActual)
    assert (kept.value, kept.numerator, kept.denominator) == (75, 45, 60)
    item = report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)
    assert item.draft.actuals[handled] == Rate(Decimal(45), Decimal(60))
    assert item.update is not None
    assert item.update.completion_permille == 833
    assert totals(store)[handled].value.parts == (45, 60)


def test_an_exported_ledger_recomputes_a_rate_from_both_parts(store: Store, handled: int):
    (task_id,) = filed_plan(store, measured((handled, 90)))
    accepted(store, task_id, reported(handled, Rate(Decimal(45), Decimal(60))))
    where = LedgerFilter()
    asked = {"period_id": FIRST_QUARTER, "where": where, "file_format": "xlsx"}
    export = export_ledger(store, by=people().member, **asked)
    parts = FILES["xlsx"].parts(extract_of(store, export, where, Language.ZH_CN))
    book = openpyxl.load_workbook(BytesIO(b"".join(parts)))
    head = next(row for row in book["台账"].values if "权重" in row)
    assert {"分子", "分母"} <= {part for name in head if name for part in ("分子", "分母") if part in name}
    assert any("预警处置率" in str(cell) for row in book["复算"].values for cell in row)
    formulas = [str(cell) for row in book["复算"].values for cell in row if "100*SUM(" in str(cell)]
    assert len(formulas) == 1


def test_a_bare_percentage_is_no_rate_and_a_rate_no_count(store: Store, handled: int):
    (task_id,) = filed_plan(store, measured((handled, 90), (FAIRS, 4)))
    wrong = {handled: Decimal(75), FAIRS: Rate(Decimal(1), Decimal(2))}
    refused = refusal_of(accepted, store, task_id, UpdateDraft(actuals=wrong, progress="已推进"))
    assert {message.key for message in refused.messages} == {
        "validation.rate_needs_parts",
        "validation.is_no_rate",
    }


def test_a_rate_may_fall_and_one_over_the_whole_has_to_be_confirmed(store: Store, handled: int):
    (task_id,) = filed_plan(store, measured((handled, 90)))
    accepted(store, task_id, reported(handled, Rate(Decimal(9), Decimal(10))))
    item = report_item(store, NATION, task_id=task_id, period_id=SECOND_QUARTER)
    lower = replace(item.draft, actuals={handled: Rate(Decimal(9), Decimal(20))}, progress="又推进")
    assert [one.check for one in findings(lower, item.facts)] == []
    over = replace(lower, actuals={handled: Rate(Decimal(21), Decimal(20))})
    assert "rate_over_one" in {one.check for one in findings(over, item.facts)}


def test_an_unreported_rate_is_carried_as_nothing_over_nothing(store: Store, handled: int):
    (task_id,) = filed_plan(store, measured((handled, 90)))
    updates.report_no_change(store, by=people().officer, task_id=task_id, period_id=FIRST_QUARTER)
    (kept,) = rows(store, IndicatorActual)
    assert (kept.value, kept.numerator, kept.denominator) == (0, 0, 0)


def test_of_a_yes_or_no_the_yes_is_all_and_the_totals_count_units(store: Store, built: int):
    (task_id,) = filed_plan(store, measured((built, 1)))
    assert (totals(store)[built].value, totals(store)[built].asked) == (None, 1)
    accepted(store, task_id, reported(built, Decimal(1)))
    row = totals(store)[built]
    assert (row.value, row.authorities, row.asked) == (1, 1, 1)
    trace = task_trace(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)
    assert trace.fact["completion_permille"] == 1000
    assert trace.indicators[0][1].unit == "已建/未建"


def test_the_target_of_a_yes_or_no_is_yes(store: Store, built: int):
    refused = refusal_of(filed_plan, store, measured((built, 2)))
    assert refused.messages[0].key == "validation.answer_is_yes"


def test_totals_of_an_older_period_are_what_counted_then(store: Store, handled: int):
    (task_id,) = filed_plan(store, measured((handled, 90), (FAIRS, 10)))
    first = {handled: Rate(Decimal(1), Decimal(2)), FAIRS: Decimal(2)}
    accepted(store, task_id, UpdateDraft(actuals=first, progress="一季度"))
    with at(date(YEAR, 7, 10)):
        second = {handled: Rate(Decimal(3), Decimal(4)), FAIRS: Decimal(5)}
        accepted(store, task_id, UpdateDraft(actuals=second, progress="二季度"), SECOND_QUARTER)
        assert totals(store)[FAIRS].value == 5
        then = totals(store, number=1)
        assert (then[FAIRS].value, then[handled].value.parts) == (2, (1, 2))
        assert totals(store, number=2)[FAIRS].value == 5


def test_what_does_not_apply_leaves_the_denominator_and_has_a_reason(store: Store, built: int):
    exempt = TermDraft(built, exempt_because="本省无口岸")
    filed_plan(store, measured((FAIRS, 10), terms=(exempt, TermDraft(FAIRS, Decimal(6)))))
    assert totals(store)[built].exempt == 1
    assert totals(store)[built].asked == 0
    revision = plan_sheet(store, NATION, revision_id=1)
    assert revision.tasks[0].draft.terms == (TermDraft(FAIRS, Decimal(6)), exempt)
    past = asked_frame(store, NATION, **UNDER, known_on=TODAY)
    assert past[past["indicator_id"] == built]["exempt"].tolist() == [1]


def test_terms_go_along_with_an_amendment_and_can_be_changed_by_it(store: Store, built: int):
    filed_plan(store, measured((FAIRS, 10), terms=(TermDraft(FAIRS, Decimal(6)),)))
    amended(store, 1, measured((FAIRS, 10), (built, 1)))
    assert [row.task_revision_id for row in rows(store, IndicatorTerm)] == [1]


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        ((TermDraft(FAIRS, exempt_because="无"),), "validation.exempt_has_target"),
        ((TermDraft(VISITORS),), "validation.required"),
        ((TermDraft(VISITORS, Decimal(1), "无"),), "validation.exempt_has_baseline"),
        ((TermDraft(VISITORS, Decimal(-1)),), "validation.negative"),
        ((TermDraft(VISITORS, Decimal(1)), TermDraft(VISITORS, Decimal(1))), "validation.term_twice"),
        ((TermDraft(99, Decimal(1)),), "validation.indicator_of_other_measure"),
        ((TermDraft(3, Decimal(5)),), "validation.not_an_answer"),
    ],
)
def test_a_term_that_says_nothing_or_too_much_is_refused(store: Store, built: int, terms, key):
    revision_id = plans.start_plan(store, by=people().officer, notice_id=1, authority_id=NORTH, year=YEAR)
    draft = measured((FAIRS, 10), terms=terms)
    refused = refusal_of(
        task_actions.add_task, store, by=people().officer, revision_id=revision_id, draft=draft
    )
    assert (refused.messages[0].key, refused.fields[0]) == (key, f"terms.{len(terms) - 1}")


def test_the_ledger_says_each_kind_in_its_own_words(store: Store, handled: int, built: int):
    (task_id,) = filed_plan(store, measured((handled, 90), (built, 1)))
    values = {handled: Rate(Decimal(45), Decimal(60)), built: Decimal(1)}
    accepted(store, task_id, UpdateDraft(actuals=values, progress="已推进"))
    line = ledger_frame(store, NATION, period_id=FIRST_QUARTER, with_figures=True).iloc[0]
    assert line["completed_value"] == "预警处置率75%（45/60）；工作机制已建"
    assert [line[f"actual.{handled}.{part}"] for part in ("numerator", "denominator")] == [45, 60]
    assert line[f"actual.{built}"] == 1


def test_an_indicator_in_use_keeps_its_kind_and_an_amount_has_its_currency(store: Store, handled: int):
    filed_plan(store, measured((handled, 90)))
    by = people().administrator
    edit = {
        "by": by,
        "indicator_id": handled,
        "name": "处置率",
        "unit": "%",
        "additive": False,
        "headline": False,
    }
    reference.edit_indicator(store, **edit, kind=IndicatorKind.RATE)
    refused = refusal_of(reference.edit_indicator, store, **edit | {"unit": "家"})
    assert refused.messages[0].key == "reference.indicator_in_use"
    money = added(store, IndicatorKind.AMOUNT, "成交额", "万美元", additive=True, currency=Currency.USD)
    frame = indicators_frame(store, notice_id=1).set_index("indicator_id")
    assert (frame.loc[money, "kind"], frame.loc[money, "currency"]) == ("amount", "USD")


def level_today(store: Store) -> str:
    frame = indicators_frame(store, notice_id=1)
    assert pd.isna(frame["level"].iloc[1])
    return str(frame["level"].iloc[0])


def test_a_label_holds_from_its_day_on_and_the_days_before_keep_theirs(store: Store):
    by = people().administrator
    for level, day in ((ResultLevel.ACTIVITY, date(YEAR, 1, 1)), (ResultLevel.OUTCOME, TODAY)):
        label_indicator(store, by=by, indicator_id=FAIRS, level=level, from_on=day)
    assert levels_frame(store, indicator_id=FAIRS)["level"].tolist() == ["outcome", "activity"]
    assert level_today(store) == "outcome"
    with at(date(YEAR, 2, 1)):
        assert level_today(store) == "activity"
    label_indicator(store, by=by, indicator_id=FAIRS, level=ResultLevel.OUTPUT, from_on=TODAY)
    assert levels_frame(store, indicator_id=FAIRS)["level"].tolist() == ["output", "activity"]
    assert last_event(store).detail["before"] == "outcome"
