"""The comparison: units beside units like them; who sees whose name, and when a position is given."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from db import clock
from db.accounts.sign_in_actions import sign_in
from db.authorities.scope import NATION
from db.peer_groups import actions as peer_groups
from db.peer_groups.queries import peer_groups_frame
from db.reference.queries import units_frame
from db.seed import DEMO_PASSWORD
from db.site.actions import change_setting
from db.store import Store
from tests.app.acting import confirmed, press, words
from tests.app.conftest import Open
from tests.support.trail import last_event
from tracking.site_settings import SiteSettings

COAST = "1"


def _unit(sample: Store, name: str) -> str:
    units = units_frame(sample)
    return str(units[units["short_name"] == name]["unit_id"].iloc[0])


def _columns(seen: AppTest) -> set[str]:
    return {name for frame in seen.dataframe for name in frame.value.columns}


@pytest.fixture
def ranking(sample: Store) -> None:
    """Positions are switched on, and asked for only a little."""
    _, by = sign_in(sample, sign_in_name="sysadmin", password=DEMO_PASSWORD)
    change_setting(sample, by=by, key="ranking", value=True)
    change_setting(sample, by=by, key="ranking_share", value=1)


def test_a_group_is_told_by_its_median_and_its_spread(open_page: Open):
    seen = open_page("comparison", "leadership")
    assert "“沿海省份”11 个单位" in words(seen)
    assert "完成率中位数" in words(seen)
    gaps = seen.dataframe[0].value["gap_permille"]
    assert len(gaps) == 11
    assert gaps.median() == pytest.approx(0)
    assert gaps.dropna().is_monotonic_decreasing


def test_a_unit_is_told_its_distance_to_the_median_measure_by_measure(open_page: Open, sample: Store):
    seen = open_page("comparison", "member", unit=_unit(sample, "浙江"))
    assert "浙江完成率" in words(seen)
    assert {"median_permille", "gap_permille", "counted"} <= _columns(seen)


@pytest.mark.parametrize("reader", ["zhejiang.officer", "zhejiang.signatory"])
def test_a_unit_sees_its_own_name_only(open_page: Open, reader: str):
    seen = open_page("comparison", reader)
    assert "浙江完成率" in words(seen)
    assert len(seen.main.selectbox) == 4
    shown = repr([frame.value for frame in seen.dataframe]) + words(seen)
    assert "江苏" not in shown
    assert "组内其他单位以不具名的点表示" in words(seen)


def test_no_position_is_given_until_the_site_switches_it_on(open_page: Open, sample: Store):
    assert SiteSettings().ranking is False
    seen = open_page("comparison", "member", unit=_unit(sample, "浙江"))
    assert "place" not in _columns(seen)
    assert "第 " not in " ".join(figure.value for figure in seen.metric)


@pytest.mark.usefixtures("ranking")
def test_a_position_and_its_change_are_shown_once_it_is_on(open_page: Open, sample: Store):
    seen = open_page("comparison", "member", unit=_unit(sample, "浙江"))
    assert {"place", "place_change"} <= _columns(seen)
    assert any(figure.value.startswith("第 ") for figure in seen.metric)


@pytest.mark.usefixtures("ranking")
def test_a_position_is_withheld_with_its_reason(open_page: Open, sample: Store):
    _, by = sign_in(sample, sign_in_name="sysadmin", password=DEMO_PASSWORD)
    change_setting(sample, by=by, key="ranking_share", value=100)
    seen = open_page("comparison", "member")
    assert "place" not in _columns(seen)
    assert "暂不显示位次" in words(seen)
    assert "不足设定的 100%" in words(seen)


def test_the_settings_say_what_positions_are_and_switch_them_on(open_page: Open, sample: Store):
    seen = open_page("settings", "sysadmin")
    assert "通知未要求排名，默认不开启" in words(seen)
    confirmed(seen, "开启位次")
    assert last_event(sample).detail == {"key": "ranking", "before": False, "after": True}
    seen = open_page("settings", "sysadmin")
    press(seen.main.number_input[1].set_value(90).run(), "保存")
    assert last_event(sample).detail["after"] == 90


def test_a_member_defines_renames_changes_and_retires_a_group(open_page: Open, sample: Store):
    seen = open_page("comparison", "member", group="all")
    ids = [int(_unit(sample, name)) for name in ("北京", "上海", "天津")]
    seen.main.text_input[0].set_value("直辖市")
    seen.main.text_input[1].set_value("同为直辖市")
    seen = press(seen.main.multiselect[0].set_value(ids).run(), "新建")
    assert "同类组已建立" in words(seen)
    group = str(peer_groups_frame(sample, NATION, on=clock.today())["group_id"].iloc[-1])
    seen = open_page("comparison", "member", group=group)
    assert "“直辖市”3 个单位" in words(seen)
    seen = press(seen.main.text_input[0].set_value("市").run(), "保存")
    assert last_event(sample).action == "rename_peer_group"
    more = [*ids, int(_unit(sample, "重庆"))]
    seen = press(seen.main.multiselect[0].set_value(more).run(), "保存成员")
    assert "“市”4 个单位" in words(seen)
    seen.main.text_input[2].set_value("不再使用").run()
    seen = confirmed(seen, "停用")
    assert "同类组已停用" in words(seen)


def test_a_fault_stands_beside_its_field(open_page: Open):
    seen = open_page("comparison", "member", group="all")
    seen.main.text_input[0].set_value("直辖市")
    seen.main.text_input[1].set_value("同为直辖市")
    seen = press(seen, "新建")
    assert "请至少选择 3 个单位" in words(seen)


def test_groups_are_maintained_by_members_only(open_page: Open):
    assert not open_page("comparison", "leadership").main.multiselect
    assert not open_page("comparison", "zhejiang.officer").main.multiselect


def test_a_past_day_shows_the_groups_of_that_day(open_page: Open, sample: Store):
    _, by = sign_in(sample, sign_in_name="member", password=DEMO_PASSWORD)
    peer_groups.retire_peer_group(sample, by=by, group_id=int(COAST), reason="重新分组")
    assert "沿海省份" not in words(open_page("comparison", "member"))
    seen = open_page("comparison", "member", as_of=str(clock.today() - timedelta(7)))
    assert "沿海省份" in words(seen)
    assert not seen.main.multiselect, "the past is not changed"


def test_whoever_is_reported_for_by_a_unit_is_led_elsewhere(open_page: Open, sample: Store):
    with sample.upkeep() as session:
        session.execute(text("UPDATE authority SET kind = 'city' WHERE short_name = '浙江'"))
        session.execute(
            text(
                "INSERT INTO authority_parent (authority_id, parent_id, relation, starts_on) "
                f"VALUES ({_unit(sample, '浙江')}, {_unit(sample, '上海')}, 'part_of', '2017-01-01')"
            )
        )
    assert "由上级单位汇总报送" in words(open_page("comparison", "zhejiang.officer"))
