"""Single values of plans as people write them: what is read, and what is said not to be certain."""

from datetime import date
from decimal import Decimal

import pytest

from tracking.plans.amounts import base_unit, read_targets
from tracking.plans.days import read_days
from tracking.plans.known import KnownAction, KnownIndicator, KnownMeasure, KnownPost
from tracking.plans.matching import match_action, match_measure, match_post, parts_of
from tracking.plans.steps import drafts_of, read_steps, steps_in_words
from tracking.plans.targets import goals_in_words, read_our_goals
from tracking.validation import TargetDraft

YEAR = 2026
END = date(YEAR, 12, 31)


@pytest.mark.parametrize(
    ("written", "due_on"),
    [
        (date(2026, 5, 4), date(2026, 5, 4)),
        (46022, date(2025, 12, 31)),
        (2026.6, date(2026, 6, 30)),
        (2026.12, END),
        (2026, END),
        ("2026年底前", END),
        ("6月底", date(2026, 6, 30)),
        ("2027年6月底前", date(2027, 6, 30)),
        ("2026.6", date(2026, 6, 30)),
        ("２０２６年６月３０日", date(2026, 6, 30)),
        ("力争6月底前完成", date(2026, 6, 30)),
        ("上半年", date(2026, 6, 30)),
        ("2026年下半年", END),
        ("第三季度", date(2026, 9, 30)),
        ("三季度末", date(2026, 9, 30)),
        ("2026Q1", date(2026, 3, 31)),
        ("2月中旬", date(2026, 2, 20)),
        ("2月下旬", date(2026, 2, 28)),
        ("全年", END),
        ("十二月底", END),
        ("十月底前", date(2026, 10, 31)),
        ("六月底", date(2026, 6, 30)),
        ("2026年度", END),
        ("11月", date(2026, 11, 30)),
    ],
)
def test_a_day_is_read_as_plans_write_it(written, due_on):
    days = read_days(written, YEAR)
    assert (days.starts_on, days.due_on, days.doubt) == (None, due_on, None)


@pytest.mark.parametrize(
    ("written", "starts_on", "due_on"),
    [
        ("3月—11月", date(2026, 3, 1), date(2026, 11, 30)),
        ("3-11月", date(2026, 3, 1), date(2026, 11, 30)),
        ("2026年3月至2027年2月", date(2026, 3, 1), date(2027, 2, 28)),
        ("2027年3月至11月", date(2027, 3, 1), date(2027, 11, 30)),
        ("二季度至四季度", date(2026, 4, 1), END),
        ("2026年1-6月", date(2026, 1, 1), date(2026, 6, 30)),
        ("3月底至11月", date(2026, 3, 31), date(2026, 11, 30)),
        ("下半年-2027年", date(2026, 7, 1), date(2027, 12, 31)),
        ("2026.3-2026.11", date(2026, 3, 1), date(2026, 11, 30)),
        ("2026-03-05至2026-06-01", date(2026, 3, 5), date(2026, 6, 1)),
        ("3月5日-6月1日", date(2026, 3, 5), date(2026, 6, 1)),
    ],
)
def test_a_span_names_both_ends(written, starts_on, due_on):
    assert read_days(written, YEAR).starts_on == starts_on
    assert read_days(written, YEAR).due_on == due_on


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("持续推进", "no_day"),
        ("长期坚持", "no_day"),
        ("6月前", "before_what"),
        ("二季度前完成", "before_what"),
        ("每季度末", "every"),
        ("按月", "every"),
        (2026.1, "january_or_october"),
        (2026.13, "not_a_day"),
        (6, "not_a_day"),
        (True, "not_a_day"),
        ("6月、12月", "not_a_day"),
        ("2026年2月30日", "not_a_day"),
        ("13月至14月", "not_a_day"),
        ("尽快", "not_a_day"),
        (None, "not_a_day"),
    ],
)
def test_what_names_no_single_day_is_asked(written, why):
    days = read_days(written, YEAR)
    assert days.due_on is None
    assert days.doubt is not None
    assert days.doubt.key == f"plan_file.{why}"


FAIRS = KnownIndicator(1, 1, "组织参加境内外展会", "场")
FIRMS = KnownIndicator(2, 1, "参展企业", "家次")
SUM = KnownIndicator(3, 1, "意向成交额", "万美元")
TALKS = KnownIndicator(4, 1, "对接活动", "场")
HOUSES = KnownIndicator(5, 1, "海外仓", "个")
ALL = (FAIRS, FIRMS, SUM)


