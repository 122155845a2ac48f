"""The urging page: what is open, what deserves a slip, several issued after a preview, and one slip to its end."""

import pytest

from db.authorities.scope import NATION
from db.store import Store
from db.tables import UrgingSlip
from db.urging.candidates import candidates_frame
from db.urging.queries import SlipFilter, slips_frame
from tests.app.acting import button, confirmed, press
from tests.app.conftest import Open
from tests.app.looping import MEMBER, OFFICER, SIGNATORY, every_word, lines_of, tick, typed
from tests.support.trail import row
from tests.support.years import this_year
from tracking.messages import text
from tracking.vocabulary import Language, SlipLevel, SlipStatus

LEADER = "leadership"


def slips(store: Store, authority: str | None = None, standing: SlipFilter = SlipFilter.OPEN):
    found = slips_frame(store, NATION, standing=standing)
    return found if authority is None else found[found["authority_name"] == authority]


@pytest.fixture
def candidates(sample: Store):
    return candidates_frame(sample, NATION, notice_id=1, year=this_year(sample))


@pytest.fixture
def own_slip(sample: Store) -> int:
    """A slip that Zhejiang has not signed for."""
    found = slips(sample, "浙江", SlipFilter.UNSIGNED)
    return int(found["slip_id"].iloc[0])


@pytest.mark.parametrize("who", [MEMBER, LEADER])
def test_the_sentence_and_the_figures_count_what_is_open(open_page: Open, sample: Store, who):
    seen = open_page("urging", who)
    found = slips(sample)
    assert f"在办催办单 **{len(found)} 份**" in every_word(seen)
    by_level = [f"{(found['level'] == level).sum()} 份" for level in SlipLevel]
    assert [metric.value for metric in seen.metric][:3] == by_level
    assert len(seen.dataframe[-1].value) == len(found)


def test_a_unit_sees_its_own_slips_only(open_page: Open, sample: Store):
    seen = open_page("urging", SIGNATORY)
    assert set(seen.dataframe[-1].value["authority_name"]) == {"浙江"}
    assert "可催办任务" not in every_word(seen)


def test_slips_are_narrowed_by_the_address(open_page: Open, sample: Store):
    seen = open_page("urging", MEMBER, level="red", standing="all")
    found = slips_frame(sample, NATION, level=SlipLevel.RED)
    assert len(seen.dataframe[-1].value) == len(found)
    seen = open_page("urging", MEMBER, level="red", standing="closed")
    assert "没有符合所选条件的催办单" in every_word(seen)


def test_the_worst_candidate_stands_first_and_the_preview_says_what_it_gets(
    open_page: Open, sample: Store, candidates
):
    seen = open_page("urging", MEMBER, show="candidates")
    worst = candidates.iloc[0]
    assert lines_of(seen)[0].startswith(f"{worst.authority_name} {worst.task_number}")
    assert "请在左侧勾选任务" in every_word(seen)
    seen = tick(seen, f"选择 {worst.authority_name} 任务 {worst.task_number}")
    assert "将发出 1 份" in every_word(seen)
    (why,) = seen.dataframe[-1].value["why"]
    assert "期满未落实" in why


def test_several_are_issued_after_one_question(open_page: Open, sample: Store, candidates):
    seen = open_page("urging", MEMBER, show="candidates")
    for line in candidates.head(2).itertuples():
        seen = tick(seen, f"选择 {line.authority_name} 任务 {line.task_number}")
    before = sample.data_version()
    seen = press(seen, "发出 2 份催办单")
    assert sample.data_version() == before
    seen = confirmed(seen, "发出 2 份催办单")
    assert "已发出 2 份催办单" in every_word(seen)
    newest = slips_frame(sample, NATION).nlargest(2, "slip_id")
    assert set(newest["task_id"]) == set(candidates["task_id"].head(2))


def test_what_is_wrong_with_a_demand_stands_beside_it(open_page: Open, sample: Store, candidates):
    worst = candidates.iloc[0]
    seen = open_page("urging", MEMBER, show="candidates")
    seen = tick(seen, f"选择 {worst.authority_name} 任务 {worst.task_number}")
    seen = confirmed(typed(seen, "催办要求", ""), "发出 1 份催办单")
    assert "请填写" in every_word(seen) or "不能为空" in every_word(seen)


def test_a_signatory_signs_for_a_slip_and_an_officer_answers(open_page: Open, sample: Store, own_slip: int):
    seen = press(open_page("urging", SIGNATORY, slip=str(own_slip)), "签收")
    assert "已签收" in every_word(seen)
    seen = open_page("urging", OFFICER, slip=str(own_slip))
    seen = press(typed(seen, "答复", "已增加人手 <b>不是标记</b>"), "答复")
    assert "答复已送工作组" in every_word(seen)
    assert "不是标记" in every_word(seen)
    assert row(sample, UrgingSlip, own_slip).status is SlipStatus.ANSWERED


def test_a_member_closes_a_slip_as_met(open_page: Open, sample: Store, own_slip: int):
    seen = press(open_page("urging", MEMBER, slip=str(own_slip)), "确认落实")
    assert "催办单结束" in every_word(seen)
    assert row(sample, UrgingSlip, own_slip).status is SlipStatus.MET


def test_a_member_withdraws_a_slip_with_a_reason_only(open_page: Open, sample: Store, own_slip: int):
    seen = press(open_page("urging", MEMBER, slip=str(own_slip)), "撤回")
    assert "请写明原因" in every_word(seen)
    seen = press(typed(seen, "撤回原因", "发错单位"), "撤回")
    assert row(sample, UrgingSlip, own_slip).closing == "发错单位"


def test_the_next_level_is_greyed_with_the_rule_s_own_words(open_page: Open, own_slip: int):
    seen = open_page("urging", MEMBER, slip=str(own_slip))
    assert button(seen, "发出催办单").disabled
    assert "期满未落实方可发出下一级" in every_word(seen)


def test_the_next_level_is_issued_from_the_slip_that_went_unmet(open_page: Open, sample: Store, candidates):
    chosen = candidates[candidates["last_level"].notna()].iloc[0]
    task_id = int(chosen["task_id"])
    unmet = slips_frame(sample, NATION, task_id=task_id)["slip_id"].iloc[0]
    seen = open_page("urging", MEMBER, slip=str(unmet))
    level = text(f"slip_level.{chosen['level']}", Language.ZH_CN)
    seen = confirmed(seen, f"发出{level}单")
    assert "已发出 1 份催办单" in every_word(seen)
    assert slips_frame(sample, NATION, task_id=task_id)["level"].iloc[0] == chosen["level"]


def test_one_task_is_urged_from_its_own_address(open_page: Open, sample: Store, candidates):
    task_id = str(candidates[candidates["last_level"].isna()]["task_id"].iloc[0])
    assert button(open_page("urging", MEMBER, show="candidates", task=task_id), "发出蓝色催办单")


def test_leadership_and_other_units_change_nothing(open_page: Open, own_slip: int):
    seen = open_page("urging", LEADER, slip=str(own_slip))
    assert not {"签收", "确认落实", "撤回", "发出催办单"} & {found.label for found in seen.main.button}
    assert "要找的内容不存在" in every_word(open_page("urging", "ningbo.officer", slip=str(own_slip)))
    assert "要找的内容不存在" in every_word(open_page("urging", MEMBER, slip="999999"))


def test_home_leads_the_unit_to_its_slips(open_page: Open):
    assert "待签收的催办单" in every_word(open_page("home", SIGNATORY))
    assert "期满未落实的催办单" in every_word(open_page("home", MEMBER))
