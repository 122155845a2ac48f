"""The page of handovers: who hands over, what is shown before and after, and who only reads."""

from datetime import timedelta

import pytest
from sqlmodel import select

from db import clock
from db.authorities.scope import NATION
from db.handovers.actions import hand_over_post
from db.handovers.queries import handovers_frame
from db.identity import SignedIn
from db.officers.queries import holder_on, officers_of, posts_frame
from db.store import Store
from db.tables import HandoverItem
from tests.app.acting import button, confirmed, words
from tests.app.conftest import Open
from tests.support.trail import last_event
from tracking.vocabulary import HandoverState, Role

ZHEJIANG = "浙江省中小企业主管部门"


@pytest.fixture
def post(sample: Store):
    """A post of Zhejiang's that no handover is about."""
    posts = posts_frame(sample, NATION, on=clock.today())
    posts = posts[(posts["authority_name"] == ZHEJIANG) & posts["officer_id"].notna()]
    taken = handovers_frame(sample, NATION)["post_id"]
    return next(posts[~posts["post_id"].isin(taken)].itertuples())


def _entered(store: Store, post, days: int) -> int:
    people = officers_of(store, NATION, authority_id=post.authority_id)
    others = people[people["officer_id"] != post.officer_id]
    return hand_over_post(
        store,
        by=SignedIn(1, "填报人", int(post.authority_id), frozenset({Role.REPORTING_OFFICER}), "one"),
        post_id=int(post.post_id),
        effective_on=clock.today() + timedelta(days),
        officer_id=int(others["officer_id"].iloc[0]),
    )


def test_what_goes_with_a_post_is_shown_before_it_is_handed_over(open_page: Open, sample: Store, post):
    seen = open_page("handover", "zhejiang.officer", post=str(post.post_id))
    preview = seen.dataframe[0].value
    assert (preview["kind"] == "未办结任务").sum() == post.open_tasks > 0
    assert f"未办结任务 {post.open_tasks} 项" in words(seen)
    before = sample.data_version()
    assert button(seen, "确认交接")
    assert sample.data_version() == before


def test_an_officer_hands_a_post_over_to_somebody_new(open_page: Open, sample: Store, post):
    seen = open_page("handover", "zhejiang.officer", post=str(post.post_id))
    seen = next(box for box in seen.main.selectbox if box.label == "接收人").select("").run()
    next(field for field in seen.main.text_input if field.label == "姓名").input("新人甲").run()
    seen = confirmed(seen, "确认交接")
    assert any("打开工作交接单" in element.value for element in seen.success)
    assert last_event(sample).action == "hand_over_post"
    assert holder_on(sample, int(post.post_id), clock.today()).name == "新人甲"
    assert "新人甲" in seen.dataframe[-1].value["incoming_name"].tolist()


def test_what_is_wrong_stands_beside_its_field(open_page: Open, sample: Store, post):
    seen = open_page("handover", "zhejiang.signatory", post=str(post.post_id))
    before = sample.data_version()
    next(field for field in seen.main.date_input if field.label == "生效日期").set_value(post.since_on).run()
    seen = confirmed(seen, "确认交接")
    assert "任职开始日期最早为" in words(seen)
    assert sample.data_version() == before


def test_a_handover_to_come_stands_in_the_way_of_another(open_page: Open, sample: Store, post):
    _entered(sample, post, 10)
    seen = open_page("handover", "zhejiang.officer", post=str(post.post_id))
    assert "请先撤销该次交接" in words(seen)
    assert not [found for found in seen.main.button if found.label == "确认交接"]


def test_the_sheet_names_both_every_item_and_the_places_to_sign(open_page: Open, sample: Store, post):
    key = _entered(sample, post, 0)
    seen = open_page("handover", "leadership", handover=str(key))
    told = words(seen)
    assert seen.title[0].value == "工作交接单"
    for part in ("移交人（签字）", "接收人（签字）", "监交人（签字）", "已生效", "尚未报送的事项"):
        assert part in told
    assert told.count("| 未办结任务 |") == post.open_tasks
    assert not [found for found in seen.main.button if found.label == "撤销交接"]


