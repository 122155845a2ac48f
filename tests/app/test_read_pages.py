"""Measure, region and task: each answers for what its address names, within what the reader may see."""

import re
from decimal import Decimal

from db.reference.queries import actions_frame, measures_frame, notices_frame, units_frame
from db.sql import select
from db.store import Store
from db.tables import MeasureAction
from db.tasks.queries import task_frame
from db.tasks.sheets import updates_frame
from pages.shared.wording import moment
from tests.app.acting import words
from tests.app.conftest import Open
from tests.app.looping import count_units
from tracking.messages import Message
from tracking.palette import SHAPES
from tracking.permissions import Scope
from tracking.vocabulary import Light, TitleSource

EVERYTHING = Scope(None)


def _notice(sample: Store) -> int:
    return int(notices_frame(sample)["notice_id"].iloc[0])


def _tasks(sample: Store, unit: str):
    units = units_frame(sample)
    unit_id = int(units[units["short_name"] == unit]["unit_id"].iloc[0])
    years = range(2020, 2100)
    frames = (
        task_frame(sample, EVERYTHING, notice_id=_notice(sample), year=year, unit_id=unit_id)
        for year in years
    )
    return next(frame for frame in frames if not frame.empty)


def test_a_measure_is_compared_unit_by_unit_and_counted_by_its_indicators(open_page: Open, sample: Store):
    measures = measures_frame(sample, notice_id=_notice(sample))
    row = measures.iloc[3]
    seen = open_page("measure", "leadership", measure=str(row["measure_id"]))
    assert row["title"] in seen.title[0].value
    assert {"指标完成情况", "具体行动覆盖情况"} <= {header.value for header in seen.header}
    indicators = seen.dataframe[0].value
    assert list(indicators.columns) == ["name", "amount", "manner", "reported_by"]
    assert set(indicators["manner"].str[:3]) == {"合计（", "最新值"}, (
        "additive summed, others by their median"
    )


def test_the_counts_of_a_measure_follow_its_filters(open_page: Open, sample: Store):
    """Its regions add up to the country, in the indicators and in the actions; a unit is less than all.

    The councils of no region have no task under this measure.
    """

    def counted(**asked: str) -> tuple[Decimal, int, int]:
        indicators, actions = (
            frame.value for frame in open_page("measure", "leadership", measure="4", **asked).dataframe[:2]
        )
        row = indicators[indicators["manner"].str.startswith("合计")].iloc[0]
        amount = Decimal(row["amount"].split()[0].replace(",", "").replace("—", "0"))
        return amount, int(re.search(r"\d+", row["reported_by"])[0]), int(actions["tasks"].sum())

    units = units_frame(sample)
    country = counted()
    parts = [counted(region=region) for region in units["region_seven"].dropna().unique()]
    assert min(country) > 0
    assert tuple(map(sum, zip(*parts, strict=True))) == country
    unit = counted(unit=str(units[units["short_name"] == "浙江"]["unit_id"].iloc[0]))
    assert all(0 < part < whole for part, whole in zip(unit, country, strict=True))


def test_a_measure_without_actions_in_the_notice_has_no_empty_place_for_them(open_page: Open, sample: Store):
    with sample.write(None) as tx:
        for action in tx.session.scalars(select(MeasureAction).where(MeasureAction.measure_id == 1)):
            action.measure_id, action.number = 2, action.number + 90
            tx.audit("plant", action)
    headers = {header.value for header in open_page("measure", "leadership", measure="1").header}
    assert "指标完成情况" in headers
    assert "具体行动覆盖情况" not in headers


def test_a_measure_is_read_action_by_action_and_each_leads_to_its_lines(open_page: Open, sample: Store):
    seen = open_page("measure", "leadership", measure="4", by="action")
    assert not seen.exception
    actions = actions_frame(sample, notice_id=_notice(sample))
    of_measure = actions[actions["measure_id"] == 4]
    taken = next(frame.value for frame in seen.dataframe if "action" in frame.value)
    assert taken["action"].tolist() == of_measure["title"].tolist()
    counts = {}
    for action_id in of_measure["action_id"]:
        lines = open_page("ledger", "leadership", measure="4", action=str(action_id))
        counts[action_id] = len(lines.dataframe[0].value)
    assert list(counts.values()) == taken["tasks"].tolist()


def test_a_title_nobody_has_checked_is_marked(open_page: Open, sample: Store):
    measures = measures_frame(sample, notice_id=_notice(sample))
    doubtful = measures[measures["area_source"] == TitleSource.TO_BE_CHECKED].iloc[0]
    seen = open_page("measure", "member", measure=str(doubtful["measure_id"]))
    assert "待与原文核对" in seen.title[0].value


def test_the_tasks_of_a_measure_can_be_narrowed_by_light(open_page: Open, sample: Store):
    task = _tasks(sample, "浙江").iloc[0]
    seen = open_page("measure", "member", measure=str(task["measure_id"]), light=task["light"])
    light = Light(task["light"])
    assert set(seen.dataframe[-1].value["light"]) == {f"{SHAPES[light]} {Message(f'light.{light}')}"}


def test_the_country_has_two_views_and_their_tasks_agree(open_page: Open, sample: Store):
    units = open_page("region", "member").dataframe[-1].value
    provinces = open_page("region", "member", view="provinces").dataframe[-1].value
    councils = {"示例行会", "示例新会"}  # of no province
    assert (len(units), len(provinces)) == (count_units(sample), 31 + len(councils))
    assert units["tasks"].sum() == provinces["tasks"].sum()


def test_a_unit_has_a_sheet_with_its_safeguards_and_tasks(open_page: Open, sample: Store):
    tasks = _tasks(sample, "浙江")
    seen = open_page("region", "member", unit=str(tasks["unit_id"].iloc[0]))
    assert seen.title[0].value == "浙江省中小企业主管部门"
    assert "工作协调机制" in words(seen)
    assert "双多边合作机制" in words(seen)


def test_a_unit_cannot_open_the_sheet_of_another(open_page: Open, sample: Store):
    ningbo = int(_tasks(sample, "宁波")["unit_id"].iloc[0])
    seen = open_page("region", "zhejiang.officer", unit=str(ningbo))
    assert "宁波" not in words(seen)


def test_a_task_shows_every_update_with_author_and_day(open_page: Open, sample: Store):
    task_id = int(_tasks(sample, "浙江")["task_id"].iloc[0])
    updates = updates_frame(sample, EVERYTHING, task_id)
    seen = open_page("task", "zhejiang.signatory", task=str(task_id))
    assert f"进展记录（{len(updates)}）" in [header.value for header in seen.header]
    for update in updates.itertuples():
        assert f"{update.author} 填写于 {moment(update.written_at)}" in words(seen).replace("\\", "")
        assert update.progress.split("，")[0] in words(seen).replace("\\", "")


def test_a_task_of_another_unit_is_not_there(open_page: Open, sample: Store):
    task_id = int(_tasks(sample, "宁波")["task_id"].iloc[0])
    seen = open_page("task", "zhejiang.officer", task=str(task_id))
    assert "没有找到要看的内容" in words(seen)
    assert not seen.metric


def test_a_task_without_its_number_in_the_address_leads_back(open_page: Open):
    assert "没有找到要看的内容" in words(open_page("task", "member"))
