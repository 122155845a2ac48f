"""The officers' page: who holds what, who may change it, and that a look at a phone is kept."""

import pytest

from db import clock
from db.authorities.scope import NATION
from db.identity import SignedIn
from db.officers.actions import create_post
from db.officers.queries import posts_frame
from db.store import Store
from tests.app.acting import button, press, words
from tests.app.conftest import Open
from tests.support.trail import last_event
from tracking.vocabulary import Role

ZHEJIANG = "浙江省中小企业主管部门"


@pytest.fixture
def post(sample: Store):
    """A post of the unit that the sample's officer belongs to."""
    posts = posts_frame(sample, NATION, on=clock.today())
    return next(posts[posts["authority_name"] == ZHEJIANG].itertuples())


def test_vacant_posts_are_told_with_their_days(open_page: Open):
    seen = open_page("officers", "leadership", show="alarm")
    assert len(seen.dataframe[0].value)
    assert all(value.startswith("■") for value in seen.dataframe[0].value["vacancy"])


def test_a_look_at_a_phone_shows_it_and_is_kept(open_page: Open, sample: Store, post):
    seen = open_page("officers", "member", post=str(post.post_id))
    assert "*" in post.office_phone
    seen = press(seen, "查看完整号码")
    assert any("办公电话" in element.value and "*" not in element.value for element in seen.text)
    assert last_event(sample).action == "reveal_phone"


def test_a_member_is_told_who_changes_the_holder(open_page: Open, post):
    seen = open_page("officers", "member", post=str(post.post_id))
    assert "“登记责任人”由填报人、审签人办理。" in words(seen)
    assert not [found for found in seen.main.button if found.label == "更换责任人"]


def test_a_held_post_is_handed_over_on_the_page_of_handovers(open_page: Open, post):
    seen = open_page("officers", "zhejiang.officer", post=str(post.post_id))
    assert "办理工作交接" in [link.label for link in seen.main.get("page_link")]
    assert not [found for found in seen.main.button if found.label == "登记责任人"]


def test_an_officer_registers_who_holds_a_new_post(open_page: Open, sample: Store, post):
    by = SignedIn(1, "填报人", int(post.authority_id), frozenset({Role.REPORTING_OFFICER}), "one")
    key = create_post(sample, by=by, authority_id=by.authority_id, title="联络处处长")
    seen = open_page("officers", "zhejiang.officer", post=str(key))
    choice = next(box for box in seen.main.selectbox if box.label == "人员")
    seen = choice.select("").run()
    next(field for field in seen.main.text_input if field.label == "姓名").input("新人甲").run()
    seen = press(seen, "登记责任人")
    assert any("已登记责任人" in element.value for element in seen.success)
    assert "**新人甲**" in words(seen)
    assert last_event(sample).action == "appoint_officer"


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(open_page: Open, sample: Store, post):
    seen = open_page("officers", "zhejiang.officer", post=str(post.post_id))
    before = sample.data_version()
    field = next(field for field in seen.main.text_input if field.label == "岗位名称")
    seen = field.input(post.post_title).run()
    seen = press(seen, "新增岗位")
    assert "本单位已有" in words(seen)
    assert next(field for field in seen.main.text_input if field.label == "岗位名称").value == post.post_title
    assert sample.data_version() == before


def test_a_new_post_is_added_and_the_next_step_told(open_page: Open, sample: Store):
    seen = open_page("officers", "zhejiang.signatory")
    next(field for field in seen.main.text_input if field.label == "岗位名称").input("联络处处长").run()
    seen = press(seen, "新增岗位")
    assert any("登记责任人" in element.value for element in seen.success)
    assert last_event(sample).action == "create_post"


def test_the_end_of_a_tenure_asks_once(open_page: Open, sample: Store, post):
    seen = open_page("officers", "zhejiang.officer", post=str(post.post_id))
    before = sample.data_version()
    assert button(seen, "结束任职")
    assert sample.data_version() == before
