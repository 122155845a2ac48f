"""The kinds of values in a column, and how single values are read."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from tracking.cleaning import UNSEEN
from tracking.documents.ledger_reading import LedgerCell

YES = frozenset(
    {"是", "yes", "y", "true", "√", "✓", "对", "已完成", "完成", "已办结", "办结", "done", "finished"}
)
_NO = "否 no n false × ✗ 未完成 进行中 推进中 正在推进 未启动 持续推进 长期 ongoing open"
# Words of the trade: none of them asks for anything to be closed, and each may be all that is said of the progress.
_UNDER_WAY = (
    "基本完成 部分完成 部分办结 阶段性完成 按序时推进 按序时进度推进 序时推进 正常推进 有序推进 按计划推进 推进 滞后 未开始 尚未启动 "
    "已启动 未办结 在办 办理中 正在办理 尚未完成 达到序时进度 持续进行 长期坚持 常态化推进 delayed"
)
_ANSWERS = YES | frozenset(_NO.split()) | {"in progress", "not started"}
NO = (_ANSWERS - YES) | frozenset(_UNDER_WAY.split()) | {"on track"}
_PERCENT = re.compile(r"[0-9０-９.．]+\s*[%％]")
_NUMBER = re.compile(r"[0-9０-９,，.．]+")
_COUNT = re.compile(r"\D*?(\d{1,6})\D*")
_LONG, _COUNTLESS = 8, 10_000
# If most values are of one kind, so is the column.
_MOST = 0.7


class Kind(StrEnum):
    """What a value looks like; a count is a small whole number, prose a long text without figures."""

    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    YES_NO = "yes_no"
    TEXT = "text"
    LONG = "long"
    PROSE = "prose"


# Recognised only if nearly all values agree.
_AT_LEAST = {Kind.COUNT: Kind.NUMBER, Kind.PROSE: Kind.LONG}


def mostly(cells: Iterable[LedgerCell]) -> Kind | None:
    """The kind of most filled cells, or None."""
    kinds = Counter(kind_of(cell) for cell in cells if cell.filled)
    total = kinds.total()
    for kind, wider in _AT_LEAST.items():
        if kinds[kind] < total * _MOST:
            kinds[wider] += kinds.pop(kind, 0)
    return next((kind for kind, count in kinds.items() if count >= max(total * _MOST, 1)), None)


def kind_of(cell: LedgerCell) -> Kind:
    """The kind of one filled cell."""
    value = cell.value
    if isinstance(value, date):
        return Kind.DAY
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        whole = value == int(value) and 0 < value < _COUNTLESS
        return Kind.PERCENT if cell.percent else Kind.COUNT if whole else Kind.NUMBER
    return Kind.YES_NO if isinstance(value, bool) else _kind_of_text(plain(cell))


def _kind_of_text(text: str) -> Kind:
    if text.casefold() in _ANSWERS:
        return Kind.YES_NO
    if _PERCENT.fullmatch(text):
        return Kind.PERCENT
    if _NUMBER.fullmatch(text):
        return Kind.COUNT if text.isdecimal() and int(text) < _COUNTLESS else Kind.NUMBER
    if len(text) < _LONG:
        return Kind.TEXT
    return Kind.LONG if any(sign.isdecimal() for sign in text) else Kind.PROSE


def plain(cell: LedgerCell) -> str:
    """A text without invisible characters or surrounding spaces; "" for anything but a text."""
    return cell.value.translate(UNSEEN).strip() if isinstance(cell.value, str) else ""


def number_of(cell: LedgerCell) -> int | None:
    """A task number in any of its spellings: 3, 3.0, "3.", "（３）", "第3项"; None for anything else."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(value) if value == int(value) else None
    match = _COUNT.fullmatch(unicodedata.normalize("NFKC", plain(cell)))
    return int(match[1]) if match else None
