"""A row of the grid: what stands in its cells, what typed cells make of it, and what cannot be read."""

from decimal import Decimal

import pytest

from tracking.grids import MILESTONES, PERCENT, TypedRow, cells_of, read_row, typed_rows, written_rows
from tracking.validation import TaskFacts, UpdateDraft

MEASURED = TaskFacts(targets={7: Decimal(40), 9: Decimal(3)})
STEPS = TaskFacts(milestones={1: 400, 2: 600})
TYPED = TaskFacts()
LAST = UpdateDraft(actuals={7: Decimal("1234.5")}, progress="已办")


def read(
    cells: dict[str, str], begun: UpdateDraft = LAST, facts: TaskFacts = MEASURED, *, again: bool = True
):
    return read_row(cells, begun, begun, facts, again=again)


def test_the_cells_of_a_measured_task_are_its_indicators_and_texts():
    cells = cells_of(LAST, MEASURED)
    assert list(cells) == ["actuals.7", "actuals.9", "progress", "difficulties", "next_steps", "explanation"]
    assert (cells["actuals.7"], cells["actuals.9"], cells["progress"]) == ("1,234.5", "", "已办")


def test_milestones_stand_as_numbers_and_a_share_as_percent():
    assert cells_of(UpdateDraft(milestones_reached=frozenset({2, 1})), STEPS)[MILESTONES] == "1、2"
    assert cells_of(UpdateDraft(typed_permille=625), TYPED)[PERCENT] == "62.5"
    assert cells_of(UpdateDraft(), TYPED)[PERCENT] == ""


def test_typed_cells_change_only_what_they_name():
    draft = read({"actuals.9": "２", "progress": "又办"}).draft
    assert draft.actuals == {7: Decimal("1234.5"), 9: Decimal(2)}
    assert (draft.progress, draft.no_change) == ("又办", False)


def test_an_emptied_figure_is_no_figure():
    assert read({"actuals.7": " "}).draft.actuals == {}
    assert read({PERCENT: ""}, UpdateDraft(typed_permille=10), TYPED).draft.typed_permille is None
    assert read({PERCENT: "7.5%"}, UpdateDraft(), TYPED).draft.typed_permille == 75


def test_a_cell_that_cannot_be_read_leaves_the_figure_and_says_why():
    row = read({"actuals.7": "二十场", "actuals.9": "2"})
    assert row.draft.actuals == {7: Decimal("1234.5"), 9: Decimal(2)}
    assert [(one.field, one.message.key) for one in row.wrong] == [("actuals.7", "validation.not_a_number")]


@pytest.mark.parametrize(
    ("typed", "reached"), [("1,2", {1, 2}), ("1、 ２；", {1, 2}), ("", set()), ("2", {2})]
)
def test_milestones_are_read_with_anything_usual_between_them(typed: str, reached: set[int]):
    assert read({MILESTONES: typed}, UpdateDraft(), STEPS).draft.milestones_reached == reached


@pytest.mark.parametrize("typed", ["一", "1-2", "1000", "1.5"])
def test_what_is_no_number_of_a_milestone_is_told(typed: str):
    assert [one.field for one in read({MILESTONES: typed}, UpdateDraft(), STEPS).wrong] == [MILESTONES]


def test_a_row_that_only_repeats_the_last_report_is_one_of_no_change():
    assert read({"actuals.7": "1234.50"}).draft.no_change
    assert not read({"actuals.7": "1234.50"}, again=False).draft.no_change


def test_a_cell_that_the_task_has_not_is_no_part_of_it():
    assert read({PERCENT: "10", "no_change": "1"}) == read({})


def test_what_is_written_is_read_again():
    rows = {5: TypedRow(3, {"progress": "写\n到一半"}), 6: TypedRow(0, {})}
    assert typed_rows(written_rows(rows)) == {5: rows[5]}
    assert written_rows({6: rows[6]}) == ""


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[1]",
        "7",
        '{"a":{}}',
        '{"5":{"version":"x","cells":{"progress":"1"}}}',
        '{"5":{"version":1,"cells":7}}',
    ],
)
def test_what_no_grid_has_written_is_nothing(written: str):
    assert typed_rows(written) == {}
