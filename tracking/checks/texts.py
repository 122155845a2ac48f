"""Doubts about what is written: another figure than the field's, another's name, another's or last period's words."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tracking.messages import Message, amount_words
from tracking.validation.problems import Problem
from tracking.validation.updates import TaskFacts, UpdateDraft

# Words before a figure that say it is the sum so far.
_CUMULATIVE = "累计|总计|共计|合计|总共|共"
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
# Where another place is only gone to or worked with.
_ELSEWHERE = "赴在到与和同跟向从往去至由及、"
# Shorter texts are everybody's.
SHORTEST_COPY = 12


def other_figure(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """A sum in the text that no field of its unit says."""
    if draft.no_change:
        return
    by_unit: dict[str, set[Decimal]] = {}
    for indicator, scale in facts.scales.items():
        if scale.unit and indicator in draft.actuals:
            by_unit.setdefault(scale.unit, set()).add(draft.actuals[indicator])
    for unit, values in by_unit.items():
        for written, least, most in _sums(draft.progress, unit):
            if not any(least <= value <= most for value in values):
                typed = "、".join(amount_words(value) for value in sorted(values))
                said = {"written": written, "value": typed, "unit": unit}
                yield Problem("progress", Message("confirm.text_differs", **said))
                break


def _sums(text: str, unit: str) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Cumulative figures of a unit as they are written, and between what values each lies."""
    pattern = rf"(?:{_CUMULATIVE})[^\d，。；,;\n]{{0,16}}?(\d+(?:[,，]\d{{3}})*(?:\.\d+)?)\s*([万亿]?)[余多]?\s*{re.escape(unit)}(?!次)"
    for match in re.finditer(pattern, text):
        figure, times = match[1].replace(",", "").replace("，", ""), _TIMES[match[2]]
        value, decimals = Decimal(figure) * times, len(figure.partition(".")[2])
        # 1.2万 is rounded, and may be a little more or less; 1,200 is not.
        slack = Decimal(times) / 10**decimals if times > 1 else Decimal()
        yield f"{match[1]}{match[2]}{unit}", value - slack, value + slack


def other_authority(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """The name of another unit, where it is not merely gone to or worked with."""
    if draft.no_change:
        return
    for name in facts.other_names:
        named = name in draft.progress and draft.progress != facts.last_texts.get("progress")
        if named and re.search(rf"(?:^|[^{_ELSEWHERE}]){re.escape(name)}", draft.progress):
            yield Problem("progress", Message("confirm.other_authority", name=name))


def same_as_last(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """What was written last time, word for word."""
    for name, before in facts.last_texts.items():
        if before and getattr(draft, name) == before and not draft.no_change:
            yield Problem(name, Message("validation.same_as_last"))


def same_as_other(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """What another unit has written, word for word."""
    if len(draft.progress) >= SHORTEST_COPY and draft.progress in facts.said_elsewhere:
        yield Problem("progress", Message("validation.same_as_other"))
