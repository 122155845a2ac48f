"""The page of the ledger import for a whole period and for many files: one button, one conflict, one file at a time."""

import pytest

from db.store import Store
from db.uploads.queries import latest_upload
from pages.parts.uploads import whole_period
from tests.app.acting import button, confirmed, words
from tests.app.conftest import Open
from tests.app.looping import OFFICER, every_word, item_now, items_of, period_of, person, typed
from tests.support.ledgers import edited, filled, form_of, place
from tracking.vocabulary import UpdateStatus


@pytest.fixture
def form(sample: Store) -> bytes:
    return form_of(sample, person(sample, OFFICER), period_of(sample))


def given(open_page: Open, **files: bytes):
    """The page after these files were dropped on it."""
    seen = open_page("import_ledger", OFFICER)
    uploader = seen.main.file_uploader[0]
    return uploader.set_value([(f"{name}.xlsx", content, "x") for name, content in files.items()]).run()


def statuses(store: Store) -> list[UpdateStatus | None]:
    return [item.update and item.update.status for item in items_of(store, person(store, OFFICER))]


def test_what_is_left_goes_up_as_unchanged_with_one_sentence_for_what_stands_out(
    open_page: Open, sample: Store, form, monkeypatch
):
    monkeypatch.setattr(whole_period, "MOST_SHOWN", 1)
    untouched = statuses(sample).count(None)
    seen = given(open_page, 台账=form)
    calling = sum(row.calls != "" for row in _left(sample))
    assert f"未改动的 **{untouched}** 项" in words(seen)
    assert f"另有 {calling - 1} 项" in words(seen)
    assert f"整期报送 {untouched - calling} 项" in [one.label for one in seen.main.button]
    seen = typed(seen, "情况说明", "按计划下季度集中推进。")
    seen = confirmed(seen, f"整期报送 {untouched} 项")
    assert f"其中 {untouched} 项按无变化报送" in words(seen)
    assert set(statuses(sample)) == {UpdateStatus.HANDED_OVER}
    seen = confirmed(seen, f"撤回 {untouched} 项")
    assert f"{untouched} 项回到草稿" in words(seen)
    assert set(statuses(sample)) == {UpdateStatus.DRAFT}
    assert "撤回" not in " ".join(one.label for one in seen.main.button)


def _left(store: Store):
    from db.uploads.queries import upload_rows
    from tracking.vocabulary import Verdict

    by = person(store, OFFICER)
    upload = latest_upload(store, by)
    return upload_rows(store, by, upload_id=upload.id, verdicts=[Verdict.NO_CHANGE])


def test_several_files_are_looked_at_one_by_one(open_page: Open, sample: Store, form):
    renamed = edited(form, lambda sheet: setattr(place(sheet, "title", 2), "value", "改名"))
    files = {"甲": filled(form, {("progress", 0): "甲说"}), "乙": filled(form, {("progress", 0): "乙说"})}
    seen = given(open_page, **files, 丙=renamed, 坏=b"%PDF")
    assert "已读取 4 个文件" in words(seen)
    assert "1 个文件没有读取" in every_word(seen)
    assert r"预览：甲\.xlsx 等 4 个文件" in [header.value for header in seen.main.header]
    assert "1 项与系统中的修改冲突" in [header.value for header in seen.main.header]
    assert seen.main.radio[0].options == ["保留系统中的内容", r"以“甲\.xlsx”为准", r"以“乙\.xlsx”为准"]
    assert "选定一个文件后" in every_word(seen)
    picker = next(box for box in seen.main.selectbox if "全部文件" in box.options)
    assert picker.options == ["全部文件", "甲.xlsx", "乙.xlsx", "丙.xlsx"]
    seen = picker.set_value("2").run()
    (problems, *_) = [
        frame.value for frame in seen.main.dataframe if "problem" in frame.value and "cell" in frame.value
    ]
    assert set(problems["workbook"]) == {"丙.xlsx"}
    assert "&file=2" in "".join(link.url for link in seen.main.get("link_button"))
    seen = seen.main.radio[0].set_value("file1").run()
    assert button(seen, "导入 1 项任务")
    seen = confirmed(seen, "导入 1 项任务")
    item = items_of(sample, person(sample, OFFICER))[0]
    assert item_now(sample, item).draft.progress == "乙说"


def test_a_side_once_taken_is_given_back(open_page: Open, sample: Store, form):
    files = {"甲": filled(form, {("progress", 0): "甲说"}), "乙": filled(form, {("progress", 0): "乙说"})}
    seen = given(open_page, **files).main.radio[0].set_value("file").run()
    assert "导入 1 项任务" in [one.label for one in seen.main.button]
    seen = seen.main.radio[0].set_value("stored").run()
    assert "导入 0 项任务" in [one.label for one in seen.main.button]
