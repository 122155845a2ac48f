"""The page of the ledger import: a file is previewed, decided on and committed, and the preview outlives the visit."""

from decimal import Decimal

import pytest
from openpyxl.styles import Font

from db.store import Store
from db.updates import actions as updates
from db.uploads import actions as uploads
from tests.app.acting import button, confirmed, press, words
from tests.app.conftest import Open
from tests.app.looping import OFFICER, SIGNATORY, every_word, item_now, items_of, period_of, person
from tests.support.ledgers import edited, filled, form_of, place
from tests.support.legacy_ledgers import grid, parted
from tracking.figures.completion import basis_of
from tracking.validation import UpdateDraft
from tracking.vocabulary import CompletionBasis


@pytest.fixture
def measured(sample: Store):
    """A task with one target that nobody has begun to report, and its line in the form."""
    items = items_of(sample, person(sample, OFFICER))
    return next(
        (line, item)
        for line, item in enumerate(items)
        if basis_of(item.facts.targets, item.facts.milestones) is CompletionBasis.TARGETS
        and len(item.facts.targets) == 1
    )


def form(store: Store) -> bytes:
    return form_of(store, person(store, OFFICER), period_of(store))


def upload(store: Store, content: bytes) -> int:
    return uploads.upload_ledger(store, by=person(store, OFFICER), name="台账.xlsx", content=content)


def tables(seen) -> str:
    return "\n".join(frame.value.to_string() for frame in seen.main.dataframe)


def test_a_file_is_previewed_as_soon_as_it_is_given(open_page: Open, sample: Store, measured):
    line, item = measured
    (target,) = item.facts.targets.values()
    content = filled(form(sample), {("actual.1", line): float(target), ("progress", line): "离线填报"})
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("台账.xlsx", content, "x").run()
    assert "已读取" in words(seen)
    assert [metric.value for metric in seen.main.metric] == ["1", "0", "0", "0", "29"]
    assert "离线填报" in tables(seen)
    assert item_now(sample, item).update is None
    seen = confirmed(open_page("import_ledger", OFFICER), "导入 1 项任务")
    assert "已导入 1 项任务" in words(seen)
    assert item_now(sample, item).draft.progress == "离线填报"
    assert "已于" in every_word(seen)


def test_a_file_that_is_no_ledger_is_refused_in_words_that_outlast_a_reload(open_page: Open, sample: Store):
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("照片.xlsx", b"%PDF", "x").run()
    assert "不是可以读取的" in every_word(seen)
    again = open_page("import_ledger", OFFICER)
    assert "照片" in str([header.value for header in again.main.header])
    assert every_word(again).count("不是可以读取的") == 1
    assert [button.label for button in again.main.button] == []


def test_problems_are_named_by_sheet_cell_and_value_the_gravest_first(
    open_page: Open, sample: Store, measured
):
    line, _ = measured
    other = 0 if line else 1

    def change(sheet) -> None:
        place(sheet, "actual.1", line).value = "<b>约三场</b>"
        place(sheet, "progress", other).value = ""

    upload(sample, edited(form(sample), change))
    seen = open_page("import_ledger", OFFICER)
    found = seen.main.dataframe[0].value
    assert set(found["grade"].str[:1].head(2)) == {"A"}
    assert ("台账填报", "<b>约三场</b>") in set(zip(found["sheet"], found["value"], strict=True))
    links = [link.url for link in seen.main.get("link_button") if "marked" in link.url]
    assert len(links) == 1


def test_a_conflict_is_decided_by_the_uploader(open_page: Open, sample: Store, measured):
    line, item = measured
    content = filled(form(sample), {("progress", line): "台账里的"})
    (indicator,) = item.facts.targets
    updates.save_progress_update(
        sample,
        by=person(sample, OFFICER),
        task_id=item.task.id,
        period_id=period_of(sample),
        row_version=0,
        draft=UpdateDraft(actuals={indicator: Decimal(1)}, progress="系统中的"),
    )
    upload(sample, content)
    seen = open_page("import_ledger", OFFICER)
    assert "系统中的" in every_word(seen)
    assert "导入 0 项任务" in [button.label for button in seen.main.button]
    seen = seen.main.radio[0].set_value("file").run()
    confirmed(seen, "导入 1 项任务")
    assert item_now(sample, item).draft.progress == "台账里的"


