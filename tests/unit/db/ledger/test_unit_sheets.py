"""The sheet of a unit as a paper: its figures are those of the page, narrowed and viewed alike."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest

from db.authorities.scope import NATION
from db.difficulties.actions import raise_difficulty
from db.figures.queries import cells_frame
from db.ledger.exports import LedgerFilter
from db.ledger.unit_sheets import SheetView, export_unit_sheet
from db.plans.actions import file_plan
from db.store import NotFound, Store
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    SOUTH_POST,
    YEAR,
    accepted,
    at,
    draft_plan,
    fair_task,
    fairs_held,
    filed_plan,
    hand_in,
    people,
    small_country,
    suspended,
    typed_task,
)
from tests.support.register_cases import MECHANISM, add_registers, recorded
from tests.support.trail import last_event
from tracking.difficulties import DifficultyCause
from tracking.documents.unit_sheet import UnitSheet, unit_sheet_paper
from tracking.messages import Refusal
from tracking.permissions import Right
from tracking.vocabulary import Language, Light

OWN = LedgerFilter(unit_id=NORTH)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def sheet_of(store: Store, where: LedgerFilter = OWN, period_id: int = FIRST_QUARTER, **more) -> UnitSheet:
    asked = {"by": people().officer, "language": Language.ZH_CN} | more
    return export_unit_sheet(store, period_id=period_id, where=where, **asked)


def said(sheet: UnitSheet, language: Language = Language.ZH_CN) -> str:
    document = docx.Document(BytesIO(unit_sheet_paper(sheet, language=language)))
    lines = [line.text for line in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*lines, *cells])


def test_its_figures_are_the_cells_of_the_unit_and_its_tasks_add_up_to_them(store: Store):
    first, _, _ = filed_plan(store, fair_task(), typed_task(2, due_on=date(YEAR, 3, 1)), typed_task(3))
    accepted(store, first, fairs_held(3))
    sheet = sheet_of(store)
    cells = cells_frame(store, NATION, period_id=FIRST_QUARTER)
    assert sheet.head.tasks == cells["tasks"].sum() == len(sheet.tasks) == 3
    assert sheet.head.completion_permille == cells["done"].sum() / cells["weight_tenths"].sum() == 100
    assert {light: int((sheet.tasks["light"] == light).sum()) for light in Light} == sheet.head.lights
    words = said(sheet)
    for piece in (
        "在行任务 3 项，本期已报送 1 项",
        "完成率 10.0%",
        "组织参展",
        "30.0%",
        "2026-03-01",
        "本单位全部任务",
    ):
        assert piece in words
    assert "较上期" not in words
    event = last_event(store)
    assert (event.action, event.authority_id) == ("export_unit_sheet", NORTH)


def test_it_is_narrowed_as_the_page_is(store: Store):
    filed_plan(store, fair_task(), typed_task(2, due_on=date(YEAR, 3, 1)), typed_task(3))
    by_measure = sheet_of(store, replace(OWN, measure_id=2))
    assert by_measure.tasks["measure_id"].tolist() == [2]
    assert by_measure.head.tasks == 1
    assert "举措2" in by_measure.filters
    assert sheet_of(store, replace(OWN, area_id=2)).measures["measure_id"].tolist() == [3]
    red = sheet_of(store, replace(OWN, light=Light.RED))
    assert red.tasks["measure_id"].tolist() == [2]
    assert red.head.tasks == 3


def test_a_period_is_beside_the_one_before_it(store: Store):
    (task,) = filed_plan(store)
    accepted(store, task, fairs_held(3))
    with at(date(YEAR, 4, 20)):
        accepted(store, task, fairs_held(4), SECOND_QUARTER)
        sheet = sheet_of(store, period_id=SECOND_QUARTER)
    assert sheet.head.change_points == pytest.approx(10)
    assert "完成率较上期变化 +10.0 个百分点" in said(sheet)


def test_a_past_day_is_as_it_was_known_and_names_no_difficulties(store: Store):
    (task,) = filed_plan(store)
    with at(date(YEAR, 3, 25)):
        accepted(store, task, fairs_held(3))
        past = sheet_of(store, replace(OWN, known_on=date(YEAR, 3, 22)))
        now = sheet_of(store)
    assert (past.head.completion_permille, now.head.completion_permille) == (0, 300)
    assert past.as_of == date(YEAR, 3, 22)
    assert past.difficulties is None
    assert "不列困难问题" in said(past)
    assert "没有提请协调" in said(now)


def test_it_says_what_is_open_and_what_is_in_place(store: Store):
    cast = people()
    (task,) = filed_plan(store)
    bare = sheet_of(store)
    assert "尚未登记" in said(bare)
    assert "尚未登记" not in said(replace(bare, mechanism=None)), "nothing is known of it"
    update_id = accepted(store, task, fairs_held(1, difficulties="签证困难"))
    raise_difficulty(
        store, by=cast.officer, update_id=update_id, cause=DifficultyCause.OTHER, request="请协调签证"
    )
    add_registers(store)
    recorded(store, cast.officer, "coordination", {**MECHANISM, "document_number": "〔2026〕1号"})
    words = said(sheet_of(store))
    assert "签证困难" in words
    assert "〔2026〕1号" in words


@pytest.mark.parametrize("language", Language)
def test_a_unit_without_tasks_has_a_sheet_that_says_so(store: Store, language: Language):
    words = said(sheet_of(store, language=language), language)
    assert {Language.ZH_CN: "本期没有在行任务", Language.EN: "No task is in force"}[language] in words


def test_suspended_tasks_are_counted_beside_the_others(store: Store):
    first, _ = filed_plan(store, typed_task(1), typed_task(2))
    suspended(store, first)
    assert "在行任务 1 项，本期已报送 0 项；另有中止任务 1 项" in said(sheet_of(store))


def test_a_host_is_shown_with_those_it_hosts_where_the_page_does(store: Store):
    cast = people()
    filed_plan(store, typed_task(1))
    signatory = replace(cast.signatory, authority_id=SOUTH)
    southern = replace(cast, officer=cast.southerner, signatory=signatory)
    revision_id = draft_plan(store, cast.southerner, typed_task(2, post_id=SOUTH_POST))
    hand_in(store, southern, revision_id)
    file_plan(store, by=cast.member, revision_id=revision_id)
    alone, hosted, today = (
        sheet_of(store, by=cast.member, view=view)
        for view in (SheetView(), SheetView(provinces=True), SheetView(todays_tree=True))
    )
    assert [len(alone.tasks), alone.head.tasks] == [1, 1]
    assert [len(hosted.tasks), hosted.head.tasks] == [2, 2]
    assert today.head == alone.head


@pytest.mark.parametrize(
    "where",
    [
        LedgerFilter(),
        LedgerFilter(unit_id=SOUTH),
        replace(OWN, measure_id=99),
        replace(OWN, area_id=2, measure_id=1),
    ],
)
def test_what_is_out_of_reach_is_not_found(store: Store, where: LedgerFilter):
    with pytest.raises(NotFound):
        sheet_of(store, where)


def test_a_city_has_no_sheet_of_its_own(store: Store):
    with pytest.raises(NotFound):
        sheet_of(store, LedgerFilter(unit_id=3), by=people().member)


def test_a_period_to_come_and_a_person_without_the_right_are_refused(store: Store):
    with pytest.raises(Refusal) as refused:
        sheet_of(store, period_id=SECOND_QUARTER)
    assert refused.value.messages[0].key == "briefing.period_not_begun"
    with pytest.raises(Refusal) as refused:
        sheet_of(store, by=people().administrator)
    assert refused.value.messages[0].values["right"] is Right.EXPORT_LEDGER
