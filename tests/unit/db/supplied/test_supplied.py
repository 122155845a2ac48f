"""The working group supplies a figure for a unit: counted, agreed to, contested with a proof, ruled on, never moved back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.authorities.scope import NATION
from db.home.queries import waiting
from db.home.waiting import waiting_counts
from db.periods import actions as periods
from db.reference.queries import indicators_frame
from db.store import NotFound, Store
from db.supplied import actions as acts
from db.supplied.queries import proof_of, supplied_frame
from db.supplied.rows import SuppliedRow
from db.tables import Indicator, SuppliedFigure
from db.traces.actuals import actuals_frame
from db.typed_rows import rows_as
from tests.conftest import beginning
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    VISITORS,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
)
from tests.support.trail import last_event, row
from tests.unit.db.test_typed_rows import misfits
from tracking.evidence import HandedIn
from tracking.figures.actuals import indicator_totals
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.supplied import FigureRuling, SuppliedStatus
from tracking.vocabulary import IndicatorKind

DAY = date(YEAR, 3, 20)
NORTHERN, SOUTHERN = Scope(frozenset({NORTH})), Scope(frozenset({SOUTH}))
UNDER = {"notice_id": 1, "year": YEAR, "measure_id": 1}
PROOF = HandedIn("总结.pdf", b"%PDF-1.7")


def _begin(store: Store) -> None:
    with at(DAY):
        small_country(store)
        accepted(store, filed_plan(store, fair_task())[0], fairs_held(3))


store = beginning(_begin)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY, hour=11):
        yield


def supplied(store: Store, value: str = "5", **changed: object) -> int:
    asked = {"indicator_id": FAIRS, "authority_id": NORTH, "period_id": FIRST_QUARTER, "source": "海关统计"}
    return acts.supply_figure(store, by=people().member, value=value, **{**asked, **changed})


def ruled(store: Store, key: int, decision: FigureRuling, value: str = "") -> int:
    by, ruling = people().member, "经核对"
    return acts.rule_figure(store, by=by, figure_id=key, decision=decision, ruling=ruling, value=value)


def fairs(store: Store, **asked: object) -> Decimal | None:
    """What the fairs of all units come to."""
    frame = indicators_frame(store, notice_id=1)
    totals = indicator_totals(actuals_frame(store, NATION, **UNDER, **asked), frame)
    value: Decimal | None = totals.set_index("indicator_id")["value"][FAIRS]
    return value


def read(store: Store, scope: Scope = NATION) -> list[SuppliedRow]:
    return rows_as(SuppliedRow, supplied_frame(store, scope))


def kinds(store: Store, scope: Scope, by: object) -> set[str]:
    return {line.kind for line in waiting(store, scope, by)}


def test_a_supplied_figure_counts_in_the_place_of_the_own_one_which_stays_beside(store: Store):
    assert fairs(store) == 3
    key = supplied(store)
    assert (fairs(store), fairs(store, number=1)) == (5, 5)
    (found,) = read(store)
    assert (found.figure_id, found.value, found.own, found.unit_id) == (key, 5, 3, NORTH)
    assert (found.status, found.source) == (SuppliedStatus.SUPPLIED, "海关统计")
    assert last_event(store).action == "supply_figure"
    assert read(store, SOUTHERN) == []
    assert misfits(SuppliedRow, supplied_frame(store, NATION)) == []


def test_one_is_supplied_for_a_unit_that_has_reported_nothing(store: Store):
    supplied(store, authority_id=SOUTH, value="2")
    assert fairs(store) == 5
    assert read(store)[0].own is None


def test_what_the_unit_reports_for_a_later_period_counts_again(store: Store):
    supplied(store)
    with at(date(YEAR, 4, 20)):
        accepted(store, 1, fairs_held(7), SECOND_QUARTER)
        assert fairs(store) == 7
        assert fairs(store, number=1) == 5


def test_the_unit_agrees_and_nothing_waits_any_more(store: Store):
    key = supplied(store)
    cast = people()
    assert "figures_to_answer" in kinds(store, NORTHERN, cast.officer)
    assert waiting_counts(store, by=cast.officer)["extensions"] == 1
    acts.agree_to_figure(store, by=cast.officer, figure_id=key)
    assert "figures_to_answer" not in kinds(store, NORTHERN, cast.officer)
    assert row(store, SuppliedFigure, key).status is SuppliedStatus.AGREED


def test_a_contest_with_its_proof_is_ruled_and_all_is_kept_side_by_side(store: Store):
    key = supplied(store)
    with pytest.raises(Refusal) as refused:
        acts.contest_figure(store, by=people().officer, figure_id=key, reason=" ")
    assert refused.value.fields == ("reason",)
    acts.contest_figure(store, by=people().officer, figure_id=key, reason="只办了四场", proof=PROOF)
    assert "figures_to_rule" in kinds(store, NATION, people().member)
    assert proof_of(store, NORTHERN, figure_id=key).name == "总结.pdf"
    with pytest.raises(NotFound):
        proof_of(store, SOUTHERN, figure_id=key)
    assert fairs(store) == 5
    standing = ruled(store, key, FigureRuling.REPLACE, "4")
    assert fairs(store) == 4
    new, old = read(store)
    assert (new.figure_id, new.value, new.status) == (standing, 4, SuppliedStatus.SUPPLIED)
    assert (old.value, old.reason, old.ruling) == (5, "只办了四场", "经核对")
    assert old.status is SuppliedStatus.REPLACED


def test_a_replacement_that_cannot_be_read_leaves_all_as_it_was(store: Store):
    key = supplied(store)
    with pytest.raises(Refusal) as refused:
        ruled(store, key, FigureRuling.REPLACE, "四")
    assert refused.value.fields == ("value",)
    assert [found.ended_at for found in read(store)] == [None]


def test_a_contested_figure_is_kept_or_withdrawn(store: Store):
    key = supplied(store)
    acts.contest_figure(store, by=people().officer, figure_id=key, reason="不符")
    ruled(store, key, FigureRuling.KEEP)
    assert row(store, SuppliedFigure, key).status is SuppliedStatus.KEPT
    with pytest.raises(Refusal):
        acts.contest_figure(store, by=people().officer, figure_id=key, reason="不符")
    ruled(store, key, FigureRuling.WITHDRAW)
    assert fairs(store) == 3


def test_a_past_day_keeps_what_stood_then(store: Store):
    with at(DAY + timedelta(2)):
        key = supplied(store)
    with at(DAY + timedelta(4)):
        ruled(store, key, FigureRuling.WITHDRAW)
    with at(DAY + timedelta(6)):
        told = [fairs(store, known_on=DAY + timedelta(days)) for days in (1, 3, 5)]
        assert (told, fairs(store)) == ([3, 5, 3], 3)
        assert supplied_frame(store, NATION, known_on=DAY).empty


def test_what_cannot_be_supplied_is_refused_in_a_sentence(store: Store):
    with pytest.raises(Refusal, match="已经开始"):
        supplied(store, period_id=SECOND_QUARTER)
    with pytest.raises(NotFound):
        supplied(store, authority_id=99)
    with pytest.raises(Refusal) as refused:
        supplied(store, value="很多")
    assert refused.value.fields == ("value",)
    supplied(store)
    with pytest.raises(Refusal, match="更换或撤回"):
        supplied(store, value="6")


def test_a_share_of_nothing_is_refused_at_the_value(store: Store):
    with store.write(None) as tx:
        indicator = tx.load(Indicator, VISITORS)
        indicator.kind, indicator.unit, indicator.additive = IndicatorKind.RATE, "%", False
        tx.audit("edit_indicator", indicator)
    with pytest.raises(Refusal) as refused:
        supplied(store, "5/0", indicator_id=VISITORS)
    assert refused.value.messages[0].key == "validation.rate_over_nothing"
    assert refused.value.fields == ("value",)
    assert read(store) == []


def test_a_frozen_period_takes_no_figure_and_changes_none(store: Store):
    key = supplied(store)
    member = people().member
    periods.close_period(store, by=member, period_id=FIRST_QUARTER)
    periods.freeze_period(store, by=member, period_id=FIRST_QUARTER)
    for decision in (FigureRuling.REPLACE, FigureRuling.WITHDRAW):
        with pytest.raises(Refusal, match="更正"):
            ruled(store, key, decision, "4")
    with pytest.raises(Refusal, match="更正"):
        supplied(store, authority_id=SOUTH)
    acts.contest_figure(store, by=people().officer, figure_id=key, reason="不符")
    ruled(store, key, FigureRuling.KEEP)
    assert fairs(store) == 5
