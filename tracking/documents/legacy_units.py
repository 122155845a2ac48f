"""Units as headers, cells and lines above a table name them, and how one is told in another."""

import re
import unicodedata
from collections.abc import Collection
from decimal import Decimal

_TIMES = {"万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4}
_TIMES |= {"千": 3, "百": 2, "thousand": 3, "million": 6, "billion": 9}
# Other words for the same unit.
_SAME = {
    "元": "人民币 元人民币 人民币元 rmb cny yuan",
    "美元": "美金 usd dollars us$ $",
    "场": "场次",
    "期": "期次",
    "批": "批次",
    "家": "户 家企业 户企业 企业 companies firms",
    "人": "名 位",
    "家次": "户次 企业次",
    "个": "个数",
    "项": "项次",
}
_BASES = {word: unit for unit, words in _SAME.items() for word in (unit, *words.split())}
_OTHERS = "欧元 日元 港元 英镑 人次 次 件 条 份 套 台 笔 篇 本 单 票 吨 千克 亩 平方米 公里 国 天 小时 箱 标箱 种 类 处 座 所 %"
_BASES |= {unit: unit for unit in _OTHERS.split()}
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]{1,12})[)\]】]")
_TOLD = re.compile(r"(?<![一-鿿])单位\s*:\s*([^\s:;()]{1,12})")
_AT_END = re.compile(r"(?:万亿|亿|千万|百万|万)(?:元|美元|欧元|人民币)$")
_SEVERAL = re.compile(r"[/、,，;]")
# Enough for what any office counts.
_LONGEST = 12


def unit_in(header: str) -> str:
    """The unit that a header names in brackets, after 单位： or at its end; "" if it names none."""
    said = unicodedata.normalize("NFKC", header)
    found = [*_BRACKETS.findall(said), *_TOLD.findall(said)]
    if end := _AT_END.search(said.strip()):
        found.append(end[0])
    return next((unit.strip() for unit in reversed(found) if _are_units(unit)), "")


def unit_above(line: str) -> str:
    """The unit that a line above a table gives for all of it (单位：万元); "" if it gives none."""
    told = _TOLD.search(unicodedata.normalize("NFKC", line))
    return told[1] if told and _are_units(told[1]) else ""


def factor(said: str, unit: str) -> Decimal | None:
    """By what a figure in one unit is multiplied to be told in another; None if they measure different things.

    `said` may name several units; the one that fits counts.
    """
    theirs = _parsed(unit)
    for ours in map(_parsed, [said, *_SEVERAL.split(said)]):
        if ours[1] == theirs[1]:
            return Decimal(10) ** (ours[0] - theirs[0])
    return None


def larger_units(units: Collection[str]) -> list[str]:
    """These units and their usual multiples, each once."""
    bases = dict.fromkeys(_parsed(unit)[1] for unit in units)
    told = (f"{times}{base}" for base in bases for times in ("", "万", "亿"))
    return [*dict.fromkeys([*units, *told])]


def _are_units(text: str) -> bool:
    return all(_is_unit(part) for part in _SEVERAL.split(text))


def _is_unit(text: str) -> bool:
    times, base = _parsed(text)
    return base in _BASES.values() or (times > 0 and 0 < len(base) < 4)


def _parsed(text: str) -> tuple[int, str]:
    """A unit as a power of ten and what is counted."""
    said = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().replace(" ", "")
    if said in _BASES:
        return 0, _BASES[said]
    for word, times in _TIMES.items():
        rest = said.removeprefix(word) if said.startswith(word) else said.removesuffix(word)
        if rest != said:
            return times, _BASES.get(rest, rest)
    return 0, said
