"""What kind of figure a header announces: done so far, done in the period alone, planned, or none of ours."""

import re
from typing import NamedTuple

from tracking.documents.legacy_spans import is_bound, months_of
from tracking.documents.legacy_units import unit_in
from tracking.documents.legacy_words import EXACT, Meaning, bare, is_numbered, meaning_of

FIGURES = frozenset({Meaning.ACTUAL, Meaning.INCREMENT, Meaning.PERCENT})
# 计划完成率 is of what was done, 计划完成数 of what was planned: the plan in such a word says nothing.
_OF_A_PLAN = re.compile(
    r"(?:年度|全年)?(?:计划|目标|任务)[值数量]?(?=(?:完成|执行|落实|推进|进展|实现|达成)(?:情况|率|比例|百分比|程度))"
    r"|(?:(?<=完成|实现|达到)|(?<=占))(?:年度|全年)?(?:计划|目标|任务)"
    r"|of (?:plan|target)|(?:plan|target)(?= (?:achieved|met))",
    re.IGNORECASE,
)
_TARGET = re.compile(r"目标|任务数|target|goal")
_PLANNED = re.compile(
    r"计划|目标|应完成|应达|拟|预计|预期|预算|任务数|序时|时序|时间进度|时间占比|已过时间|时间过半"
    r"|plan|target|goal|expected|forecast|budget|elapsed|scheduled"
)
_NOT_DONE = re.compile(
    r"同比|环比|增长|增速|增幅|占比|排名|名次|位次|未完成|尚未|剩余|尚差|缺口|差距|差额|权重|分值|得分|基数|基期|较"
    r"|baseline|remaining|growth|rank|score|weight|variance"
)
_IN_PERIOD = re.compile(
    r"新增|增加|增量|净增|本期|本季|本月|本周|当期|当季|当月|当周|thisperiod|thisquarter|thismonth|increment|inperiod|^new"
)
_OF_A_PART = re.compile(r"季度|单季|每季|季均|月度|单月|每月|月均|平均|quarterly|monthly|average")
_SO_FAR = re.compile(r"累计|截至|截止|至今|期末|季末|月末|年末|todate|cumulative|accumulated|total")
_PROBLEMS, _STEPS = (
    re.compile(r"问题|困难|不足|issues|problems"),
    re.compile(r"下一?步|下一?阶段|打算|整改措施|nextsteps"),
)
_DONE = re.compile(r"进展|完成情况|落实情况|progress")
_DOUBTFUL = 60
_DAYS = re.compile(r"(?:日期|时间|时限|期限|date|deadline)$")


class Heard(NamedTuple):
    """What a header means, how surely (up to 100); if it is asked rather than taken, why, and what it could mean."""

    meaning: Meaning
    sure: int
    asked: str = ""
    could: Meaning = Meaning.IGNORED


def heard(header: str) -> Heard:
    """What a header says of its column."""
    header = _OF_A_PLAN.sub("", header) or header
    meaning, sure = meaning_of(header) or (Meaning.IGNORED, 0)
    said = bare(header)
    if two := _two_texts(said):
        return two
    if meaning is Meaning.ACTUAL and unit_in(header) == "%":
        meaning = Meaning.PERCENT
    if meaning is Meaning.INDICATOR and is_numbered(header):
        return Heard(Meaning.IGNORED, sure)
    if meaning in FIGURES:
        return _figure(header, said, meaning, sure)
    other = _PLANNED.search(said) or _NOT_DONE.search(said)
    planned = meaning is Meaning.PROGRESS and sure < EXACT and other is not None
    if planned or (meaning is Meaning.COMPLETION and _DAYS.search(said)):
        return Heard(Meaning.IGNORED, sure, "kind", meaning)
    return Heard(meaning, sure)


def _two_texts(said: str) -> Heard | None:
    """A column of two texts: problems and steps can be told apart; with progress before them they stay whole."""
    problems, steps = _PROBLEMS.search(said), _STEPS.search(said)
    done = _DONE.search(said)
    if done and (problems or steps):
        return Heard(Meaning.PROGRESS, _DOUBTFUL)
    return Heard(Meaning.DIFFICULTIES_AND_STEPS, EXACT) if problems and steps else None


def _figure(header: str, said: str, meaning: Meaning, sure: int) -> Heard:
    if _DAYS.search(said):
        return Heard(Meaning.DUE_ON, sure)
    kind, asked = kind_of_figure(header, said, meaning)
    return Heard(kind, sure, asked, meaning if asked else Meaning.IGNORED)


def kind_of_figure(header: str, said: str, meaning: Meaning) -> tuple[Meaning, str]:
    """The kind of a column of figures, and why it is asked; `said` is the header, bare, without an indicator's name."""
    if _PLANNED.search(said):
        return (Meaning.TARGET if _TARGET.search(said) else Meaning.PLAN), ""
    if _NOT_DONE.search(said):
        return Meaning.IGNORED, "kind"
    if says_so_far(header):
        return meaning, ""
    if _IN_PERIOD.search(said):
        return (Meaning.INCREMENT, "") if meaning is not Meaning.PERCENT else (Meaning.IGNORED, "kind")
    # A figure of a quarter or a month: of it alone, or of the year until then?
    part = is_bound(header) or _OF_A_PART.search(said)
    return (Meaning.IGNORED, "kind") if part and meaning is not Meaning.INCREMENT else (meaning, "")


def says_so_far(header: str) -> bool:
    """Whether a header says by itself that its figures are sums until now."""
    return _SO_FAR.search(bare(header)) is not None or _since_january(header)


def _since_january(header: str) -> bool:
    """Whether its months are the year's first several; a first quarter or January is both."""
    months = months_of(header)
    return months is not None and months.first == 1 and months.last > 1 and is_bound(header)
