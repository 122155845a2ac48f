"""What ledger columns can mean, and the header words that tell."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

# Separates the rows of a header.
PARTED = " / "
# Longer texts are identified by their beginning.
LONGEST = 200


class Meaning(StrEnum):
    """What a ledger column says about its task; `ignored` is everything that is not reported."""

    IGNORED = "ignored"
    NUMBER = "number"
    TITLE = "title"
    MEASURE = "measure"
    AUTHORITY = "authority"
    DUE_ON = "due_on"
    PROGRESS = "progress"
    INDICATOR = "indicator"
    UNIT = "unit"
    TARGET = "target"
    PLAN = "plan"
    ACTUAL = "actual"
    INCREMENT = "increment"
    PERCENT = "percent"
    MILESTONE = "milestone"
    DIFFICULTIES = "difficulties"
    NEXT_STEPS = "next_steps"
    DIFFICULTIES_AND_STEPS = "difficulties_and_steps"
    EXPLANATION = "explanation"
    COMPLETION = "completion"


NAMING = frozenset({Meaning.NUMBER, Meaning.TITLE})
# What is understood and compared, but never reported.
BESIDE = frozenset(
    {
        Meaning.MEASURE,
        Meaning.AUTHORITY,
        Meaning.DUE_ON,
        Meaning.INDICATOR,
        Meaning.UNIT,
        Meaning.TARGET,
        Meaning.PLAN,
    }
)
REPORTED = frozenset(Meaning) - NAMING - BESIDE - {Meaning.IGNORED}
# A ledger may have several of these columns, one per indicator or step.
SEVERAL = frozenset({Meaning.ACTUAL, Meaning.INCREMENT, Meaning.MILESTONE, Meaning.TARGET, Meaning.PLAN})

_WORDS: Mapping[Meaning, str] = {
    Meaning.NUMBER: "序号 编号 任务编号 任务序号 no number seq serialno projectid taskid id",
    Meaning.TITLE: "工作任务 任务名称 任务 重点任务 主要任务 具体任务 任务内容 重点工作任务 事项 工作事项 重点事项 事项名称 工作内容 "
    "项目名称 督办事项 督查事项 重点工作事项 projectname task tasks tasktitle taskname activity workitem",
    Meaning.MEASURE: "举措 措施 重点举措 工作举措 主要举措 主要措施 政策措施 所属举措 measure",
    Meaning.DUE_ON: "完成时限 完成时间 完成期限 时限 截止时间 截止日期 办结时限 计划完成时间 完成日期 due dueon duedate deadline completiondate enddate finishdate",
    Meaning.PROGRESS: "本期进展 进展情况 目前进展 工作进展 进展 最新进展 推进情况 完成情况 落实情况 工作进展情况 进展及成效 主要进展 办理情况 办理进展 落实进展 "
    "本月工作内容 本季度工作内容 本期工作内容 本月工作 本月完成情况 本季度完成情况 本期完成情况 本季度工作完成情况 "
    "progress progressthisperiod progressmade currentstatus status achievements commentary progresscommentary commentaryonstatusandragratings",
    Meaning.ACTUAL: "累计完成 完成值 累计完成值 累计完成量 累计完成数 实际完成 实际完成值 完成数 完成数量 累计数 实际值 指标累计 "
    "本期末累计 实际累计 累计实际完成 累计实现 累计实际 actual actualvalue cumulative cumulativeactual achieved",
    Meaning.PERCENT: "完成率 完成比例 进度 完成进度 工作进度 累计完成率 完成百分比 累计完成比例 percent completion completionrate percentcomplete complete",
    Meaning.MILESTONE: "节点已完成 节点完成 节点是否完成 里程碑已完成 milestonereached milestonedone",
    Meaning.DIFFICULTIES: "存在问题 困难 问题 存在困难 困难和问题 困难问题 困难与问题 困难与建议 问题与困难 问题和建议 问题与建议 存在的问题 问题及困难 主要问题 问题和困难 "
    "difficulties problems issues obstacles challenges",
    Meaning.NEXT_STEPS: "下步措施 下一步打算 下步打算 下一步工作 下步安排 下步计划 下一步计划 下一步 下一步工作打算 下一步措施 "
    "工作打算 下一步工作安排 下一步安排 下阶段打算 下阶段工作打算 下阶段安排 下阶段工作 下阶段计划 下一阶段打算 下一阶段工作 整改措施 下月工作计划 下月计划 下季度工作计划 下季度计划 下期工作计划 下期计划 下月打算 下季度打算 nextsteps nextstep plannedsteps",
    Meaning.EXPLANATION: "情况说明 说明 原因说明 未完成原因 滞后原因 原因分析 explanation reason",
    Meaning.COMPLETION: "是否完成 是否办结 申请销号 是否销号 办结 销号 askforcompletion completed done finished closed",
    Meaning.INDICATOR: "指标 指标名称 考核指标 统计指标 indicator indicatorname",
    Meaning.UNIT: "计量单位 指标单位 数量单位 unitofmeasure uom",
    Meaning.TARGET: "年度目标 目标 目标值 目标任务 目标数 全年目标 年度目标值 任务数 年度任务数 target annualtarget targetvalue goal goaloftheyear",
    # Listed so that "序时进度" is not taken for "进度".
    Meaning.PLAN: "序时进度 序时 时间进度 已过时间 计划数 计划值 计划进度 计划完成数 expectedprogress expected planned timeelapsed",
    Meaning.INCREMENT: "本期新增 本季新增 本季度新增 本月新增 本期完成值 本期完成数 本期完成量 本季度完成数 本季度完成值 当期值 "
    "当期完成 当季完成 新增完成数 新增完成值 新增数 addedthisperiod increment achievedthisperiod",
    Meaning.IGNORED: "地区 地市 市州 设区市 填报单位 报送单位 偏差 亮灯 责任单位 牵头单位 配合单位 单位 分管领导 责任人 职务 联系电话 "
    "联络员 开始时间 启动时间 季度节点 计划节点 佐证 佐证材料 审核状态 报送时间 备注 重点工作 重点领域 能否填报 企业名称 单位名称 "
    "authority supportingunits liaison start milestonesbyquarter review leadunit unit owner responsible person post phone startson "
    "startdate deviation light deliverystatus projectdeliverystatus rag ragrating "
    "evidence reviewstatus submittedon remark remarks notes keyarea steps milestonesoftheplan maybereported",
}
_MEANINGS = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}
# What changes from one period to the next, including indicator and step numbers.
_PASSING = re.compile(
    r"\d+年度?|第?[一二三四1-4]季度|\d{1,2}月份?|[上下]半年|q[1-4]|截[至止](?!时间|日期|期限)\d*日?|(?<=指标)\d+|(?<=节点)\d+|(?<=indicator)\d+"
    r"|(?<=milestone)\d+|\d{4}"
)
_NOW = frozenset(
    {
        "本期",
        "本季",
        "本季度",
        "本月",
        "当期",
        "当季",
        "当季度",
        "当月",
        "thisperiod",
        "thisquarter",
        "thismonth",
    }
)
EXACT, _PART, _SHARE, _AT_END = 100, 50, 40, 5
_SHORTEST_PART = 2
_NUMBERING = re.compile(r"^\s*\(?[0-9一二三四五六七八九十]{1,4}(?:\)|[.．、:](?![0-9]))\s*")
# Units and years stand in brackets too, but never in long ones.
_INSTRUCTIONS, _BRIEF = re.compile(r"[（(【\[][^（）()【】\[\]]{9,}[）)】\]]"), 40
_FIRST_WORDS = re.compile(r"[（(【\[。；;：:]")
_NUMBERED = re.compile(r"(?:指标|节点|里程碑|indicator|milestone)\d")

_SUM = re.compile(r".{0,4}(合计|小计|总计|共计).{0,6}|(subtotal|total|grandtotal|sum).{0,6}")
_NOTE = re.compile(
    r"\s*(注|备\s*注|说\s*明|填\s*报\s*人|填\s*表\s*人|制\s*表\s*人?|审\s*[核批]\s*人?|签\s*发\s*人?|经\s*办\s*人?|复\s*核\s*人?|联\s*系\s*人"
    r"|负\s*责\s*人|单位负责人|(?:主要|分管)(?:领导|负责人)|(?:填报|填表|制表|报送|审核)(?:单位|部门|日期|时间)|(?:联系)?电\s*话|日\s*期"
    r"|note|notes|prepared by|approved by|signed by|date)"
    r"\s*[0-9]*\s*[：:].*",
    re.IGNORECASE | re.DOTALL,
)


def bare(text: str) -> str:
    """A text normalised for comparison: letters and digits only, in one width and case."""
    return _bare(text[:LONGEST])


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    uniform = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in uniform if sign.isalnum())


@lru_cache(maxsize=20_000)
def brief(header: str) -> str:
    """A header without its instructions for filling in: long brackets, and what follows its first words."""
    short = _INSTRUCTIONS.sub("", header).strip() or header
    return short if len(short) <= _BRIEF else _FIRST_WORDS.split(short, maxsplit=1)[0] or short


def bare_title(text: str) -> str:
    """A task title normalised for comparison, without a leading number."""
    return bare(_NUMBERING.sub("", unicodedata.normalize("NFKC", text[:LONGEST]), count=1))


@lru_cache(maxsize=20_000)
def lasting(header: str) -> str:
    """A header normalised for comparison between periods."""
    return _PASSING.sub("", bare(header)) or bare(header)


def names_only_time(header: str) -> bool:
    """Whether a header names a quarter, a month or the period, and nothing else."""
    said = bare(header)
    return said in _NOW or not _PASSING.sub("", said)


@lru_cache(maxsize=20_000)
def meaning_of(header: str) -> tuple[Meaning, int] | None:
    """What a header means, and how surely, up to `EXACT`; None if it holds no known word.

    For a header of several rows, both the lowest row and the whole are considered.
    """
    found = [meant for part in {header, header.rpartition(PARTED)[2]} if (meant := _meant(lasting(part)))]
    return max(found, key=lambda meant: meant[1]) if found else None


def _meant(said: str) -> tuple[Meaning, int] | None:
    if said in _MEANINGS:
        return _MEANINGS[said], EXACT
    parts = [
        (_PART + _SHARE * len(word) // len(said) + _AT_END * said.endswith(word), meaning)
        for word, meaning in _MEANINGS.items()
        if word in said and len(word) >= _SHORTEST_PART + 2 * word.isascii()
    ]
    if not parts:
        return None
    score, meaning = max(parts)
    return meaning, score


def is_numbered(header: str) -> bool:
    """Whether a header belongs to one of several numbered indicators or steps."""
    return _NUMBERED.search(bare(header)) is not None


def is_sum(text: str) -> bool:
    """Whether a cell names its row as a total."""
    return _SUM.fullmatch(bare(text)) is not None


def is_note(text: str) -> bool:
    """Whether a row that begins so is a note or a line to sign, and no task."""
    return _NOTE.fullmatch(text) is not None
