"""The catalogue of a notice: how it is read, changed and marked as checked."""

from datetime import date

import pytest

from db.reference import actions as reference, parts
from db.reference.queries import (
    actions_frame,
    authority_names,
    authority_with_code,
    indicators_frame,
    key_areas_frame,
    measure_of_period,
    measures_frame,
    notices_frame,
    safeguards_frame,
    units_frame,
)
from db.store import NotFound, Store
from db.tables import Authority, Indicator, KeyArea, Measure, Notice, ReportingPeriod, Safeguard
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    TOWN,
    YEAR,
    at,
    filed_plan,
    people,
    small_country,
)
from tests.support.trail import last_event, refusal_of, row
from tracking.vocabulary import AuthorityKind, CataloguePart, TitleSource

TODAY = date(YEAR, 3, 20)
CONFIRMED, UNCHECKED = TitleSource.CONFIRMED, TitleSource.TO_BE_CHECKED


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


@pytest.fixture
def administrator():
    return people().administrator


def _second_notice(store: Store) -> int:
    """Another notice with a catalogue of its own; gives its key area."""
    with store.write(None) as tx:
        notice = tx.add(Notice(number="200", title="另一通知", issued_by="部", issued_on=date(2026, 1, 1)))
        area = tx.add(
            KeyArea(notice_id=notice.id, number=1, title="另一重点", title_source=TitleSource.PROJECT)
        )
        tx.add(
            Safeguard(
                notice_id=notice.id,
                key="mechanism",
                number=1,
                title="工作协调机制",
                title_source=TitleSource.PROJECT,
            )
        )
        tx.audit("plant", notice)
        return area.id


AREA = CataloguePart.AREA


def _confirm(store, administrator, part, *fields, checked_on=TODAY):
    fields = ("title",) if part is AREA else fields
    parts.confirm_part(store, by=administrator, part=part, part_id=1, fields=fields, checked_on=checked_on)


def _retitle(store, administrator, title, *, part=AREA, part_id=1, cited=""):
    reference.edit_entry(store, by=administrator, part=part, part_id=part_id, title=title, cited=cited)


def test_notices_that_have_periods_stand_first_then_the_newest(store):
    _second_notice(store)
    assert list(notices_frame(store)["number"]) == ["191", "200"]
    with store.write(None) as tx:
        period = tx.load(ReportingPeriod, 1)
        days = {name: getattr(period, name) for name in ("starts_on", "ends_on", "opens_on", "closes_on")}
        tx.add(ReportingPeriod(notice_id=2, year=YEAR, number=1, **days))
        tx.audit("plant", period)
    assert list(notices_frame(store)["number"]) == ["200", "191"]


def test_each_notice_has_a_catalogue_of_its_own(store):
    _second_notice(store)
    assert list(key_areas_frame(store, notice_id=1)["title"]) == ["重点1", "重点2"]
    assert list(key_areas_frame(store, notice_id=2)["title"]) == ["另一重点"]
    assert measures_frame(store, notice_id=2).empty
    assert actions_frame(store, notice_id=2).empty
    assert indicators_frame(store, notice_id=2).empty
    assert list(safeguards_frame(store, notice_id=2)["title"]) == ["工作协调机制"]


def test_measures_carry_their_key_area_and_where_they_come_from(store):
    frame = measures_frame(store, notice_id=1)
    assert list(frame.columns) == [
        "measure_id",
        "number",
        "title",
        "short_title",
        "title_source",
        "area_source",
        "checked_on",
        "key_area_id",
        "key_area_number",
        "key_area_title",
        "cited",
        "starts_on",
        "retired_on",
    ]
    assert list(frame["key_area_number"]) == [1, 1, 2]


def test_actions_and_indicators_stand_under_their_measures(store):
    assert list(actions_frame(store, notice_id=1)["measure_number"]) == [1, 2, 3]
    frame = indicators_frame(store, notice_id=1)
    assert list(frame["name"]) == ["展会", "观众"]
    assert list(frame["additive"]) == [True, True]


def test_every_authority_has_its_name(store: Store):
    assert authority_names(store)[NORTH] == "北省"


def test_units_are_those_that_report_for_themselves_with_their_host_beside(store):
    with store.write(None) as tx:
        island = Authority(
            code="1",
            code_standard="t",
            name="岛",
            short_name="岛",
            kind=AuthorityKind.NOT_COVERED,
            reports=False,
        )
        tx.audit("plant", tx.add(island))
    frame = units_frame(store)
    assert list(frame["name"]) == ["北省主管部门", "南市主管部门", "岛"]
    assert frame["host_id"].isna().tolist() == [True, False, True]
    assert frame["host_id"][1] == NORTH
    assert list(frame["reports"]) == [True, True, False]
    assert TOWN not in list(units_frame(store, on=date(1999, 1, 1))["unit_id"]), "a city never was one"


def test_a_changed_title_loses_its_mark(store, administrator):
    _confirm(store, administrator, AREA)
    assert row(store, KeyArea, 1).title_source is CONFIRMED
    _retitle(store, administrator, " 新标题 ")
    area = row(store, KeyArea, 1)
    assert (area.title, area.title_source, area.checked_on) == ("新标题", UNCHECKED, None)
    assert last_event(store).detail["changes"]["title"] == {"before": "重点1", "after": "新标题"}


