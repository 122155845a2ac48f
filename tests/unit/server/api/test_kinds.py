"""Rates, answers, baselines and what does not apply, through the API."""

from datetime import date
from decimal import Decimal

import pytest

from db.reference.actions import add_indicator
from db.store import Store
from tests.support.factories import FAIRS, VISITORS, YEAR, amended, fair_task, people
from tests.unit.server.api.conftest import Program
from tests.unit.server.api.test_writes import codes, save
from tracking.validation import TargetDraft
from tracking.vocabulary import IndicatorKind

END = date(YEAR, 12, 31)


@pytest.fixture
def handled(store: Store) -> int:
    made = {"measure_id": 1, "unit": "", "additive": False, "headline": False, "kind": IndicatorKind.RATE}
    key = add_indicator(store, by=people().administrator, name="预警处置率", **made)
    amended(store, 1, fair_task(targets=(TargetDraft(key, END, Decimal(90)),)), grant=True)
    return key


def test_a_rate_is_sent_and_read_by_its_parts(officer: Program, handled: int):
    sent = {"indicator_id": handled, "numerator": "45", "denominator": "60"}
    assert save(officer, {"actuals": [sent], "progress": "已推进"}).status_code == 200
    (actual,) = officer.get("/tasks/1/updates/1").json()["actuals"]
    assert {name: float(actual[name]) for name in ("value", "numerator", "denominator")} == {
        "value": 75,
        "numerator": 45,
        "denominator": 60,
    }


def test_a_percentage_alone_is_refused_at_its_field(officer: Program, handled: int):
    sent = {"indicator_id": handled, "value": "75"}
    answer = save(officer, {"actuals": [sent], "progress": "已推进"})
    assert codes(answer) == [(f"actuals.{handled}", "validation.rate_needs_parts")]


def test_indicators_tell_their_kind(officer: Program, handled: int):
    kinds = {one["indicator_id"]: one["kind"] for one in officer.get("/indicators").json()["items"]}
    assert (kinds[handled], kinds[FAIRS]) == ("rate", "count")


def test_a_plan_is_sent_with_its_baselines_and_what_does_not_apply(officer: Program, handled: int):
    revision = officer.ask("POST", "/plans/1/revisions", json={"reason": "调整"}).json()["revision_id"]
    terms = [
        {"indicator_id": FAIRS, "baseline": "6", "exempt_because": ""},
        {"indicator_id": VISITORS, "baseline": None, "exempt_because": "本省无口岸"},
    ]
    days = {"starts_on": f"{YEAR}-01-01", "due_on": f"{YEAR}-12-31"}
    task = {"measure_id": 1, "title": "新任务", **days, "terms": terms}
    address = f"/plans/revisions/{revision}/entries"
    assert officer.ask("POST", address, json={"entries": [{"task": task}]}).status_code == 200
    said = officer.get(f"/plans/revisions/{revision}").json()["tasks"][-1]["terms"]
    assert [(one["indicator_id"], one["exempt_because"]) for one in said] == [
        (FAIRS, ""),
        (VISITORS, "本省无口岸"),
    ]
