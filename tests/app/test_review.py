"""The review page: oldest first, accepted or returned with a reason, several at once, reopened one at a time."""

import pytest

from db.authorities.scope import NATION
from db.plans.queries import plans_frame
from db.store import Store
from db.tables import PlanRevision, ProgressUpdate
from db.updates.queries import report_items_of
from db.updates.queues import review_queue_frame
from pages.parts.updates.checks import marks_of
from tests.app.acting import confirmed, press
from tests.app.conftest import Open
from tests.app.looping import MEMBER, every_word, field, items_of, lines_of, person, tick, typed
from tests.support.trail import last_event, row
from tracking.vocabulary import PlanStatus, UpdateStatus


@pytest.fixture
def queue(sample: Store):
    """What waits for review, oldest first."""
    return review_queue_frame(sample, NATION, notice_id=1)


def status_of(store: Store, update_id: int) -> UpdateStatus:
    return row(store, ProgressUpdate, int(update_id)).status


def open_now(seen) -> int:
    """The update in the address, which a test reads as a word or as a list of one."""
    asked = seen.query_params["update"]
    return int(asked if isinstance(asked, str) else asked[0])


def test_the_oldest_stands_first_and_is_open_beside_the_list(open_page: Open, queue):
    seen = open_page("review", MEMBER)
    first = queue.iloc[0]
    opened = next(line for line in lines_of(seen) if "年工作计划" not in line)
    assert opened.startswith(f"{first.authority_name} {first.task_number}")
    words = every_word(seen)
    assert f"待审核进展 **{len(queue)}** 项" in words
    assert str(first.officer_name) in words
    assert " 天" in words


def test_one_is_accepted_and_the_next_is_a_click_away(open_page: Open, sample: Store, queue):
    seen = press(open_page("review", MEMBER), "采纳")
    assert status_of(sample, queue["update_id"].iloc[0]) is UpdateStatus.ACCEPTED
    assert "总览同步更新" in every_word(seen)
    seen = press(seen, "下一项")
    assert seen.query_params["update"] == str(queue["update_id"].iloc[1])


def test_a_return_needs_its_reason_in_writing(open_page: Open, sample: Store, queue):
    update_id = queue["update_id"].iloc[0]
    version = sample.data_version() + 2  # the sign-in, and that it was opened
    seen = press(open_page("review", MEMBER), "退回")
    assert "请写明原因" in every_word(seen)
    assert sample.data_version() == version
    seen = press(typed(seen, "退回原因", "请补充佐证"), "退回")
    assert status_of(sample, update_id) is UpdateStatus.RETURNED
    assert "请补充佐证" in every_word(seen)


@pytest.mark.parametrize(("reason", "sentence"), [("长" * 10_000, "现有 10000 字"), ("换\u202e", "U+202E")])
def test_a_reason_that_cannot_be_kept_is_refused_beside_its_field(
    open_page: Open, sample: Store, queue, reason, sentence
):
    seen = press(typed(open_page("review", MEMBER), "退回原因", reason), "退回")
    assert sentence in every_word(seen)
    assert field(seen, "退回原因").value == reason
    assert status_of(sample, queue["update_id"].iloc[0]) is UpdateStatus.SUBMITTED


def test_several_are_accepted_after_one_question(open_page: Open, sample: Store, queue):
    seen = open_page("review", MEMBER)
    chosen = queue.iloc[[0, 1, 2]]
    for line in chosen.itertuples():
        seen = tick(seen, f"选择 {line.authority_name} 任务 {line.task_number}")
    before = sample.data_version()
    seen = press(seen, "采纳（3）")
    assert sample.data_version() == before
    confirmed(seen, "采纳（3）")
    assert {status_of(sample, key) for key in chosen["update_id"]} == {UpdateStatus.ACCEPTED}


def test_what_is_unusual_is_marked_and_named_before_several_are_accepted(
    open_page: Open, sample: Store, queue, monkeypatch
):
    items = report_items_of(sample, NATION, update_ids=queue["update_id"].tolist())
    checked = {key for key, item in items.items() if marks_of(item)}
    said = []
    monkeypatch.setattr("pages.shared.forms.confirm", lambda key, **told: said.append(told["consequence"]))
    seen = open_page("review", MEMBER)
    marked = [line for line in seen.main.markdown if str(line.value).startswith(":orange[需留意]")]
    assert len(marked) >= len(checked & set(queue["update_id"].head(30)))
    for line in queue.head(30).itertuples():
        tick_now = next(
            b for b in seen.main.checkbox if b.label == f"选择 {line.authority_name} 任务 {line.task_number}"
        )
        tick_now.check()
    said.clear()
    seen.run()
    assert any(f"其中 {len(marked)} 项需留意：" in one for one in said) is bool(marked)


