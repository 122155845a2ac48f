"""The State Council's yearly notice, as it is pasted."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, strategies as st

from tests.support.trail import refusal_of
from tracking.holiday_notice import read_notice, year_of
from tracking.messages import Refusal
from tracking.working_days import WorkingDays

NOTICE_2026 = """国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2025年11月4日
"""
LEAST = "1月1日放假。5月1日放假。10月1日放假。"


def _days(*named: str) -> set[date]:
    return set(map(date.fromisoformat, named))


def test_the_notice_of_a_year_gives_what_the_kept_calendar_knows_of_it():
    announced, kept = read_notice(NOTICE_2026, 2026), WorkingDays()
    assert year_of(NOTICE_2026) == 2026
    entered = WorkingDays({2026: announced})
    assert entered.holidays(2026) == kept.holidays(2026)
    assert entered.worked_weekends(2026) == kept.worked_weekends(2026)
    assert len(kept.worked_weekends(2026)) == 6


@pytest.mark.parametrize(
    ("written", "off", "worked"),
    [
        (
            "元旦：2026年12月31日至2027年1月2日放假调休，共3天。",
            _days("2026-12-31", "2027-01-01", "2027-01-02"),
            set(),
        ),
        ("4月4日（星期日）放假，4月5日（星期一）补休。", _days("2027-04-04", "2027-04-05"), set()),
        ("2月14日、28日上班。", set(), _days("2027-02-14", "2027-02-28")),
        (
            "２月６日～８日 放假，2月20日上班",
            _days("2027-02-06", "2027-02-07", "2027-02-08"),
            _days("2027-02-20"),
        ),
        ("12月30日通知如下。", set(), set()),
    ],
)
def test_each_way_of_writing_days_is_read(written: str, off: set[date], worked: set[date]):
    announced = read_notice(LEAST + written, 2027)
    assert announced.off == off | _days("2027-01-01", "2027-05-01", "2027-10-01")
    assert announced.worked == worked


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("2月30日放假。", "working_days.no_such_day"),
        ("8日放假。", "working_days.no_such_day"),
        ("2月1日至28日放假。", "working_days.odd_span"),
        ("2月8日至6日放假。", "working_days.odd_span"),
        ("5月1日上班。", "working_days.both"),
        ("2028年2月1日放假。", "working_days.other_year"),
        ("2026年2月1日放假。", "working_days.other_year"),
    ],
)
def test_what_cannot_be_meant_is_refused(written: str, key: str):
    before = "" if written.startswith("8日") else LEAST
    refused = refusal_of(read_notice, before + written, 2027)
    assert [message.key for message in refused.messages] == [key]
    assert refused.fields == ("notice",)


def test_part_of_a_notice_is_no_notice():
    refused = refusal_of(read_notice, LEAST.partition("。")[2], 2027)
    assert refused.messages[0].values == {"days": "2027-01-01"}
    assert year_of(LEAST) is None


@given(st.text(alphabet="0123456789年月日至、，。（）放假上班\n ", max_size=200))
def test_whatever_is_pasted_is_read_or_refused(pasted: str):
    with suppress(Refusal):
        announced = read_notice(pasted, 2027)
        assert not announced.off & announced.worked
