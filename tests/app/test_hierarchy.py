"""The hierarchy on the pages: which is shown is said, and the administrator moves an authority from a day on."""

from datetime import date

import pytest

from db import clock
from db.accounts.sign_in_actions import sign_in
from db.hierarchy.actions import move_authority
from db.reference.queries import units_frame
from db.seed import DEMO_PASSWORD
from db.store import Store
from tests.app.acting import confirmed, words
from tests.app.conftest import Open
from tests.app.looping import period_of
from tests.support.trail import last_event
from tracking.vocabulary import PeriodStatus


def _unit(sample: Store, name: str, on: date | None = None):
    units = units_frame(sample, on=on)
    return next(units[units["short_name"] == name].itertuples())


@pytest.fixture
def moved(sample: Store) -> int:
    """From today on Ningbo is hosted by Anhui: invented, as anything here."""
    _, by = sign_in(sample, sign_in_name="sysadmin", password=DEMO_PASSWORD)
    ningbo, anhui = (_unit(sample, name).unit_id for name in ("宁波", "安徽"))
    asked = {"authority_id": ningbo, "parent_id": anhui, "starts_on": clock.today()}
    move_authority(sample, by=by, reason="虚构的区划调整", **asked)
    return anhui


def _tasks(seen, name: str) -> int:
    units = seen.dataframe[-1].value
    return int(units[units["unit"] == name]["tasks"].iloc[0])


def test_the_page_says_by_which_hierarchy_it_groups(open_page: Open):
    assert "的隶属关系汇总：市、县任务由其当日所属的单位统一报送" in words(open_page("region", "member"))
    assert "的现行隶属关系汇总" in words(open_page("region", "member", tree="today"))


@pytest.mark.usefixtures("moved")
def test_a_period_is_grouped_by_the_hierarchy_of_its_day_or_of_today(open_page: Open, sample: Store):
    earlier = {"period": str(period_of(sample, PeriodStatus.CLOSED)), "view": "provinces"}
    then, today = (open_page("region", "member", **earlier, tree=tree) for tree in ("day", "today"))
    assert _tasks(then, "浙江") > _tasks(today, "浙江")
    assert _tasks(then, "安徽") < _tasks(today, "安徽")
    sums = [seen.dataframe[-1].value["tasks"].sum() for seen in (then, today)]
    assert sums[0] == sums[1]
    assert "宁波（浙江 → 安徽" in words(then).replace("\\", "")


def test_an_administrator_moves_an_authority_after_being_told_what_follows(open_page: Open, sample: Store):
    ningbo = str(_unit(sample, "宁波").unit_id)
    seen = open_page("units", "sysadmin", authority=ningbo)
    assert "历次隶属关系" in words(seen)
    parent = next(box for box in seen.main.selectbox if box.label == "调整后隶属")
    parent.select(_unit(sample, "安徽").unit_id)
    for field in seen.main.text_input:
        if field.label.startswith("变更依据"):
            field.set_value("虚构文件〔2026〕1号")
    seen.run()
    seen = confirmed(seen, "调整隶属关系")
    assert "隶属关系已调整" in words(seen)
    assert last_event(sample).detail["to_authority"] == "安徽"


def test_a_move_without_ground_is_refused_beside_its_field(open_page: Open, sample: Store):
    ningbo = str(_unit(sample, "宁波").unit_id)
    seen = confirmed(open_page("units", "sysadmin", authority=ningbo), "调整隶属关系")
    assert "请填写此项" in words(seen)


def test_authorities_are_found_by_name(open_page: Open):
    seen = open_page("units", "sysadmin", who="宁波")
    assert len(seen.dataframe[0].value) == 1
    assert "没有符合条件的单位" in words(open_page("units", "sysadmin", who="无此单位"))


def test_the_trail_tells_of_a_move_in_words(open_page: Open, sample: Store, moved: int):
    assert moved
    seen = open_page("audit", "auditor", event=str(sample.data_version()))
    said = words(seen)
    assert "调整隶属关系" in said
    assert "调整后隶属" in said
