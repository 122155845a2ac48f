"""The report page: what it begins with, what it keeps, what it shows before saving, and what it refuses."""

from datetime import date
from decimal import Decimal

import pytest

from db import clock
from db.store import Store
from db.updates import actions as updates, reviews
from pages.parts.updates.no_change import unchanged_of
from pages.shared.choices import begun_periods
from tests.app.acting import confirmed, press
from tests.app.conftest import Open
from tests.app.looping import (
    MEMBER,
    OFFICER,
    SIGNATORY,
    every_word,
    field,
    item_now,
    items_of,
    lines_of,
    opened,
    period_of,
    person,
    saved_by_another,
    tick,
    typed,
)
from tests.support.factories import FAIRS
from tests.support.register_cases import FAIR, recorded
from tracking.vocabulary import PeriodStatus, UpdateStatus

COPIED = "与上期文字完全相同"


@pytest.fixture
def day(ordinary_day: date) -> date:
    """The last period's values stand beside the new ones, and a year's first period has none."""
    return ordinary_day


def test_all_tasks_of_the_period_are_on_one_page_with_their_last_values(open_page: Open, measured):
    seen = opened(open_page, measured)
    assert len(lines_of(seen)) == 30
    (last,) = measured.facts.last_actuals.values()
    assert Decimal(field(seen, "截至本期末累计").value.replace(",", "")) == last
    assert field(seen, "本期进展").value == measured.last.progress
    assert COPIED not in every_word(seen)  # nothing has changed, and nothing need be said


@pytest.mark.parametrize(("who", "carried"), [(OFFICER, True), ("jiangsu.officer", False)])
def test_nothing_is_said_to_come_from_the_last_period_where_there_was_none(
    open_page: Open, sample: Store, who, carried
):
    tasks = [item.task.id for item in items_of(sample, person(sample, who)) if not item.update]
    said = every_word(open_page("report", who, task=str(tasks[0])))
    assert ("带自上期" in said, "本任务首次填报" in said) == (carried, not carried)


def test_a_text_that_repeats_the_last_one_beside_other_figures_is_marked_until_it_is_rewritten(
    open_page: Open, measured
):
    (last,) = measured.facts.last_actuals.values()
    seen = typed(opened(open_page, measured), "截至本期末累计", str(last + 1))
    seen = typed(seen, "本期进展", measured.last.progress)
    marked = every_word(seen).count(COPIED)
    assert marked
    assert every_word(typed(seen, "本期进展", "新的进展")).count(COPIED) == marked - 1


def test_the_consequence_is_shown_before_anything_is_saved(open_page: Open, sample: Store, measured):
    seen = opened(open_page, measured)
    version = sample.data_version()
    (target,) = measured.facts.targets.values()
    seen = typed(seen, "截至本期末累计", str(target))
    assert "累计完成率 **100.0%**" in every_word(seen)
    assert "已达到年度目标" in every_word(seen)
    assert sample.data_version() == version


def test_what_is_typed_stays_while_another_task_is_looked_at(open_page: Open, sample: Store, measured):
    seen = typed(opened(open_page, measured), "本期进展", "写到一半")
    for label in (lines_of(seen)[0], lines_of(seen)[measured.planned.number - 1]):
        seen = press(seen, label)
    assert field(seen, "本期进展").value == "写到一半"
    assert item_now(sample, measured).update is None


def test_what_the_register_says_stands_beside_its_figure_and_one_that_differs_is_told(
    open_page: Open, sample: Store
):
    officer = person(sample, OFFICER)
    fair = {**FAIR, "started_on": clock.today()}
    for _ in range(12):
        recorded(sample, officer, "fairs", fair, officer.authority_id)
    item = next(item for item in items_of(sample, officer) if FAIRS in item.facts.fed and not item.update)
    seen = opened(open_page, item)
    link = f"registers?register=fairs&unit={officer.authority_id}"
    assert f"登记册合计 12，据 [12 条记录](/{link})" in every_word(seen)
    assert field(seen, "截至本期末累计").value == "12"
    differs = "与登记册合计 12（12 条记录）不一致"
    assert differs not in every_word(seen)
    assert differs in every_word(press(typed(seen, "截至本期末累计", "13"), "送审签"))


def test_a_draft_is_saved_incomplete_and_handed_over_complete(open_page: Open, sample: Store, measured):
    seen = typed(opened(open_page, measured), "本期进展", "")
    seen = press(seen, "保存草稿")
    assert "草稿已保存" in every_word(seen)
    seen = press(seen, "送审签")
    assert "请填写此项" in every_word(seen)
    seen = press(typed(seen, "本期进展", "已办结两场"), "送审签")
    assert "已送审签" in every_word(seen)
    assert item_now(sample, measured).update.status is UpdateStatus.HANDED_OVER


def test_one_task_is_reported_unchanged_with_one_click(open_page: Open, sample: Store):
    quiet = _one(sample, _quiet(sample)[0])
    press(opened(open_page, quiet), "本期无变化")
    update = item_now(sample, quiet).update
    assert (update.no_change, update.status) == (True, UpdateStatus.HANDED_OVER)


