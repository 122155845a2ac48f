"""What the report page refuses or asks to have explained, and how it leads to the field."""

from dataclasses import replace
from datetime import date

import pytest

from db.store import Store
from db.updates import actions as updates
from tests.app.acting import press
from tests.app.conftest import Open
from tests.app.looping import (
    OFFICER,
    SIGNATORY,
    every_word,
    field,
    item_now,
    items_of,
    opened,
    period_of,
    person,
    saved_by_another,
    task_with,
    tick,
    typed,
)
from tracking.vocabulary import CompletionBasis


@pytest.fixture
def day(ordinary_day: date) -> date:
    """The last period's values stand beside the new ones, and a year's first period has none."""
    return ordinary_day


BAD_FIGURES = {
    "二十场": "请填写数字",
    "-5": "不能填写负数",
    "1.234": "最多保留 2 位小数",
    "=1+1": "请填写数字",
    "12😀": "请填写数字",
    "9999999999999": "数值过大",
    "0": "累计值由",
}
BAD_TEXTS = {
    "字" * 10_000: "现有 10000 字",
    "响铃\a": "U+0007",
    "换向\u202e": "U+202E",
}


def refused(seen, label: str, value: str, sentence: str) -> None:
    """One sentence, in the summary and beside its field, and what was typed is still there."""
    assert sentence in seen.main.error[0].value.replace("\\", "")
    assert len([line for line in seen.main.markdown if sentence in line.value.replace("\\", "")]) == 1
    assert field(seen, label).value == value


@pytest.mark.parametrize("value", BAD_FIGURES)
def test_a_bad_figure_gets_one_sentence_beside_it(open_page: Open, sample: Store, measured, value):
    seen = opened(open_page, measured)
    version = sample.data_version()
    seen = press(typed(seen, "截至本期末累计", value), "送审签")
    refused(seen, "截至本期末累计", value, BAD_FIGURES[value])
    assert sample.data_version() == version


@pytest.mark.parametrize("value", BAD_TEXTS, ids=lambda value: value[:2])
def test_a_bad_text_gets_one_sentence_beside_it(open_page: Open, sample: Store, measured, value):
    seen = opened(open_page, measured)
    version = sample.data_version()
    seen = press(typed(seen, "存在问题", value), "保存草稿")
    refused(seen, "存在问题", value, BAD_TEXTS[value])
    assert sample.data_version() == version


@pytest.mark.parametrize("value", ["abc", "9999999999999"])
def test_a_figure_that_is_none_is_not_reckoned_with(open_page: Open, measured, value: str):
    (last,) = measured.facts.last_actuals.values()
    seen = typed(opened(open_page, measured), "截至本期末累计", str(last + 1))
    said = field(seen, "本期进展").value
    seen = typed(seen, "截至本期末累计", value)
    assert "本期数值还读不出来" in every_word(seen)
    assert "采纳后亮灯" not in every_word(seen)
    if value == "abc":
        assert field(seen, "本期进展").value == said
    assert "采纳后亮灯" in every_word(typed(seen, "截至本期末累计", str(last)))


def test_a_percentage_over_a_hundred_is_refused(open_page: Open, sample: Store):
    item = task_with(sample, CompletionBasis.TYPED)
    seen = opened(open_page, item)
    version = sample.data_version()
    seen = press(typed(seen, "累计完成率", "120"), "保存草稿")
    refused(seen, "累计完成率", "120", "0% 至 100%")
    assert sample.data_version() == version


def test_every_fault_is_told_at_once(open_page: Open, measured):
    seen = typed(typed(opened(open_page, measured), "截至本期末累计", "abc"), "本期进展", "")
    seen = press(seen, "送审签")
    assert seen.main.error[0].value.count("\n- ") == 2
    assert "有 2 处需要修改" in every_word(seen)


def test_a_fall_is_accepted_once_it_is_explained(open_page: Open, sample: Store, measured):
    seen = typed(typed(opened(open_page, measured), "本期进展", "重新统计"), "截至本期末累计", "0")
    seen = press(seen, "送审签")
    seen = press(typed(seen, "情况说明", "核减重复统计"), "送审签")
    assert item_now(sample, measured).draft.explanation == "核减重复统计"


def test_a_third_period_without_change_needs_a_reason(open_page: Open, sample: Store, measured, monkeypatch):
    monkeypatch.setattr("db.updates.facts._streak", lambda earlier: 2)
    seen = opened(open_page, measured)
    assert f"选择 任务 {measured.planned.number}" not in [box.label for box in seen.main.checkbox]
    seen = press(seen, "本期无变化")
    assert "已连续 3 期" in every_word(seen)
    press(typed(seen, "情况说明", "展会推迟至明年"), "本期无变化")
    assert item_now(sample, measured).update.no_change


def test_drafts_are_handed_over_together_and_every_gap_is_named(open_page: Open, sample: Store, measured):
    saved_by_another(sample, measured, progress="")
    seen = tick(open_page("report", OFFICER), f"选择 任务 {measured.planned.number}")
    seen = press(seen, "送审签（1）")
    named = [found.label for found in seen.main.button if f"任务 {measured.planned.number}：" in found.label]
    assert len(named) == 1


def test_five_thousand_typed_for_another_figure_is_stopped_until_it_is_explained_and_confirmed(
    open_page: Open, sample: Store, measured
):
    seen = typed(opened(open_page, measured), "截至本期末累计", "5000")
    seen = press(typed(seen, "本期进展", "第四季度组织参展"), "送审签")
    assert "倍，请核对" in every_word(seen)
    assert item_now(sample, measured).update is None
    seen = typed(seen, "情况说明", "承办全国性展会")
    for label in [box.label for box in seen.main.checkbox if box.label.startswith("我已核对")]:
        seen = tick(seen, label)
    press(seen, "送审签")
    draft = item_now(sample, measured).draft
    assert draft.explanation == "承办全国性展会"
    assert draft.confirmed == {"whole_but_not_asked", "whole_without_evidence"}
    seen = open_page("sign_off", SIGNATORY, update=str(item_now(sample, measured).update.id))
    (figures,) = seen.main.table
    assert "说明：承办全国性展会" in figures.value["核验"].iloc[0]
    assert every_word(seen).count("填报人已核对") >= 2


def test_what_is_missing_opens_its_task_and_stands_at_its_field(open_page: Open, sample: Store):
    officer = person(sample, OFFICER)
    first, second = (item for item in items_of(sample, officer)[:2])
    for item in (first, second):
        updates.save_progress_update(
            sample,
            by=officer,
            task_id=item.task.id,
            period_id=period_of(sample),
            row_version=0,
            draft=replace(item.draft, progress="" if item is second else "有新进展"),
        )
    seen = open_page("report", OFFICER)
    assert every_word(seen).count(":red[缺 1 项]") == 1
    for item in (first, second):
        seen = tick(seen, f"选择 任务 {item.planned.number}")
    seen = press(seen, "送审签（2）")
    fault = next(found for found in seen.main.button if str(found.key).startswith("fault_0_field-progress"))
    assert fault.label == f":red[任务 {second.planned.number}：请填写此项。]"
    seen = fault.click().run()
    assert seen.query_params["task"] == str(second.task.id)
    assert seen.main.error[0].value.endswith("[本期进展：请填写此项。](#field-progress)")
