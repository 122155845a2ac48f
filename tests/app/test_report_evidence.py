"""Evidence on the report page: asked for where the rule says, taken always, refused in a sentence."""

from datetime import date

import pytest

from db.store import Store
from tests.app.acting import press
from tests.app.conftest import Open
from tests.app.looping import (
    every_word,
    field,
    item_now,
    opened,
    tick,
    typed,
)


@pytest.fixture
def day(ordinary_day: date) -> date:
    """The last period's values stand beside the new ones, and a year's first period has none."""
    return ordinary_day


def test_completion_asks_for_evidence_and_says_why(open_page: Open, sample: Store, measured):
    seen = opened(open_page, measured)
    assert "申请办结须附佐证" not in every_word(seen)
    seen = tick(seen, "申请办结（销号）")
    assert "申请办结须附佐证" in every_word(seen)
    seen = press(typed(seen, "情况说明", "提前完成"), "保存草稿")
    seen = press(seen, "送审签")
    assert "佐证" in seen.main.error[0].value
    seen = seen.main.file_uploader[0].set_value([("总结.pdf", b"%PDF-1.7", "application/pdf")]).run()
    assert "总结.pdf" in every_word(seen)
    seen = press(seen, "送审签")
    assert item_now(sample, measured).update.completion_requested


def test_evidence_may_always_be_added_and_begins_the_draft_with_what_was_typed(
    open_page: Open, sample: Store, measured
):
    seen = typed(opened(open_page, measured), "本期进展", "又办了一场")
    assert "添加佐证（选填）" in [expander.label for expander in seen.main.expander]
    seen = seen.main.file_uploader[0].set_value([("合影.pdf", b"MZ program", "application/pdf")]).run()
    assert "只能上传 PDF" in every_word(seen)
    assert item_now(sample, measured).update is None
    seen = seen.main.file_uploader[0].set_value([("合影.pdf", b"%PDF-1.7", "application/pdf")]).run()
    now = item_now(sample, measured)
    assert (now.draft.progress, [file.name for file in now.evidence]) == ("又办了一场", ["合影.pdf"])
    assert field(seen, "本期进展").value == "又办了一场"


def test_the_address_of_a_page_is_evidence_too(open_page: Open, sample: Store, measured):
    seen = press(typed(opened(open_page, measured), "或填写网页地址", "news"), "添加链接")
    assert "请填写完整的网页地址" in every_word(seen)
    seen = press(typed(seen, "或填写网页地址", "https://example.invalid/news"), "添加链接")
    assert [file.name for file in item_now(sample, measured).evidence] == ["https://example.invalid/news"]
    assert "链接" in every_word(seen)


def test_a_bad_file_is_refused_and_forgotten_once_a_good_one_is_there(
    open_page: Open, sample: Store, measured
):
    seen = tick(opened(open_page, measured), "申请办结（销号）")
    seen = press(typed(seen, "情况说明", "提前完成"), "保存草稿")
    seen = seen.main.file_uploader[0].set_value([("总结.pdf", b"MZ program", "application/pdf")]).run()
    assert "只能上传 PDF" in every_word(seen)
    assert item_now(sample, measured).evidence == []
    seen = seen.main.file_uploader[0].set_value([("总结.pdf", b"%PDF-1.7", "application/pdf")]).run()
    assert len(item_now(sample, measured).evidence) == 1
    assert not seen.main.error
    seen = press(seen, "移除")
    assert item_now(sample, measured).evidence == []