@pytest.mark.parametrize("verb", ["本期无变化", "送审签"])
def test_one_that_stands_out_is_reported_unchanged_once_a_sentence_says_why(
    open_page: Open, sample: Store, verb: str
):
    calling = _one(sample, _quiet(sample, calling=True)[0])
    seen = press(opened(open_page, calling), verb)
    assert "请用一句话说明为何无变化" in every_word(seen)
    assert item_now(sample, calling).update is None
    press(typed(seen, "情况说明", "展会推迟至下季度"), verb)
    update = item_now(sample, calling).update
    assert (update.no_change, update.explanation) == (True, "展会推迟至下季度")


@pytest.mark.parametrize(
    ("label", "value"), [("截至本期末累计", "+1"), ("截至本期末累计", "abc"), ("下步措施", "另行安排")]
)
def test_what_was_typed_is_not_thrown_away_as_unchanged(
    open_page: Open, sample: Store, measured, label: str, value: str
):
    (last,) = measured.facts.last_actuals.values()
    written = str(last + 1) if value == "+1" else value
    seen = press(typed(opened(open_page, measured), label, written), "本期无变化")
    assert item_now(sample, measured).update is None
    assert field(seen, label).value == written
    if value == "abc":
        assert "请填写数字" in every_word(seen)
    else:
        assert (
            every_word(seen).count("填写的内容与上期不同，不能报“无变化”") == 2
        )  # on top, and at the button


def test_all_chosen_tasks_are_reported_unchanged_with_one_click(open_page: Open, sample: Store):
    first, second = _quiet(sample)[:2]
    seen = tick(tick(open_page("report", OFFICER), f"选择 任务 {first}"), f"选择 任务 {second}")
    seen = press(seen, "无变化（2）")
    assert "2 项任务已报“无变化”" in every_word(seen)
    done = [item.planned.number for item in items_of(sample, person(sample, OFFICER)) if item.update]
    assert done == [first, second]


def _quiet(store: Store, *, calling: bool = False) -> list[int]:
    """The numbers of the tasks that do not stand out, or of those that do."""
    items = items_of(store, person(store, OFFICER))
    why = unchanged_of(person(store, OFFICER), period_of(store), items, clock.today()).why
    return [item.planned.number for item in items if (item.task.id in why) is calling]


def _one(store: Store, number: int):
    return next(item for item in items_of(store, person(store, OFFICER)) if item.planned.number == number)


def test_what_stands_out_is_listed_first_and_left_until_a_sentence_says_why(open_page: Open, sample: Store):
    (quiet, *_), (calling, *_) = _quiet(sample), _quiet(sample, calling=True)
    seen = tick(tick(open_page("report", OFFICER), f"选择 任务 {quiet}"), f"选择 任务 {calling}")
    assert "以下 1 项滞后、预警或有节点到期" in every_word(seen)
    seen = press(seen, "报无变化（1）")
    done = {item.planned.number: item for item in items_of(sample, person(sample, OFFICER)) if item.update}
    assert list(done) == [quiet]
    seen = tick(open_page("report", OFFICER), f"选择 任务 {calling}")
    seen = press(typed(seen, "情况说明（一句话）", "展会推迟至下季度"), "报无变化（1）")
    done = {item.planned.number: item for item in items_of(sample, person(sample, OFFICER)) if item.update}
    assert done[calling].update.explanation == "展会推迟至下季度"
    assert done[quiet].update.explanation == ""


def test_everything_can_be_ticked_at_once(open_page: Open, sample: Store):
    seen = open_page("report", OFFICER)
    seen = seen.main.checkbox[0].check().run()
    calling = len(_quiet(sample, calling=True))
    assert f"以下 {calling} 项滞后、预警或有节点到期" in every_word(seen)
    assert f"报无变化（{30 - calling}）" in [found.label for found in seen.main.button]


def test_an_update_that_only_repeats_the_last_one_counts_as_unchanged(open_page: Open, sample: Store):
    quiet = _one(sample, _quiet(sample)[0])
    press(opened(open_page, quiet), "送审签")
    assert item_now(sample, quiet).update.no_change


def test_emoji_are_text_and_formulas_stay_text(open_page: Open, sample: Store, measured):
    press(typed(opened(open_page, measured), "本期进展", "=SUM(A1) 😀"), "保存草稿")
    assert item_now(sample, measured).draft.progress == "=SUM(A1) 😀"


def test_a_closed_period_shows_what_was_reported_and_takes_nothing(open_page: Open, sample: Store):
    closed = period_of(sample, PeriodStatus.CLOSED)
    seen = open_page("report", OFFICER, period=str(closed))
    assert "该报告期已于" in every_word(seen)
    assert not seen.main.text_area


def test_a_period_that_closes_while_one_types_refuses_in_a_sentence(
    open_page: Open, sample: Store, measured, monkeypatch
):
    seen = typed(opened(open_page, measured), "本期进展", "赶在截止前")
    monkeypatch.setattr("db.periods.queries.check_open", _closed_meanwhile(sample, period_of(sample)))
    version = sample.data_version()
    seen = press(seen, "保存草稿")
    assert "该报告期已于" in every_word(seen)
    assert field(seen, "本期进展").value == "赶在截止前"
    assert sample.data_version() == version


