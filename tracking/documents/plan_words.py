"""What the columns of a work plan can mean, and the words of headers that tell."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from tracking.documents.legacy_words import PARTED, bare, lasting


class PlanField(StrEnum):
    """What a column of a plan says of its task; `ignored` is what is not brought in."""

    IGNORED = "ignored"
    NUMBER = "number"
    AREA = "area"
    MEASURE = "measure"
    ACTION = "measure_action_id"
    TITLE = "title"
    GOAL = "goal"
    TARGETS = "targets"
    INDICATOR = "indicator"
    UNIT = "unit"
    STARTS_ON = "starts_on"
    DUE_ON = "due_on"
    STEPS = "milestones"
    LEAD = "lead_unit"
    SUPPORT = "supporting_units"
    LEADER = "supervising_leader"
    POST = "post_id"
    LIAISON = "liaison"
    WEIGHT = "weight_tenths"
    REMARK = "remark"
    COUNTRIES = "countries"
    TAGS = "tags"


# A plan may have several of these columns: one an indicator, one a quarter.
SEVERAL = frozenset({PlanField.TARGETS, PlanField.STEPS})
_WORDS: Mapping[PlanField, str] = {
    PlanField.NUMBER: "序号 编号 任务编号 任务序号 no number",
    PlanField.AREA: "重点工作 重点领域 工作领域 重点方向 工作类别 类别 板块 领域 keyarea area",
    PlanField.MEASURE: "举措 措施 重点举措 工作举措 主要举措 主要措施 政策措施 所属举措 对应举措 所属措施 measure",
    PlanField.ACTION: "具体行动 行动 行动名称 所属行动 对应行动 举措行动 action measureaction",
    PlanField.TITLE: "工作任务 任务名称 任务 重点任务 主要任务 具体任务 任务内容 重点工作任务 事项 工作事项 重点事项 工作内容 项目名称 "
    "task tasks tasktitle taskname activity",
    PlanField.GOAL: "年度目标 目标 工作目标 目标任务 预期目标 年度工作目标 预期成果 工作要求 目标要求 年度目标任务 goal annualgoal objective",
    PlanField.TARGETS: "目标值 指标值 年度目标值 指标目标值 量化目标 量化指标 年度指标 绩效指标 target targets targetvalue annualtarget",
    PlanField.INDICATOR: "指标 指标名称 考核指标 indicator",
    PlanField.UNIT: "计量单位 指标单位 unit",
    PlanField.STARTS_ON: "开始时间 启动时间 起始时间 开始日期 起始日期 启动日期 开工时间 开始 起始 启动 start startson startdate",
    PlanField.DUE_ON: "完成时限 完成时间 完成期限 时限 时限要求 截止时间 截止日期 办结时限 计划完成时间 结束时间 结束日期 终止时间 完工时间 结束 截止 终止 时间安排 时间要求 进度要求 起止时间 完成日期 "
    "due dueon duedate deadline",
    PlanField.STEPS: "季度节点 节点 计划节点 时间节点 工作节点 进度安排 季度安排 季度计划 分季度计划 推进计划 里程碑 工作安排 推进安排 实施步骤 进度计划 计划安排 阶段安排 季度目标 分季度目标 阶段目标 "
    "milestones milestone milestonesbyquarter",
    PlanField.LEAD: "牵头单位 牵头处室 牵头部门 牵头 责任单位 责任处室 责任部门 主办单位 主办处室 主责单位 承办单位 leadunit lead leadoffice",
    PlanField.SUPPORT: "配合单位 配合处室 配合部门 配合 协办单位 协同单位 协办处室 参与单位 参加单位 supportingunits support",
    PlanField.LEADER: "责任领导 分管领导 牵头领导 主管领导 包抓领导 supervisingleader leader",
    PlanField.POST: "责任人 责任岗位 具体责任人 岗位 负责人 经办人 post responsible responsibleperson owner",
    PlanField.LIAISON: "联络员 联系人 liaison contact",
    PlanField.WEIGHT: "权重 任务权重 weight",
    PlanField.COUNTRIES: "国别 国别地区 国家地区 国家和地区 合作国别 合作国家 目标国别 目标国家 涉及国家 涉及国别 重点国别 对象国 "
    "countries countriesandregions",
    PlanField.TAGS: "合作领域与方向 合作领域 合作方向 领域与方向 tags fieldsofcooperation",
    PlanField.REMARK: "备注 说明 remark remarks notes",
    # Known, so that none of them is taken for what it holds.
    PlanField.IGNORED: "联系电话 电话 手机 办公电话 联系方式 职务 完成情况 进展情况 工作进展 完成率 存在问题 下一步打算 单位 phone progress",
}
# What a column of each meaning may be headed.
HEADERS: Mapping[PlanField, Sequence[str]] = {meaning: words.split() for meaning, words in _WORDS.items()}
# Too common a part of other headers to be looked for in them.
_WHOLE = dict.fromkeys(("国家", "地区", "country", "region"), PlanField.COUNTRIES)
_MEANINGS = {word: meaning for meaning, words in HEADERS.items() for word in words}
_PERIOD = re.compile(r"(?:20\d\d年)?(?:第?[一二三四1-4]季度[末底]?|[QqＱ][1-4]|[上下]半年|\d{1,2}月[末底]?)")
_PAST = re.compile(
    r"完成情况|进展|实际|落实情况|完成率|已完成|(?<!计划)(?<!目标)完成[数值]|上年|去年|往年|同期|基数|现状"
)
_IN_BRACKETS = re.compile(r"[(（]\s*(?:单位[:：])?([^()（）]{1,8})[)）]\s*$")
EXACT, _PART = 100, 50
_SHORTEST = 2


@lru_cache(maxsize=20_000)
def field_of(header: str) -> tuple[PlanField, int]:
    """What a header means, and how surely, up to `EXACT`; of several rows both the lowest and the whole count."""
    if tells_of_the_past(header):
        return PlanField.IGNORED, EXACT
    if period_of(header):
        return PlanField.STEPS, EXACT
    found = [
        _meant(lasting(part)) for part in dict.fromkeys((header.rpartition(PARTED)[2], *header.split(PARTED)))
    ]
    return max(found, key=lambda meant: meant[1])


def tells_of_the_past(header: str) -> bool:
    """Whether a column holds what was reached, not what is planned."""
    return _PAST.search(header) is not None


def period_of(header: str) -> str:
    """The quarter, half or month that the lowest row of a header names, "" if it is something else."""
    match = _PERIOD.match(header.rpartition(PARTED)[2].replace(" ", ""))
    return match[0] if match else ""


def _meant(said: str) -> tuple[PlanField, int]:
    if said in _MEANINGS or said in _WHOLE:
        return _MEANINGS.get(said) or _WHOLE[said], EXACT
    parts = [
        (_PART + 40 * len(word) // len(said) + said.endswith(word), meaning)
        for word, meaning in _MEANINGS.items()
        if word in said and len(word) >= _SHORTEST + 2 * word.isascii()
    ]
    score, meaning = max(parts, default=(0, PlanField.IGNORED))
    return meaning, score


def unit_of(header: str) -> str:
    """The unit that a header names in brackets at its end (万美元), "" if it names none."""
    match = _IN_BRACKETS.search(header)
    return match[1].strip() if match else ""


def words_of(header: str) -> str:
    """The lowest row of a header without what stands in brackets."""
    return _IN_BRACKETS.sub("", header.rpartition(PARTED)[2]).strip()


def says_field(text: str) -> bool:
    """Whether a text, taken for itself, is a header beyond doubt."""
    return bool(bare(text)) and field_of(text)[1] == EXACT
