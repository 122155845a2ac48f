"""The difficulties page: open ones by measure and age, one thread from each side, and the way in from a review."""

import pytest

from db.authorities.scope import NATION
from db.difficulties.queries import DifficultyFilter, difficulties_frame
from db.store import Store
from db.tables import Difficulty
from db.updates.queues import review_queue_frame
from tests.app.acting import button, press
from tests.app.conftest import Open
from tests.app.looping import MEMBER, OFFICER, SIGNATORY, every_word, typed
from tests.support.trail import row
from tracking.difficulties import DifficultyCause
from tracking.vocabulary import DifficultyStatus

LEADER = "leadership"


def found(store: Store, standing: DifficultyFilter = DifficultyFilter.OPEN, authority: str | None = None):
    frame = difficulties_frame(store, NATION, standing=standing)
    return frame if authority is None else frame[frame["authority_name"] == authority]


def status_of(store: Store, difficulty_id: int) -> DifficultyStatus:
    return row(store, Difficulty, int(difficulty_id)).status


@pytest.mark.parametrize("who", [MEMBER, LEADER])
def test_the_working_group_and_leadership_see_every_open_one(open_page: Open, sample: Store, who):
    seen = open_page("difficulties", who)
    assert f"未办结的困难问题 **{len(found(sample))} 件**" in every_word(seen)
    assert len(seen.dataframe[-1].value) == len(found(sample))
    assert seen.metric[0].value == f"{len(found(sample))} 件"


def test_a_unit_sees_its_own_only(open_page: Open):
    seen = open_page("difficulties", OFFICER)
    assert set(seen.dataframe[-1].value["authority_name"]) == {"浙江"}


def test_the_list_is_narrowed_by_the_address(open_page: Open, sample: Store):
    closed = found(sample, DifficultyFilter.CLOSED)
    assert len(open_page("difficulties", MEMBER, standing="closed").dataframe[-1].value) == len(closed)
    seen = open_page("difficulties", MEMBER, standing="closed", unit="1", measure="10")
    assert "没有符合所选条件" in every_word(seen)


def test_a_member_assigns_answers_and_the_unit_confirms(open_page: Open, sample: Store):
    difficulty_id = found(sample, DifficultyFilter.RAISED, "浙江")["difficulty_id"].iloc[0]
    asked = {"difficulty": str(difficulty_id)}
    seen = press(open_page("difficulties", MEMBER, **asked), "分办")
    assert "已分办" in every_word(seen)
    seen = press(typed(open_page("difficulties", MEMBER, **asked), "答复", "已协调 <b>不是标记</b>"), "答复")
    assert "等待确认" in every_word(seen)
    assert "不是标记" in every_word(seen)
    seen = press(open_page("difficulties", SIGNATORY, **asked), "确认解决")
    assert "本件办结" in every_word(seen)
    assert status_of(sample, difficulty_id) is DifficultyStatus.CLOSED


def test_a_unit_that_is_not_helped_says_why_and_it_is_assigned_anew(open_page: Open, sample: Store):
    difficulty_id = found(sample, DifficultyFilter.ANSWERED, "浙江")["difficulty_id"].iloc[0]
    seen = press(open_page("difficulties", OFFICER, difficulty=str(difficulty_id)), "重新提请")
    assert "请写明原因" in every_word(seen)
    seen = press(typed(seen, "重新提请的原因", "仍未解决"), "重新提请")
    assert "等待工作组分办" in every_word(seen)
    assert status_of(sample, difficulty_id) is DifficultyStatus.RAISED


def test_a_member_closes_one_with_a_reason_only(open_page: Open, sample: Store):
    difficulty_id = found(sample, DifficultyFilter.RAISED)["difficulty_id"].iloc[0]
    seen = press(open_page("difficulties", MEMBER, difficulty=str(difficulty_id)), "办结")
    assert "请写明原因" in every_word(seen)
    press(typed(seen, "办结原因", "已有政策"), "办结")
    assert status_of(sample, difficulty_id) is DifficultyStatus.CLOSED


def test_leadership_and_other_units_change_nothing(open_page: Open, sample: Store):
    difficulty_id = str(found(sample, DifficultyFilter.ANSWERED, "浙江")["difficulty_id"].iloc[0])
    seen = open_page("difficulties", LEADER, difficulty=difficulty_id)
    assert "办理过程" in [header.value for header in seen.main.header]
    assert not {"分办", "答复", "办结", "确认解决", "重新提请"} & {one.label for one in seen.main.button}
    assert "要找的内容不存在" in every_word(
        open_page("difficulties", "ningbo.officer", difficulty=difficulty_id)
    )


def test_a_member_raises_one_from_the_review(open_page: Open, sample: Store):
    queue = review_queue_frame(sample, NATION, notice_id=1)
    raised = set(found(sample)["task_id"])
    for update_id, task_id in zip(queue["update_id"], queue["task_id"], strict=True):
        if task_id in raised:
            continue
        seen = open_page("review", MEMBER, update=str(update_id))
        if any(one.label == "提请工作组协调" for one in seen.main.button):
            break
    seen = press(typed(seen, "请求协调的事项", "请协调"), "提请工作组协调")
    assert "请选择困难属于哪类原因" in every_word(seen)
    (cause,) = (box for box in seen.main.selectbox if box.label == "原因")
    seen = press(cause.set_value(DifficultyCause.UNSEEN_RISK).run(), "提请工作组协调")
    assert "等待分办" in every_word(seen)
    assert task_id in set(found(sample)["task_id"])


def test_a_second_one_is_greyed_with_the_rule_s_own_words(open_page: Open, sample: Store):
    queue = review_queue_frame(sample, NATION, notice_id=1)
    raised = set(found(sample)["task_id"])
    for update_id in queue["update_id"][queue["task_id"].isin(raised)]:
        seen = open_page("review", MEMBER, update=str(update_id))
        if "提请工作组协调" in [one.label for one in seen.main.button]:
            assert button(seen, "提请工作组协调").disabled
            assert "已有未办结的困难问题" in every_word(seen)


def test_the_sheet_of_a_task_leads_to_its_difficulties_and_slips(open_page: Open, sample: Store):
    one = found(sample).iloc[0]
    seen = open_page("task", MEMBER, task=str(one.task_id))
    assert "困难问题" in [header.value for header in seen.main.header]
    assert "催办本任务" in [link.proto.label for link in seen.get("page_link")]
    assert "催办本任务" not in [
        link.proto.label for link in open_page("task", LEADER, task=str(one.task_id)).get("page_link")
    ]


def test_home_leads_to_what_waits(open_page: Open):
    assert "待分办的困难问题" in every_word(open_page("home", MEMBER))
    assert "待本单位确认的困难问题" in every_word(open_page("home", OFFICER))