def _closed_meanwhile(store: Store, period_id: int):
    from tracking.periods import check_open

    return lambda **asked: check_open(**{**asked, "status": PeriodStatus.CLOSED})


def test_a_task_of_another_authority_cannot_be_opened_by_its_address(open_page: Open, sample: Store):
    other = items_of(sample, person(sample, "ningbo.officer"))[0]
    seen = opened(open_page, other)
    assert seen.query_params["task"] != str(other.task.id)
    assert not seen.exception


def test_two_people_editing_one_task_see_both_versions(open_page: Open, sample: Store, measured):
    seen = typed(opened(open_page, measured), "本期进展", "我写的")
    saved_by_another(sample, measured, progress="同事写的")
    seen = press(seen, "保存草稿")
    words = every_word(seen)
    assert "保存了同一任务的进展" in words
    assert "| 本期进展 | 同事写的 | 我写的 |" in words
    assert item_now(sample, measured).draft.progress == "同事写的"
    seen = press(press(seen, "保留我填写的内容"), "保存草稿")
    assert item_now(sample, measured).draft.progress == "我写的"


def test_the_other_version_can_be_taken_instead(open_page: Open, sample: Store, measured):
    seen = typed(opened(open_page, measured), "本期进展", "我写的")
    saved_by_another(sample, measured, progress="同事写的")
    seen = press(press(seen, "保存草稿"), "采用已保存的内容")
    assert field(seen, "本期进展").value == "同事写的"


def test_a_form_nobody_typed_in_follows_what_was_saved_elsewhere(open_page: Open, sample: Store, measured):
    seen = opened(open_page, measured)
    saved_by_another(sample, measured, progress="同事写的")
    assert field(seen.run(), "本期进展").value == "同事写的"


def test_what_was_typed_is_shown_even_after_somebody_signed_the_report(
    open_page: Open, sample: Store, measured
):
    seen = typed(opened(open_page, measured), "本期进展", "还没存")
    saved_by_another(sample, measured, progress="同事写的")
    update_id = item_now(sample, measured).update.id
    updates.request_update_sign_off(sample, by=person(sample, OFFICER), update_ids=[update_id])
    updates.sign_off_progress_updates(sample, by=person(sample, SIGNATORY), update_ids=[update_id])
    seen = seen.run()
    assert "还没存" in every_word(seen)
    assert "还没存" not in every_word(press(seen, "不再保留"))


def test_what_was_handed_over_does_not_pass_for_unsaved_once_it_is_signed(
    open_page: Open, sample: Store, measured
):
    seen = press(typed(opened(open_page, measured), "本期进展", "已办结两场"), "送审签")
    update_id = item_now(sample, measured).update.id
    updates.sign_off_progress_updates(sample, by=person(sample, SIGNATORY), update_ids=[update_id])
    line = next(line for line in lines_of(seen.run()) if line.startswith(f"{measured.planned.number}　"))
    assert "您填写的内容尚未保存" not in every_word(press(seen, line))


def test_a_returned_report_stands_on_top_with_its_reason(open_page: Open, sample: Store, measured):
    saved_by_another(sample, measured, progress="已报")
    update_id = item_now(sample, measured).update.id
    updates.request_update_sign_off(sample, by=person(sample, OFFICER), update_ids=[update_id])
    updates.sign_off_progress_updates(sample, by=person(sample, SIGNATORY), update_ids=[update_id])
    updates.submit_progress_update(sample, by=person(sample, OFFICER), update_id=update_id)
    member = person(sample, MEMBER)
    reviews.return_progress_update(sample, by=member, update_id=update_id, reason="请补充佐证")
    seen = open_page("report", OFFICER)
    assert lines_of(seen)[0].startswith(str(measured.planned.number))
    assert "退回原因：请补充佐证" in every_word(seen)


def test_signed_reports_are_submitted_after_one_question(open_page: Open, sample: Store):
    officer = "ningbo.officer"
    signed = [
        item
        for item in items_of(sample, person(sample, officer))
        if item.update and item.update.status is UpdateStatus.HANDED_OVER
    ]
    handed = [item.update.id for item in signed]
    updates.sign_off_progress_updates(sample, by=person(sample, "ningbo.signatory"), update_ids=handed)
    assert len(signed) > 1
    seen = open_page("report", officer)
    for item in signed:
        seen = tick(seen, f"选择 任务 {item.planned.number}")
    confirmed(seen, f"报送（{len(signed)}）")
    assert {item_now(sample, item).update.status for item in signed} == {UpdateStatus.SUBMITTED}


def test_without_an_open_period_the_page_says_so(open_page: Open, sample: Store, monkeypatch):
    monkeypatch.setattr(
        "pages.parts.updates.period.begun_periods",
        lambda reads, notice_id: begun_periods(reads, notice_id).iloc[:0],
    )
    assert "没有可填报的报告期" in every_word(open_page("report", OFFICER))