def read(text, *indicators):
    return [
        (one.indicator_id, one.value, one.doubt and one.doubt.key)
        for one in read_targets(text, indicators or ALL, YEAR)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("参展企业不少于500家次", [(2, 500, None)]),
        ("参加展会3场以上", [(None, 3, "plan_file.perhaps_indicator")]),
        ("参加境外展会三场以上", [(1, 3, None)]),
        ("参加境外展会十二场，参展企业1,200家次", [(1, 12, None), (2, 1200, None)]),
        ("参加境内外展会二十场", [(1, 20, None)]),
        ("参加境内外展会两场", [(1, 2, None)]),
        ("意向成交额约1.2亿美元", [(3, 12000, "plan_file.around")]),
        ("意向成交额500余万美元", [(3, 500, "plan_file.around")]),
        ("意向成交额800万美元左右", [(3, 800, "plan_file.around")]),
        ("入库企业500家", []),
        ("每月参加境内外展会2场", [(None, 2, "plan_file.relative_amount")]),
        ("参展企业500-600家次", [(None, 600, "plan_file.relative_amount")]),
        ("参展企业500家次以内", [(None, 500, "plan_file.relative_amount")]),
        ("参展企业一百二十家次", [(2, 120, None)]),
        ("参展企业三千零五家次", [(2, 3005, None)]),
        ("参展企业五百万家次", [(2, 5_000_000, None)]),
        ("参展企业数百家次，数十家次", []),
        ("参展企业不超过500家次", [(None, 500, "plan_file.relative_amount")]),
        (
            "2025年参展企业300家次，2026年达到参展企业500家次",
            [(None, 300, "plan_file.relative_amount"), (2, 500, None)],
        ),
        ("上年参展企业300家次", [(None, 300, "plan_file.relative_amount")]),
        ("参展企业比上年增加50家次", [(None, 50, "plan_file.relative_amount")]),
        (
            "参展企业500家次，其中境外参展企业100家次",
            [(None, 500, "plan_file.which_indicator"), (None, 100, "plan_file.which_indicator")],
        ),
        ("进一步提高质量", []),
    ],
)
def test_a_target_is_the_value_of_an_indicator_only_where_words_and_unit_say_so(text, found):
    assert read(text) == found


def test_two_indicators_of_one_unit_are_never_chosen_between():
    assert read("举办5场", FAIRS, TALKS) == [(None, 5, "plan_file.which_indicator")]
    assert read("对接活动5场", FAIRS, TALKS) == [(4, 5, None)]
    assert read_targets("举办5场", (), YEAR) == []
    assert read("建设海外仓3个", HOUSES) == [(5, 3, None)]
    assert base_unit("千万") == ("万", 1000)


def test_targets_are_read_as_our_form_writes_them():
    targets = (TargetDraft(1, date(2026, 6, 30), Decimal(5)), TargetDraft(3, END, Decimal("1200.5")))
    words = goals_in_words(targets, ALL)
    assert words == "组织参加境内外展会：5 场（2026-06-30）\n意向成交额：1,200.5 万美元（2026-12-31）"
    assert read_our_goals(words, ALL) == (targets, ())
    for wrong in (
        "",
        "五场",
        "参展企业：5 场（2026-06-30）",
        "参展企业：5 家次（2026-13-30）",
        "参展企业：1.234 家次（2026-06-30）",
    ):
        assert read_our_goals(wrong, ALL) is None


def test_milestones_are_read_from_one_cell():
    steps = read_steps("一季度：制定方案；二季度:招展。下半年：参展\n12月底前，总结", YEAR)
    assert steps is not None
    assert [(step.title, step.due_on) for step in steps] == [
        ("制定方案", date(2026, 3, 31)),
        ("招展", date(2026, 6, 30)),
        ("参展", END),
        ("总结", END),
    ]
    drafts = drafts_of(steps)
    assert [step.share_permille for step in drafts] == [250] * 4
    assert [step.number for step in drafts] == [1, 2, 3, 4]
    assert read_steps(steps_in_words(drafts), YEAR) is not None
    assert drafts_of(read_steps(steps_in_words(drafts), YEAR) or ()) == drafts


@pytest.mark.parametrize(
    ("written", "titles"),
    [
        ("一季度调研，二季度初稿", ["调研", "初稿"]),
        ("1.3月底前定方案，2.9月底前完成", ["定方案", "完成"]),
        ("（一）一季度：方案。（二）二季度：招展。", ["方案", "招展"]),
        ("六月底前：招展；十一月：参展", ["招展", "参展"]),
        ("一季度：调研，3月至5月走访", ["调研，3月至5月走访"]),
        ("上半年：一季度以来的情况，汇总", ["一季度以来的情况，汇总"]),
    ],
)
def test_steps_within_a_sentence_are_told_apart(written, titles):
    assert [step.title for step in read_steps(written, YEAR) or ()] == titles


def test_a_step_of_a_span_begins_and_ends_with_it():
    steps = read_steps("1-3月：准备；4月至12月：实施", YEAR) or ()
    assert [(step.begins_on, step.due_on) for step in steps] == [
        (date(YEAR, 1, 1), date(YEAR, 3, 31)),
        (date(YEAR, 4, 1), END),
    ]