def test_many_conflicts_are_decided_page_by_page_and_all_at_once(open_page: Open, sample: Store):
    by, items = person(sample, OFFICER), items_of(sample, person(sample, OFFICER))
    lines = [line for line, item in enumerate(items) if item.update is None][:12]
    content = filled(form(sample), {("progress", line): f"台账{line}" for line in lines})
    for line in lines:
        updates.save_progress_update(
            sample,
            by=by,
            task_id=items[line].task.id,
            period_id=period_of(sample),
            row_version=0,
            draft=UpdateDraft(progress="系统中的"),
        )
    upload(sample, content)
    seen = open_page("import_ledger", OFFICER)
    assert len(seen.main.radio) == 10
    seen = seen.main.radio[0].set_value("file").run()
    assert "以台账为准 1 项，保留系统中的内容 11 项" in words(seen)
    seen.query_params["conflicts"] = "2"
    seen = seen.run()
    assert len(seen.main.radio) == 2
    seen = seen.main.radio[0].set_value("file").run()
    assert "导入 2 项任务" in [button.label for button in seen.main.button]
    seen = press(seen, "全部以台账为准")
    assert "导入 12 项任务" in [button.label for button in seen.main.button]
    assert {radio.value for radio in seen.main.radio} == {"file"}
    seen = press(seen, "全部保留系统中的内容")
    seen = seen.main.radio[1].set_value("file").run()
    confirmed(seen, "导入 1 项任务")
    assert item_now(sample, items[lines[11]]).draft.progress == f"台账{lines[11]}"
    assert item_now(sample, items[lines[0]]).draft.progress == "系统中的"


def test_a_form_of_what_is_reported_already_leaves_nothing_to_import(open_page: Open, sample: Store):
    by, period_id = person(sample, OFFICER), period_of(sample)
    open_tasks = [item.task.id for item in items_of(sample, by) if item.update is None]
    updates.report_no_changes(
        sample,
        by=by,
        task_ids=open_tasks,
        period_id=period_id,
        explanations=dict.fromkeys(open_tasks, "按计划推进"),
    )
    upload(sample, form(sample))
    assert "没有可以导入的内容" in every_word(open_page("import_ledger", OFFICER))


def test_another_persons_preview_is_not_shown(open_page: Open, sample: Store, measured):
    line, _ = measured
    upload(sample, filled(form(sample), {("progress", line): "离线填报"}))
    assert "离线填报" not in tables(open_page("import_ledger", "ningbo.officer"))
    assert "预览" not in every_word(open_page("import_ledger", SIGNATORY))


def test_a_ledger_of_ones_own_is_laid_out_previewed_and_its_layout_offered_again(
    open_page: Open, sample: Store, measured
):
    _, item = measured
    title = item.planned.draft.title
    ledger = parted([("甲", [(title, "自用台账")]), ("乙", [("没有的事", "某事")])])
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("自用.xlsx", ledger, "x").run()
    assert "已按表头和内容推测" in every_word(seen)
    assert [box.value for box in seen.main.multiselect] == [[1, 2]]
    seen = seen.main.multiselect[0].set_value([2]).run()
    assert "0 行对上了任务" in every_word(seen)
    seen = seen.main.multiselect[0].set_value([]).run()
    (sample_rows,) = (frame.value for frame in seen.main.dataframe)
    assert sample_rows["sheet"].tolist() == ["甲", "乙"]
    assert f"{item.planned.number} {title}" in sample_rows["taken_for"].tolist()
    seen = box(seen, "C 列").set_value("difficulties").run()
    assert "不止一列是“存在问题”" in every_word(seen)
    assert button(seen, "读取并预览").disabled
    seen = box(seen, "D 列").set_value("ignored").run()
    seen = box(seen, "“甲”表头").set_value("1-1").run()
    seen = press(box(seen, "“甲”表头").set_value("2-2").run(), "读取并预览")
    assert "请核对下面的预览" in words(seen)
    assert [metric.value for metric in seen.main.metric] == ["1", "0", "0", "1", "0"]
    seen = confirmed(seen, "导入 1 项任务")
    assert item_now(sample, item).draft.difficulties == "自用台账"
    assert "读取并预览" not in [found.label for found in seen.main.button]
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("自用.xlsx", ledger, "x").run()
    assert "已沿用本单位上次确认的版式" in every_word(seen)
    assert box(seen, "C 列").value == "difficulties"


def test_a_column_whose_kind_is_unclear_is_asked_and_bound_to_an_indicator_and_a_unit(
    open_page: Open, sample: Store, measured
):
    _, item = measured
    title, (indicator,) = item.planned.draft.title, item.facts.targets
    unit = f"万{item.facts.scales[indicator].unit}"
    ledger = grid(["任务名称", "四季度完成数", "进展情况"], [title, 0.0001, "自用台账"])
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("自用.xlsx", ledger, "x").run()
    assert "**请核对**，说不清是累计、本期新增还是计划" in every_word(seen)
    assert box(seen, "B 列").value == "ignored"
    seen = box(seen, "B 列").set_value("actual").run()
    assert box(seen, "B 列的指标").value == box(seen, "B 列的单位").value == ""
    seen = box(seen, "B 列的单位").set_value(unit).run()
    press(seen, "读取并预览")
    seen = confirmed(open_page("import_ledger", OFFICER), "导入 1 项任务")
    assert item_now(sample, item).draft.actuals == {indicator: Decimal(1)}
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("自用.xlsx", ledger, "x").run()
    assert (box(seen, "B 列").value, box(seen, "B 列的单位").value) == ("actual", unit)