def test_a_title_saved_as_it_was_keeps_its_mark(store, administrator):
    _confirm(store, administrator, AREA)
    _retitle(store, administrator, "重点1", cited="第二条")
    assert row(store, KeyArea, 1).checked_on == TODAY
    assert last_event(store).detail == {"changes": {"cited": {"before": "", "after": "第二条"}}}


def _edit(store, administrator, **changed):
    asked = {
        "measure_id": 1,
        "title": "举措1",
        "short_title": "举措1",
        "key_area_id": 1,
        "cited": "",
        **changed,
    }
    reference.edit_measure(store, by=administrator, **asked)
    return row(store, Measure, 1)


def test_title_and_area_of_a_measure_are_marked_apart(store, administrator):
    _confirm(store, administrator, CataloguePart.MEASURE, "title", "key_area_id")
    edited = _edit(store, administrator, title="新举措")
    assert (edited.title_source, edited.area_source, edited.checked_on) == (UNCHECKED, CONFIRMED, TODAY)
    edited = _edit(store, administrator, title="新举措", key_area_id=2)
    assert (edited.title_source, edited.area_source, edited.checked_on) == (UNCHECKED, UNCHECKED, None)


def test_a_new_short_title_changes_no_mark(store, administrator):
    _confirm(store, administrator, CataloguePart.MEASURE, "title")
    edited = _edit(store, administrator, short_title="新简称")
    assert (edited.title_source, edited.area_source) == (CONFIRMED, TitleSource.PROJECT)
    assert (edited.short_title, edited.checked_on) == ("新简称", TODAY)


def test_a_measure_stays_in_its_own_notice(store, administrator):
    area_id = _second_notice(store)
    refused = refusal_of(_edit, store, administrator, key_area_id=area_id)
    assert refused.fields == ("key_area_id",)


def test_every_fault_of_a_measure_is_told_at_once(store, administrator):
    refused = refusal_of(_edit, store, administrator, title="", short_title="长" * 21)
    assert refused.fields == ("title", "short_title")
    assert row(store, Measure, 1).title == "举措1"


def test_what_was_checked_and_when_must_be_said(store, administrator):
    refused = refusal_of(_confirm, store, administrator, CataloguePart.MEASURE, *())
    assert (refused.messages[0].key, refused.fields) == ("reference.nothing_confirmed", ("title",))
    tomorrow = date(YEAR, 3, 21)
    refused = refusal_of(_confirm, store, administrator, AREA, "title", checked_on=tomorrow)
    assert refused.fields == ("checked_on",)


def _edit_indicator(store, administrator, **changed):
    asked = {"name": "展会", "unit": "场", "additive": True, "headline": True, **changed}
    reference.edit_indicator(store, by=administrator, indicator_id=FAIRS, **asked)
    return row(store, Indicator, FAIRS)


def test_an_unused_indicator_may_be_changed_whole(store, administrator):
    _confirm(store, administrator, CataloguePart.INDICATOR, "name")
    edited = _edit_indicator(store, administrator, unit="场次", additive=False)
    assert (edited.unit, edited.additive, edited.source) == ("场次", False, TitleSource.PROJECT)
    assert edited.checked_on is None


@pytest.mark.parametrize("changed", [{"unit": "家"}, {"additive": False}])
def test_an_indicator_with_targets_keeps_its_unit(store, administrator, changed):
    filed_plan(store)
    refused = refusal_of(_edit_indicator, store, administrator, **changed)
    assert refused.messages[0].key == "reference.indicator_in_use"
    assert row(store, Indicator, FAIRS).unit == "场"


def test_an_indicator_with_targets_may_be_renamed_and_shown_less(store, administrator):
    filed_plan(store)
    edited = _edit_indicator(store, administrator, name="参展", headline=False)
    assert (edited.name, edited.headline) == ("参展", False)


def test_prominence_alone_changes_no_mark(store, administrator):
    _confirm(store, administrator, CataloguePart.INDICATOR, "name")
    assert _edit_indicator(store, administrator, headline=False).source is CONFIRMED


def test_an_indicator_is_added_after_the_last_of_its_measure(store, administrator):
    asked = {"name": "签约", "unit": "项", "additive": True, "headline": False}
    first = reference.add_indicator(store, by=administrator, measure_id=2, **asked)
    second = reference.add_indicator(store, by=administrator, measure_id=1, **asked)
    assert (row(store, Indicator, first).number, row(store, Indicator, second).number) == (1, 3)
    assert row(store, Indicator, second).source is TitleSource.PROJECT


def test_what_is_not_there_cannot_be_changed(store, administrator):
    with pytest.raises(NotFound):
        _retitle(store, administrator, "无", part_id=99)


def test_what_a_command_names_by_code_and_number_is_found_or_refused_by_that_name(store: Store):
    assert authority_with_code(store, row(store, Authority, NORTH).code) == NORTH
    number = next(iter(measures_frame(store, notice_id=1)["number"]))
    assert row(store, Measure, measure_of_period(store, FIRST_QUARTER, number)).number == number
    for asked, wrong in ((authority_with_code, ("没有",)), (measure_of_period, (FIRST_QUARTER, 99))):
        refused = refusal_of(asked, store, *wrong)
        assert isinstance(refused, NotFound)
        assert str(wrong[-1]) in str(refused)
