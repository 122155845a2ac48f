"""A second notice founded on the page 目录管理: its facts, its catalogue from its text, the units it addresses."""

from datetime import date

import pytest

from db import clock
from db.periods.actions import create_year_of_periods
from db.reference.addressing import address
from db.reference.queries import actions_frame, measures_frame, notices_frame, units_frame
from db.store import Store
from tests.app.acting import button, confirmed, press, words
from tests.app.conftest import Open
from tests.support.factories import people
from tests.support.notices import EIGHT, another_notice
from tests.support.trail import last_event
from tracking.proposals import ProposalKind
from tracking.vocabulary import AuthorityKind

PAGE, ADMINISTRATOR = "reference_data", "sysadmin"


def _field(seen, kind: str, label: str):
    return next(field for field in getattr(seen.main, kind) if field.label == label)


def _type(seen, **typed: str):
    for label, text in typed.items():
        _field(seen, "text_input", label).input(text)
    return seen.run()


def test_a_notice_is_founded_its_text_entered_corrected_and_taken(open_page: Open, sample: Store):
    seen = open_page(PAGE, ADMINISTRATOR, show="notices")
    seen = press(_type(seen, 文号="〔2026〕8号", 标题="另一份通知", 发文机关="某部"), "新增一份通知")
    assert "通知已登记" in words(seen)
    notice_id = int(notices_frame(sample)["notice_id"].max())
    seen = open_page(PAGE, ADMINISTRATOR, show="proposals", notice=str(notice_id))
    _field(seen, "text_area", "通知全文").input(EIGHT)
    seen = press(_type(seen, 出处="印发件"), "录入新版原文")
    assert "识别出 17 行" in words(seen)
    assert "举措 8 条" in words(seen)
    seen = open_page(PAGE, ADMINISTRATOR, show="proposals", notice=str(notice_id), line="14")
    seen = _type(seen, 标题="优化企业出海环境")
    _field(seen, "selectbox", "作为").select(ProposalKind.SAFEGUARD)
    seen = seen.run()
    seen.query_params["line"] = "12"
    seen = seen.run()
    _field(seen, "selectbox", "作为").select(ProposalKind.MERGED)
    _field(seen.run(), "selectbox", "并入哪一行").select(5)
    seen = confirmed(seen.run(), "采纳进目录")
    assert "已写入目录" in words(seen)
    assert len(measures_frame(sample, notice_id=notice_id)) == 6
    assert len(actions_frame(sample, notice_id=notice_id)) == 2
    assert "都已在目录中" in words(seen)
    assert button(seen, "采纳进目录").disabled


def test_a_line_that_lost_what_it_stands_under_says_so_and_stays_typed(open_page: Open, sample: Store):
    notice_id = str(another_notice(sample, people().administrator))
    seen = open_page(PAGE, ADMINISTRATOR, show="proposals", notice=notice_id)
    assert "都已在目录中" in words(seen)
    seen.query_params["line"] = "4"
    seen = seen.run()
    seen = _type(seen, 标题="重点领域")
    _field(seen, "selectbox", "作为").select(ProposalKind.LEFT_OUT)
    seen = seen.run()
    assert "请选择它所属的重点工作" in seen.main.dataframe[0].value["problem"].iloc[4]
    _field(seen, "selectbox", "作为").select(ProposalKind.AREA)
    assert _field(seen.run(), "text_input", "标题").value == "重点领域"


def test_a_text_without_headings_says_what_to_do_beside_the_form_for_another(open_page: Open, sample: Store):
    notice_id = another_notice(sample, people().administrator, None)
    seen = open_page(PAGE, ADMINISTRATOR, show="proposals", notice=str(notice_id))
    _field(seen, "text_area", "通知全文").input("请各单位认真落实。")
    seen = press(_type(seen, 出处="印发件"), "录入新版原文")
    assert "没有可识别的层级标题" in words(seen)
    assert _field(seen, "text_area", "通知全文")


def test_a_notice_addresses_what_is_chosen_and_its_counts_follow(open_page: Open, sample: Store):
    notice_id = another_notice(sample, people().administrator)
    everybody = units_frame(sample, notice_id=notice_id)
    seen = open_page(PAGE, ADMINISTRATOR, show="addressed", notice=str(notice_id))
    assert f"全部 **{everybody['reports'].sum()} 家**" in words(seen)
    seen.main.multiselect[0].select("xpcc")
    seen.main.multiselect[1].select(int(everybody["unit_id"].iloc[0]))
    seen = press(_type(seen, 依据="通知所附名单"), "保存名单")
    assert "涉及 **2 家**" in words(seen)
    assert last_event(sample).action == "address_notice"
    assert "2 家" in list(
        open_page(PAGE, ADMINISTRATOR, part="fact", notice=str(notice_id)).dataframe[0].value["stated"]
    )


def test_a_notice_with_plans_is_not_ended_and_one_without_is(open_page: Open, sample: Store):
    notice_id = another_notice(sample, people().administrator)
    for key, said in ((1, "还有在办的计划"), (notice_id, "已登记停用")):
        seen = open_page(PAGE, ADMINISTRATOR, show="notices", notice=str(key))
        seen = press(_type(seen, 停用理由="并入另一通知"), "停用")
        assert said in words(seen)
    assert button(seen, "恢复使用")


@pytest.fixture
def twelve(sample: Store) -> str:
    """The key of a notice of twelve units of three kinds, eight measures and this year's periods."""
    by, year = people().administrator, clock.today().year
    notice_id = another_notice(sample, by)
    units = units_frame(sample)
    provinces = units[units["kind"] == AuthorityKind.PROVINCE]["unit_id"].tolist()[:6]
    asked = {"kinds": [AuthorityKind.SEPARATE_PLAN_CITY, AuthorityKind.XPCC], "authority_ids": provinces}
    address(sample, by=by, notice_id=notice_id, starts_on=date(year, 1, 1), reason="名单", **asked)
    create_year_of_periods(sample, by=people().member, notice_id=notice_id, year=year)
    return str(notice_id)


def test_a_notice_of_twelve_units_has_twelve_as_its_denominator_everywhere(open_page: Open, twelve: str):
    said = {
        "coverage": "12 个单位 × 8 项举措",
        "obligations": "12 个单位中 0 个",
        "work_plan": "12 家单位",
        "region": "12 家单位口径",
        "comparison": "全部单位（12 个）",
    }
    for page, sentence in said.items():
        seen = open_page(page, "leadership", notice=twelve)
        offered = [str(option) for box in seen.main.selectbox for option in box.options]
        assert sentence in "\n".join([words(seen), *offered]), page