def field(seen, label: str):
    """The field of one line whose label begins so."""
    return next(found for found in seen.main.text_input if found.label.startswith(label))


def test_what_a_ledger_leaves_open_is_answered_on_the_page_and_the_match_is_known_the_next_time(
    open_page: Open, sample: Store, measured
):
    _, item = measured
    (indicator,) = item.facts.targets
    ledger = grid(
        ["任务名称", "累计完成", "进展情况"],
        [item.planned.draft.title, "大约几场", "自用台账"],
        ["换了说法的事", None, "另一件"],
    )
    other = next(one for one in items_of(sample, person(sample, OFFICER)) if one.task.id != item.task.id)
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("自用.xlsx", ledger, "x").run()
    press(seen, "读取并预览")
    seen = open_page("import_ledger", OFFICER)
    assert "需要答复的内容（2 项未答）" in [header.value for header in seen.main.header]
    assert "大约几场" in every_word(seen)
    row = box(seen, "Sheet A3 这一行对应的任务")
    assert (row.value, len(row.options)) == ("", len(items_of(sample, person(sample, OFFICER))) + 2)
    assert "没有新的答复" in every_word(press(seen, "按答复重新读取"))
    seen = field(seen, "Sheet B2 应填").set_value("1").run()
    seen = press(box(seen, "Sheet A3 这一行").set_value(str(other.task.id)).run(), "按答复重新读取")
    assert "已按答复重新读取" in words(seen)
    assert [metric.value for metric in seen.main.metric][3] == "0"
    seen = open_page("import_ledger", OFFICER)
    assert "需要答复的内容（0 项未答）" in [header.value for header in seen.main.header]
    assert field(seen, "Sheet B2 应填").value == "1"
    assert box(seen, "Sheet A3 这一行").value == str(other.task.id)
    leave = next(found for found in seen.main.checkbox if found.label.startswith("Sheet B2"))
    seen = press(leave.check().run(), "按答复重新读取")
    assert "已按答复保持系统中的内容" in every_word(seen)
    confirmed(open_page("import_ledger", OFFICER), "导入 2 项任务")
    assert item_now(sample, item).draft.actuals.get(indicator) == item.draft.actuals.get(indicator)
    assert item_now(sample, other).draft.progress == "另一件"
    seen = open_page("import_ledger", OFFICER)
    again = grid(["任务名称", "累计完成", "进展情况"], ["换了说法的事", None, "又一件"])
    seen = seen.main.file_uploader[0].upload("自用.xlsx", again, "x").run()
    assert "1 行对上了任务" in every_word(seen)


def test_a_row_that_matched_by_a_title_not_quite_the_same_is_given_another_task_on_the_page(
    open_page: Open, sample: Store, measured
):
    _, item = measured
    other = next(one for one in items_of(sample, person(sample, OFFICER)) if one.task.id != item.task.id)
    ledger = grid(["任务名称", "进展情况"], [f"{item.planned.draft.title}等", "另一件"])
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("自用.xlsx", ledger, "x").run()
    press(seen, "读取并预览")
    seen = open_page("import_ledger", OFFICER)
    assert "需要答复的内容（0 项未答）" in [header.value for header in seen.main.header]
    row = box(seen, "Sheet A2 这一行对应的任务")
    assert (row.value, row.options[0]) == ("", "按现在的对应")
    seen = press(row.set_value(str(other.task.id)).run(), "按答复重新读取")
    assert box(open_page("import_ledger", OFFICER), "Sheet A2 这一行").value == str(other.task.id)
    confirmed(open_page("import_ledger", OFFICER), "导入 1 项任务")
    assert item_now(sample, other).draft.progress == "另一件"
    assert item_now(sample, item).draft == item.draft


def test_what_does_not_meet_the_eye_of_a_workbook_is_said(open_page: Open):
    def hide(sheet) -> None:
        sheet.parent.create_sheet("旧").sheet_state = "hidden"
        sheet.parent["旧"]["A1"] = "文字"
        sheet.column_dimensions["B"].hidden = True
        sheet["A3"].font = Font(strike=True)

    ledger = edited(grid(["任务名称", "进展情况"], ["甲", "文字"], ["乙", "取消"]), hide)
    seen = open_page("import_ledger", OFFICER)
    seen = seen.main.file_uploader[0].upload("自用.xlsx", ledger, "x").run()
    assert seen.main.multiselect[0].options == ["Sheet", "旧（隐藏）"]
    assert "隐藏的列：B" in every_word(seen)
    assert "有划去内容的行：3" in every_word(seen)


def box(seen, label: str):
    """The box to choose from whose label begins so."""
    return next(found for found in seen.main.selectbox if found.label.startswith(label))
