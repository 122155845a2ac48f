"""Milestones as plans write them in one cell (一季度：…；二季度：…), or one a column under the header of a quarter."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracking.figures.completion import FULL
from tracking.plans.days import period_named, span_named
from tracking.validation import MilestoneDraft

_PARTS = re.compile(r"[;；\n]+")
_WHEN = r"(?:20\d\d年)?(?:第?[一二三四1-4]季度[末底]?|[Qq][1-4]|[上下]半年|(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:[上中下]旬|[末底]|\d{1,2}日)?|年[末底]|全年)前?"
_TO = r"\s*[至到\-—–~～]\s*"
_NUMBERED = r"(?:\d{1,2}[.．、)）]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）])\s*"
_LED = re.compile(
    rf"(?:{_NUMBERED})?(?P<when>(?:(?:\d{{1,2}}|{_WHEN}){_TO})?{_WHEN})\s*(?:[:：,，、]\s*)?(?P<what>.+)",
    re.DOTALL,
)
# What still names a time before a colon is another step that could not be told apart.
_ANOTHER = re.compile(rf"{_WHEN}\s*[:：]")
# How our own form writes a step: 2. 完成招展（2026-03-31，40%）
_OURS = re.compile(
    r"(?P<number>\d{1,3})\.\s*(?P<what>.+)[(（](?P<day>\d{4}-\d\d-\d\d)[,，]\s*(?P<share>\d{1,3}(?:\.\d)?)%[)）]"
)
# Another step begins within a sentence, but not where a span or a share of the year goes on.
_ALSO = re.compile(rf"(?<=[。,，、])\s*(?=(?:{_NUMBERED})?{_WHEN}\s*(?:[:：]|(?![份度至到的以\-—–~～])\S))")


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as written; `number` and `share_permille` are None where it does not say them.

    `begins_on` is the first day of what it names: of a quarter or a month, but not of its end.
    """

    title: str
    due_on: date
    begins_on: date
    number: int | None = None
    share_permille: int | None = None


def read_steps(text: str, year: int) -> list[Step] | None:
    """The milestones of a cell, by day where they are not numbered; None if any part does not say what is due when."""
    found = [_step(part, year) for part in _parts(text)]
    if not all(found):
        return None
    steps = [step for step in found if step]
    return steps if any(step.number for step in steps) else sorted(steps, key=lambda step: step.due_on)


def drafts_of(steps: Iterable[Step]) -> tuple[MilestoneDraft, ...]:
    """The milestones, numbered where they are not; where shares are not all said, each has the same."""
    listed = list(steps)
    shares = [step.share_permille for step in listed]
    numbers = [step.number for step in listed]
    even = [FULL * (at + 1) // len(listed) - FULL * at // len(listed) for at in range(len(listed))]
    return tuple(
        MilestoneDraft(
            number=at + 1 if None in numbers else step.number or 0,
            title=step.title,
            due_on=step.due_on,
            share_permille=even[at] if None in shares else step.share_permille or 0,
        )
        for at, step in enumerate(listed)
    )


def within(steps: Iterable[Step], due_on: date | None) -> list[Step]:
    """The milestones, those of the quarter or month in which their task is due by that day."""
    return [
        replace(step, due_on=due_on) if due_on and step.begins_on <= due_on < step.due_on else step
        for step in steps
    ]


def shares_are_said(steps: Iterable[Step]) -> bool:
    """Whether every milestone says its share."""
    return all(step.share_permille is not None for step in steps)


def steps_in_words(steps: Iterable[MilestoneDraft]) -> str:
    """The milestones as our form writes them, to be read again as they are."""
    return "\n".join(
        f"{step.number}. {step.title}（{step.due_on}，{step.share_permille / 10:g}%）" for step in steps
    )


def _parts(text: str) -> Iterator[str]:
    for part in _PARTS.split(text):
        yield from (said.strip() for said in _ALSO.split(part) if said.strip())


def _step(part: str, year: int) -> Step | None:
    if match := _OURS.fullmatch(part):
        share = round(float(match["share"]) * 10)
        due_on = date.fromisoformat(match["day"])
        return Step(match["what"].strip(), due_on, due_on, int(match["number"]), share)
    match = _LED.fullmatch(part)
    if match is None or _ANOTHER.search(match["what"]):
        return None
    named = period_named(match["when"], year) or span_named(match["when"], year)
    return Step(match["what"].strip(" 。，,、"), named[1], named[0]) if named else None