def test_a_handover_to_come_is_cancelled_with_a_reason(open_page: Open, sample: Store, post):
    key = _entered(sample, post, 10)
    seen = open_page("handover", "zhejiang.officer", handover=str(key))
    seen = confirmed(seen, "撤销交接")
    assert last_event(sample).action == "sign_in"
    next(field for field in seen.main.text_area if field.label == "撤销原因").input("人事安排暂缓").run()
    seen = confirmed(seen, "撤销交接")
    assert last_event(sample).action == "cancel_handover"
    assert "人事安排暂缓" in words(seen)


@pytest.mark.parametrize("who", ["member", "leadership"])
def test_whoever_only_reads_sees_the_record_of_all(open_page: Open, sample: Store, post, who: str):
    _entered(sample, post, 0)
    seen = open_page("handover", who)
    assert "新人" not in [box.label for box in seen.main.selectbox]
    assert ZHEJIANG in seen.dataframe[0].value["authority_name"].tolist()
    seen = open_page("handover", who, state="to_come")
    states = set(seen.dataframe[0].value["handover_state"]) if seen.dataframe else set()
    assert states <= {"待生效"}


def test_another_unit_does_not_see_it(open_page: Open, sample: Store, post):
    key = _entered(sample, post, 0)
    seen = open_page("handover", "ningbo.officer", handover=str(key))
    assert "没有找到该次交接" in words(seen)


def test_an_earlier_day_names_who_was_responsible_then(open_page: Open, sample: Store, post):
    _entered(sample, post, 0)
    then = str(clock.today() - timedelta(1))
    seen = open_page("officers", "zhejiang.officer", on=then, post=str(post.post_id))
    assert f"当日责任人为 **{post.officer_name}**" in words(seen)
    assert "登记和变更请回到今天办理" in words(seen)
    assert "open_tasks" not in seen.dataframe[0].value


def test_a_day_on_which_nobody_was_says_so(open_page: Open, sample: Store, post):
    seen = open_page("officers", "zhejiang.officer", on="2001-01-01", post=str(post.post_id))
    assert "当日该岗位没有责任人" in words(seen)


def test_a_task_tells_who_was_responsible_over_time(open_page: Open, sample: Store, post):
    key = _entered(sample, post, 0)
    [found] = handovers_frame(sample, NATION).query(f"handover_id == {key}").itertuples()
    with sample.read() as session:
        task = session.exec(select(HandoverItem.item_id).where(HandoverItem.handover_id == key)).first()
    seen = open_page("task", "leadership", task=str(task))
    assert found.outgoing_name in words(seen)
    assert f"{found.incoming_name}（{clock.today()} 起）" in words(seen).replace("\\", "")
    seen = open_page("task", "leadership", task=str(task), on=str(clock.today() - timedelta(1)))
    assert f"的责任人：**{post.post_title}" in words(seen).replace("\\", "")
    assert found.handover_state == HandoverState.IN_EFFECT


def test_the_record_is_narrowed_to_one_authority(open_page: Open, sample: Store, post):
    _entered(sample, post, 0)
    seen = open_page("handover", "member", authority=str(post.authority_id))
    assert set(seen.dataframe[0].value["authority_name"]) == {ZHEJIANG}


def test_a_task_shown_as_of_a_past_day_names_who_was_responsible_then(open_page: Open, sample: Store, post):
    key = _entered(sample, post, 0)
    with sample.read() as session:
        task = session.exec(select(HandoverItem.item_id).where(HandoverItem.handover_id == key)).first()
    seen = open_page("task", "leadership", task=str(task), as_of=str(clock.today() - timedelta(1)))
    assert f"的责任人：**{post.post_title} {post.officer_name}" in words(seen).replace("\\", "")
