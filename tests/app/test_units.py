"""单位管理 on the page: an administrator founds, renames, merges and dissolves, by hand and from a list."""

import pytest
from sqlmodel import select

from db.reference.queries import units_frame
from db.store import Store
from db.tables import Authority
from tests.app.acting import button, confirmed, words
from tests.app.conftest import Open
from tests.app.looping import count_units
from tests.support.trail import last_event, only
from tests.support.unit_lists import unit_list
from tracking.vocabulary import AuthorityKind


def _key(sample: Store, name: str) -> str:
    return str(only(sample, Authority, short_name=name).id)


def _units(sample: Store) -> list[str]:
    units = units_frame(sample)
    return list(units[units["reports"]]["short_name"])


def _field(seen, label: str):
    fields = (*seen.main.text_input, *seen.main.selectbox, *seen.main.multiselect)
    return next(field for field in fields if field.label == label)


def test_the_page_says_how_many_units_of_each_kind_there_are(open_page: Open, sample: Store):
    seen = open_page("units", "sysadmin")
    units = count_units(sample)
    assert f"现有报送单位 **{units} 家**（省级" in words(seen)
    assert len(seen.dataframe[0].value) > units, "cities too"
    gone = open_page("units", "sysadmin", show="gone").dataframe[0].value
    assert gone["code"].tolist() == ["S04"]


def test_a_council_is_founded_and_is_without_a_plan(open_page: Open, sample: Store):
    seen = open_page("units", "sysadmin", show="new")
    _field(seen, "类别").select(AuthorityKind.CCPIT_INDUSTRY).run()
    for label, text in {
        "代码": "CCPIT-TEX",
        "单位名称": "中国贸促会纺织行业分会",
        "简称": "贸促纺织",
        "变更依据（文件名称和文号）": "虚构文件〔2026〕2号",
    }.items():
        _field(seen, label).set_value(text)
    seen = button(seen.run(), "设立单位").click().run()
    assert "单位已设立" in words(seen)
    assert _units(sample)[-1] == "贸促纺织"
    overview = words(open_page("overview", "member"))
    assert f"{count_units(sample)} 家单位中" in overview
    assert "贸促纺织" in overview, "it is named among those without a plan"


def test_a_founding_that_says_nothing_is_refused_beside_its_fields(open_page: Open):
    seen = button(open_page("units", "sysadmin", show="new"), "设立单位").click().run()
    assert "代码由 1 至 12 位" in words(seen)
    summary = seen.main.error[0].value
    assert all(
        f"{name}：请填写此项。" in summary for name in ("单位名称", "简称", "变更依据（文件名称和文号）")
    )


def test_the_list_is_narrowed_to_one_kind(open_page: Open):
    kinds = open_page("units", "sysadmin").main.selectbox[0]
    assert kinds.options[0] == "全部类别"
    seen = kinds.select(str(AuthorityKind.SEPARATE_PLAN_CITY)).run()
    assert set(seen.dataframe[0].value["authority_kind"]) == {"计划单列市中小企业主管部门"}


def test_one_is_merged_into_another_after_being_told_what_follows(open_page: Open, sample: Store):
    seen = open_page("units", "sysadmin", authority=_key(sample, "青岛"), who="青岛")
    successor = next(box for box in seen.main.selectbox if box.label == "承接单位")
    successor.select(int(_key(sample, "山东"))).run()
    for field in seen.main.text_input:
        if field.label.startswith("变更依据"):
            field.set_value("虚构文件〔2026〕3号")
    seen = confirmed(seen.run(), "办理并入")
    assert "任务由承接单位接续" in words(seen)
    assert "青岛" not in _units(sample)
    assert last_event(sample).detail["to_authority"] == "山东"
    assert f"{count_units(sample)} 家单位中" in words(open_page("overview", "member"))


def test_who_has_tasks_is_not_dissolved_and_the_tasks_are_named(open_page: Open, sample: Store):
    seen = open_page("units", "sysadmin", authority=_key(sample, "青岛"), who="青岛")
    for field in seen.main.text_input:
        if field.label.startswith("变更依据"):
            field.set_value("虚构文件〔2026〕3号")
    seen = confirmed(seen.run(), "撤销单位")
    assert "项任务计入统计" in words(seen)


def test_a_list_is_looked_at_before_it_is_taken(open_page: Open, sample: Store):
    seen = open_page("units", "sysadmin", show="many")
    content = unit_list(
        ("CCPIT-1", "甲贸促会", "甲贸促", "行业贸促会", "", ""),
        ("CCPIT-1", "乙贸促会", "乙贸促", "行业贸促会", "", ""),
        ("330100", "杭州市中小企业主管部门", "杭州", "市", "330000", ""),
    )
    seen.main.file_uploader[0].upload("list.csv", content, "text/csv").run()
    assert "不能办理 **2** 行" in words(seen)
    assert button(seen, "全部办理").disabled
    assert seen.dataframe[0].value["why"][0] == "代码 CCPIT-1 在文件中出现多次，请只保留一行。"
    with sample.read() as session:
        assert session.scalars(select(Authority).where(Authority.code == "330100")).first() is None


@pytest.mark.parametrize("account", ["member", "zhejiang.officer", "secadmin"])
def test_nobody_else_opens_the_page(open_page: Open, account: str):
    assert "打开本页需要的权限" in words(open_page("units", account))