def test_the_list_is_narrowed_to_one_authority(open_page: Open, queue):
    authority_id = queue["authority_id"].iloc[-1]
    seen = open_page("review", MEMBER, unit=str(authority_id))
    own = [line for line in lines_of(seen) if "年工作计划" not in line]
    assert len(own) == (queue["authority_id"] == authority_id).sum()


def test_what_a_filter_leaves_out_does_not_stay_open(open_page: Open, queue):
    (first, last) = (queue[["update_id", "authority_id"]].iloc[place] for place in (0, -1))
    assert first.authority_id != last.authority_id
    seen = open_page("review", MEMBER)
    for unit, opened in ((last.authority_id, None), (first.authority_id, first.update_id), ("", None)):
        seen = next(box for box in seen.main.selectbox if box.key == "pick_unit").select(str(unit)).run()
        shown = [
            int(found.key.rpartition("_")[2]) for found in seen.main.button if "open_update" in str(found.key)
        ]
        assert open_now(seen) in shown
        assert opened in {None, open_now(seen)}
    assert open_now(seen) == first.update_id  # it is listed still
    accepted = open_now(open_page("review", MEMBER, show="accepted"))
    seen = seen.main.get("button_group")[0].set_value("accepted").run()
    assert open_now(seen) == accepted


def test_an_address_opens_nothing_that_its_filter_leaves_out(open_page: Open, queue):
    first, last = queue.iloc[0], queue.iloc[-1]
    seen = open_page("review", MEMBER, unit=str(last.authority_id), update=str(first.update_id))
    assert open_now(seen) in queue[queue["authority_id"] == last.authority_id]["update_id"].tolist()


def test_an_accepted_one_is_reopened_with_a_reason_only(open_page: Open, sample: Store):
    seen = open_page("review", MEMBER, show="accepted")
    update_id = int(seen.query_params["update"])
    assert status_of(sample, update_id) is UpdateStatus.ACCEPTED
    seen = confirmed(seen, "重新打开")
    assert "请写明原因" in every_word(seen)
    confirmed(typed(seen, "重新打开的原因", "数字有误"), "重新打开")
    assert status_of(sample, update_id) is UpdateStatus.RETURNED
    assert last_event(sample).detail["reason"] == "数字有误"


def test_a_plan_is_filed_after_one_question(open_page: Open, sample: Store):
    plan = plans_frame(sample, NATION, notice_id=1, status=PlanStatus.SUBMITTED).iloc[0]
    seen = open_page("review", MEMBER, revision=str(plan.revision_id))
    assert "打开计划全文" in [link.proto.label for link in seen.get("page_link")][-1]
    confirmed(seen, "备案")
    assert row(sample, PlanRevision, int(plan.revision_id)).status is PlanStatus.FILED


def test_a_plan_is_returned_with_its_reason(open_page: Open, sample: Store):
    plan = plans_frame(sample, NATION, notice_id=1, status=PlanStatus.SUBMITTED).iloc[0]
    seen = press(open_page("review", MEMBER, revision=str(plan.revision_id)), "退回")
    assert "请写明原因" in every_word(seen)
    press(typed(seen, "退回原因", "目标偏低"), "退回")
    assert row(sample, PlanRevision, int(plan.revision_id)).status is PlanStatus.RETURNED


def test_a_draft_cannot_be_read_by_its_address(open_page: Open, sample: Store):
    drafted = next(
        item
        for item in items_of(sample, person(sample, "ningbo.officer"))
        if item.update and item.update.status is UpdateStatus.DRAFT and item.update.version == 1
    )
    seen = open_page("review", MEMBER, update=str(drafted.update.id))
    assert drafted.draft.progress not in every_word(seen)
    assert "要找的内容不存在" in every_word(seen) or not drafted.draft.progress


def test_two_members_accepting_one_update_accept_it_once(open_page: Open, sample: Store, queue):
    first, second = open_page("review", MEMBER), open_page("review", MEMBER)
    press(first, "采纳")
    version = sample.data_version()
    seen = press(second, "采纳")
    assert sample.data_version() == version
    assert "已采纳" in every_word(seen)