def test_shares_fill_the_whole_and_what_says_no_day_is_asked():
    three = read_steps("1. 一季度：甲；2. 二季度：乙；3. 三季度：丙", YEAR)
    assert sum(step.share_permille for step in drafts_of(three or ())) == 1000
    assert read_steps("每季度末更新", YEAR) is None
    assert read_steps("一季度：甲；随后：乙", YEAR) is None
    assert read_steps("13月：甲", YEAR) is None
    assert read_steps("一季度：甲 二季度：乙", YEAR) is None
    assert read_steps("二季度前：甲", YEAR) is None
    assert read_steps("", YEAR) == []


MEASURES = (
    KnownMeasure(1, 1, "支持中小企业参加国内外展览展销活动", "展览展销"),
    KnownMeasure(2, 2, "建立经贸技术合作平台", "合作平台"),
    KnownMeasure(3, 12, "开展专题培训", "专题培训"),
)


@pytest.mark.parametrize(
    ("written", "number", "why"),
    [
        ("1", 1, None),
        ("举措2", 2, None),
        ("十二、", 12, None),
        ("（二）", 2, None),
        ("第十二项", 12, None),
        ("2 合作平台", 2, None),
        ("一、支持中小企业参加国内外展览展销活动", 1, None),
        ("开展专题培训", 12, None),
        ("十二、开展专题培训（4项）", 12, None),
        ("开展专题培训（共12项任务）", 12, None),
        ("参加展览展销", 1, "by_words"),
        ("建设经贸技术合作的平台", 2, "by_words"),
        ("一、合作平台", 2, None),
        ("措施一 合作平台", None, "number_and_title"),
        ("1 合作平台", None, "number_and_title"),
        ("加强统筹", None, "which_measure"),
        ("展览展销与合作平台", None, "which_measure"),
        ("9", None, "which_measure"),
        ("", None, "which_measure"),
    ],
)
def test_a_measure_is_known_by_number_title_or_words(written, number, why):
    found, doubt = match_measure(written, MEASURES)
    assert (found and found.number) == number
    assert (doubt and doubt.key) == (why and f"plan_file.{why}")


ACTIONS = (
    KnownAction(11, 1, 1, 1, "参加国内展览展销活动"),
    KnownAction(12, 1, 1, 2, "参加国外展览展销活动"),
    KnownAction(31, 3, 12, 1, "开展多层次专题培训"),
)


@pytest.mark.parametrize(
    ("written", "action_id", "why"),
    [
        ("1.2 参加国外展览展销活动", 12, None),
        ("1.2", 12, None),
        ("2", 12, None),
        ("（2）参加国外展览展销活动", 12, None),
        ("参加国内展览展销活动", 11, None),
        ("组织参加国外展览展销", 12, "by_words"),
        ("12.1", 31, None),
        ("开展多层次专题培训", 31, None),
        ("2 参加国内展览展销活动", 11, None),
        ("参加展览", None, "which_action"),
        ("赴境外考察", None, "which_action"),
        ("7", None, "which_action"),
    ],
)
def test_an_action_is_known_by_number_title_or_words(written, action_id, why):
    found, doubt = match_action(written, 1, ACTIONS)
    assert (found and found.action_id) == action_id
    assert (doubt and doubt.key) == (why and f"plan_file.{why}")


POSTS = (
    KnownPost(1, "外经处处长", "李某"),
    KnownPost(2, "人事处处长", "王某"),
    KnownPost(3, "空缺处长"),
    KnownPost(4, "评审处处长（示例）", "孙某"),
)


@pytest.mark.parametrize(
    ("written", "post_id", "why"),
    [
        ("外经处处长", 1, None),
        ("外经处处长　李某", 1, None),
        ("李某", 1, None),
        ("李某（0571-88888888）", 1, None),
        ("李某、赵某", 1, "one_of_names"),
        ("外经处处长：李某", 1, None),
        ("李某（外经处处长）", 1, None),
        ("外经处处长 赵某", 1, "one_of_names"),
        ("李某（副处长）", 1, "one_of_names"),
        ("空缺处长 赵某", 3, "one_of_names"),
        ("评审处处长 孙某", 4, None),
        ("李某、王某", None, "several_posts"),
        ("赵某", None, "no_such_post"),
    ],
)
def test_a_post_is_known_by_its_title_or_its_holder(written, post_id, why):
    found, doubt = match_post(written, POSTS)
    assert (found and found.post_id) == post_id
    assert (doubt and doubt.key) == (why and f"plan_file.{why}")


def test_several_names_in_a_cell_are_told_apart():
    assert parts_of("李某（处长）、王某 13800000000；赵某\n钱某") == ["李某", "处长", "王某", "赵某", "钱某"]
