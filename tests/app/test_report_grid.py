"""The grid of a period: what is typed in it is read, marked, saved as far as it can be, and otherwise kept."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from db.store import Store
from db.updates import actions as updates
from tests.app.acting import button, press
from tests.app.conftest import Open
from tests.app.looping import OFFICER, every_word, item_now, items_of, period_of, person, typed
from tracking.figures.completion import basis_of
from tracking.grids import MILESTONES
from tracking.vocabulary import CompletionBasis, UpdateStatus

SENTENCE = "情况说明（一句话）"


@pytest.fixture
def day(ordinary_day: date) -> date:
    """The last period's values stand beside the new ones, and a year's first period has none."""
    return ordinary_day


@pytest.fixture
def measured(sample: Store):
    """Two tasks with one target each."""
    return [item for item in items_of(sample, person(sample, OFFICER)) if len(item.facts.targets) == 1][:2]


@pytest.fixture
def grid(open_page: Open) -> AppTest:
    return open_page("report", OFFICER, filling="grid")


def unchanged(sample: Store):
    """The tasks reported as unchanged."""
    now = items_of(sample, person(sample, OFFICER))
    return [item for item in now if item.update and item.update.no_change]


def figure(item) -> str:
    """The cell of its indicator."""
    return f"actuals.{next(iter(item.facts.targets))}"


def more(item, by: int = 1) -> str:
    """A little more than was reported last."""
    return str(next(iter(item.facts.last_actuals.values())) + by)


def filled(seen: AppTest, *rows: tuple, version: int | None = None) -> AppTest:
    """The page after cells were typed, as the browser writes them; what was typed before goes on standing there."""
    field = seen.main.text_area[0]
    written = json.loads(field.value or "{}")
    for item, cells in rows:
        own = written.setdefault(
            str(item.task.id), {"version": item.row_version if version is None else version, "cells": {}}
        )
        own["cells"] |= cells
    return field.set_value(json.dumps(written)).run()


def still_typed(seen: AppTest) -> Mapping[str, Mapping[str, str]]:
    """Task → cell → text, as it stands in the grid."""
    rows = json.loads(seen.main.text_area[0].value or "{}")
    return {task: row["cells"] for task, row in rows.items()}


def said(seen: AppTest) -> str:
    """What is said beside the rows."""
    return next(found.body for found in map(_proto, seen.main.get("html")) if "grid-said" in found.body)


def _proto(element):
    return element.proto


def test_all_tasks_stand_in_one_grid_with_their_last_values(grid: AppTest, measured):
    shown = next(one.proto.body for one in grid.main.get("html") if "entry-grid" in one.proto.body)
    assert shown.count("<tr data-task=") == 30
    last = next(iter(measured[0].facts.last_actuals.values()))
    assert f">{last:,.0f}</textarea>" in shown


def test_what_is_sound_is_saved_and_an_odd_cell_keeps_what_was_typed(grid: AppTest, sample: Store, measured):
    first, second = measured
    seen = filled(grid, (first, {figure(first): "二十场"}), (second, {figure(second): more(second)}))
    assert "请填写数字" in said(seen)
    seen = press(seen, "保存（2）")
    assert f"已保存 1 项：任务 {second.planned.number}" in every_word(seen)
    assert f"任务 {first.planned.number} 没有保存" in every_word(seen)
    assert still_typed(seen) == {str(first.task.id): {figure(first): "二十场"}}
    assert item_now(sample, first).update is None
    assert item_now(sample, second).draft.actuals == {next(iter(second.facts.targets)): Decimal(more(second))}


def test_where_no_cell_can_be_read_nothing_is_saved_and_every_fault_is_told(
    grid: AppTest, sample: Store, measured
):
    first = measured[0]
    seen = press(filled(grid, (first, {figure(first): "-5"})), "保存（1）")
    assert "不能填写负数" in every_word(seen)
    assert still_typed(seen) == {str(first.task.id): {figure(first): "-5"}}


@pytest.mark.parametrize("value", ["二十场", "9999999999999"])
def test_a_row_with_a_figure_that_is_none_claims_no_completion(grid: AppTest, measured, value: str):
    first = measured[0]
    assert "完成率" in said(filled(grid, (first, {figure(first): more(first)})))
    assert "完成率" not in said(filled(grid, (first, {figure(first): value})))


def test_whatever_is_complete_is_handed_over_and_the_rest_kept_as_a_draft(
    grid: AppTest, sample: Store, measured
):
    first, second = measured
    seen = filled(
        grid,
        (first, {figure(first): more(first), "progress": ""}),
        (second, {figure(second): more(second), "progress": "已办结"}),
    )
    seen = press(seen, "送审签（2）")
    assert f"已送审签 1 项：任务 {second.planned.number}" in every_word(seen)
    assert f"任务 {first.planned.number} 已存为草稿，还不能送审签：请填写此项" in every_word(seen)
    assert item_now(sample, first).update.status is UpdateStatus.DRAFT
    assert item_now(sample, second).update.status is UpdateStatus.HANDED_OVER
    seen = press(filled(seen, (item_now(sample, first), {"progress": "补写"})), "送审签（1）")
    assert item_now(sample, first).update.status is UpdateStatus.HANDED_OVER
    assert still_typed(seen) == {}


def test_the_confirmation_says_what_came_of_it(grid: AppTest, sample: Store, measured):
    first, second = measured
    empty = {figure(first): more(first), "progress": ""}
    seen = press(filled(grid, (first, empty), (second, {figure(second): "odd"})), "送审签（1）")
    assert [one.value for one in seen.toast] == [
        "没有送审签，存为草稿 1 项，没有保存 1 项。逐项结果列在表格上方。"
    ]
    seen = press(filled(seen, (second, {figure(second): more(second), "progress": "已办结"})), "送审签（2）")
    assert seen.toast[0].value.startswith("已送审签 1 项，存为草稿 1 项。")
    seen = press(filled(seen, (item_now(sample, first), {"progress": "补写"})), "保存（1）")
    assert seen.toast[0].value.startswith("已保存 1 项。")


def save_meanwhile(store: Store, item) -> None:
    """Somebody else saves a task."""
    updates.save_progress_update(
        store,
        by=person(store, OFFICER),
        task_id=item.task.id,
        period_id=period_of(store),
        row_version=0,
        draft=item.draft,
    )


@pytest.mark.parametrize("choice", ["保留我填写的内容", "采用已保存的内容"])
def test_a_task_saved_by_somebody_else_shows_both_versions(
    grid: AppTest, sample: Store, measured, choice: str
):
    first, second = measured
    seen = filled(grid, (first, {"progress": "我的进展"}), (second, {"progress": "另一项"}))
    save_meanwhile(sample, first)
    seen = press(seen, "保存（2）")
    assert f"已保存 1 项：任务 {second.planned.number}" in every_word(seen)
    assert f"任务 {first.planned.number}：" in seen.main.warning[0].value
    assert "我的进展" in every_word(seen)
    assert item_now(sample, first).draft.progress == first.draft.progress
    seen = press(seen, choice)
    if choice.startswith("保留"):
        seen = press(seen, "保存（1）")
        assert item_now(sample, first).draft.progress == "我的进展"
    assert still_typed(seen) == {}
    assert "请选择保留哪一份" not in every_word(seen)


def test_both_versions_show_a_cell_that_cannot_be_read_as_it_was_typed(
    grid: AppTest, sample: Store, measured
):
    first = measured[0]
    seen = filled(grid, (first, {figure(first): "二十场"}))
    save_meanwhile(sample, first)
    stands = f"{next(iter(first.facts.last_actuals.values())):,.0f}"
    assert f"| {stands} | 二十场 |" in every_word(press(seen, "保存（1）"))


def test_the_figures_write_the_progress_of_all_rows_at_once(grid: AppTest, sample: Store, measured):
    first, second = measured
    seen = filled(
        grid,
        (first, {figure(first): more(first)}),
        (second, {figure(second): more(second), "progress": "自己写的"}),
    )
    assert "进展沿用上期" in said(seen)
    seen = press(seen, "按数值写进展（1）")
    typed = still_typed(seen)
    assert typed[str(first.task.id)]["progress"].startswith("截至本期末")
    assert typed[str(second.task.id)]["progress"] == "自己写的"
    assert button(seen, "按数值写进展（0）").disabled


def test_a_sentence_of_ours_is_written_anew_whenever_the_figures_have_moved_on(
    grid: AppTest, sample: Store, measured
):
    first, second = measured
    rows = ((item, {figure(item): more(item)}) for item in measured)
    seen = press(filled(grid, *rows), "按数值写进展（2）")
    seen = filled(seen, (second, {figure(second): more(second, 7), "progress": "自己写的"}))
    seen = press(filled(seen, (first, {figure(first): more(first, 7)})), "按数值写进展（1）")
    assert "（较上期 +7）" in still_typed(seen)[str(first.task.id)]["progress"]
    assert still_typed(seen)[str(second.task.id)]["progress"] == "自己写的"
    seen = filled(press(seen, "保存（2）"), (item_now(sample, first), {figure(first): more(first, 8)}))
    seen = press(press(seen, "保存（1）"), "按数值写进展（1）")
    assert "（较上期 +8）" in still_typed(seen)[str(first.task.id)]["progress"]


def test_what_somebody_worded_in_a_saved_draft_is_not_written_over(grid: AppTest, sample: Store, measured):
    first = measured[0]
    seen = press(filled(grid, (first, {figure(first): more(first), "progress": "展会开幕"})), "保存（1）")
    seen = filled(seen, (item_now(sample, first), {figure(first): more(first, 2)}))
    assert button(seen, "按数值写进展（0）").disabled


def test_the_rest_is_reported_unchanged_while_typed_rows_stay(grid: AppTest, sample: Store, measured):
    first, second = measured
    rows = (first, {figure(first): more(first)}), (second, {figure(second): "odd"})
    seen = filled(grid, *rows)
    assert "项滞后、预警或有节点到期" in every_word(seen)
    quiet = next(found.label for found in seen.main.button if found.label.startswith("报无变化"))
    seen = press(seen, quiet)
    assert quiet == f"报无变化（{len(unchanged(sample))}）"
    assert set(still_typed(seen)) == {str(first.task.id), str(second.task.id)}
    everything = next(
        found.label
        for found in typed(seen, SENTENCE, "推迟").main.button
        if found.label.startswith("报无变化")
    )
    seen = press(seen, everything)
    assert set(still_typed(seen)) == {str(first.task.id), str(second.task.id)}
    reported = unchanged(sample)
    assert len(reported) == len(items_of(sample, person(sample, OFFICER))) - 2
    assert {item.update.explanation for item in reported} == {"", "推迟"}


def test_milestones_are_typed_by_their_numbers(grid: AppTest, sample: Store):
    item = next(
        item
        for item in items_of(sample, person(sample, OFFICER))
        if basis_of(item.facts.targets, item.facts.milestones) is CompletionBasis.MILESTONES
    )
    every = "、".join(map(str, item.facts.milestones))
    seen = filled(grid, (item, {MILESTONES: f"{every} 甲"}))
    assert "请填写节点序号" in said(seen)
    press(filled(seen, (item, {MILESTONES: every})), "保存（1）")
    assert item_now(sample, item).draft.milestones_reached == frozenset(item.facts.milestones)


def test_what_is_typed_is_there_again_in_another_session(open_page: Open, grid: AppTest, measured):
    first = measured[0]
    filled(grid, (first, {figure(first): "二十场"})).run()
    again = open_page("report", OFFICER, filling="grid")
    assert still_typed(again) == {str(first.task.id): {figure(first): "二十场"}}
    assert "已恢复" in every_word(again)
