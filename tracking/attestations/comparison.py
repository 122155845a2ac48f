"""What an attestation states, and whether paper and data agree.

A page is signed and stamped on paper. What it speaks of is kept as sections of lines, one section a task, and its
short code is an HMAC over all of it: nobody without the key can give other figures a code, and a kept page that
was changed no longer carries its own. The key comes from the caller.
"""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from tracking.messages import Message, Refusal

# Crockford's base 32: no I, L, O and U, which are taken for others.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, GROUP = 10, 5
_BITS = 5
_READ_AS = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
# x⁵ + x² + 1, by which the check sign is reckoned.
_POLYNOMIAL = 0b100101


class Field(StrEnum):
    """What a line says, in the order of a page; worded `attestation_field.<value>`."""

    GOALS = "goals"
    TASK = "task"
    MEASURE = "measure"
    ACTION = "action"
    TITLE = "title"
    GOAL = "goal"
    STARTS_ON = "starts_on"
    DUE_ON = "due_on"
    EXTENDED_TO = "extended_to"
    WEIGHT = "weight"
    POST = "post"
    LEAD_UNIT = "lead_unit"
    SUPPORTING_UNITS = "supporting_units"
    SUPERVISING_LEADER = "supervising_leader"
    LIAISON = "liaison"
    REMARK = "remark"
    TARGET = "target"
    MILESTONE = "milestone"
    MILESTONE_DUE_ON = "milestone_due_on"
    MILESTONE_SHARE = "milestone_share"
    COMPLETION = "completion"
    ACTUAL = "actual"
    REACHED = "reached"
    PROGRESS = "progress"
    DIFFICULTIES = "difficulties"
    NEXT_STEPS = "next_steps"
    EXPLANATION = "explanation"
    NO_CHANGE = "no_change"
    COMPLETION_REQUESTED = "completion_requested"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class AttestedLine:
    """One value: days in ISO form, shares and weights in tenths, amounts with two decimals, all as text.

    `key` tells lines of one field apart; `label` is how what `key` or `value` refers to was called, and is said only.
    """

    field: Field
    value: str
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A task, or with None for `task_id` the plan itself.

    Its `status`, and the update that reported it, are told and not compared.
    """

    task_id: int | None
    number: int
    title: str
    status: str
    lines: tuple[AttestedLine, ...]
    update_id: int | None = None

    def value_of(self, field: Field) -> str:
        """The value of a field that stands once, empty where it does not."""
        return next((line.value for line in self.lines if line.field is field), "")

    def of(self, field: Field) -> list[AttestedLine]:
        """The lines of a field."""
        return [line for line in self.lines if line.field is field]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where paper and data part; None is what one of them does not say. `task` is None for the plan itself."""

    task: int | None
    title: str
    field: Field
    paper: AttestedLine | None
    now: AttestedLine | None


def differences(paper: Iterable[Section], now: Iterable[Section]) -> list[Difference]:
    """Every line that is not the same on both sides, in the order of the paper; a whole task counts as one."""
    printed, present = _by_task(paper), _by_task(now)
    return [
        difference
        for task_id in dict.fromkeys([*printed, *present])
        for difference in _of_task(printed.get(task_id), present.get(task_id))
    ]


def _by_task(sections: Iterable[Section]) -> dict[int | None, Section]:
    return {section.task_id: section for section in sections}


def _of_task(paper: Section | None, now: Section | None) -> Iterator[Difference]:
    section: Any = paper or now
    number = None if section.task_id is None else section.number
    if paper is None or now is None:
        before, after = _whole(paper), _whole(now)
        yield Difference(number, section.title, Field.TASK, before, after)
        return
    printed, present = _by_line(paper), _by_line(now)
    for field, key in dict.fromkeys([*printed, *present]):
        before, after = printed.get((field, key)), present.get((field, key))
        if before is None or after is None or before.value != after.value:
            yield Difference(number, section.title, field, before, after)


def _whole(section: Section | None) -> AttestedLine | None:
    return None if section is None else AttestedLine(Field.TASK, section.title)


def _by_line(section: Section) -> dict[tuple[Field, str], AttestedLine]:
    return {(line.field, line.key): line for line in section.lines}


def plain_sections(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """The sections as JSON keeps them."""
    return [
        asdict(section) | {"lines": [asdict(line) | {"field": str(line.field)} for line in section.lines]}
        for section in sections
    ]


def sections_of(kept: Iterable[Mapping[str, Any]]) -> list[Section]:
    """The sections that JSON kept."""
    return [Section(**{**one, "lines": tuple(map(_line_of, one["lines"]))}) for one in kept]


def _line_of(kept: Mapping[str, Any]) -> AttestedLine:
    return AttestedLine(**{**kept, "field": Field(kept["field"])})


def code_of(said: Mapping[str, Any], key: bytes) -> str:
    """The code of all that a page says, without its dash: nine signs of an HMAC-SHA256 and a check sign."""
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    seal = int.from_bytes(hmac.new(key, canonical.encode(), hashlib.sha256).digest())
    signs = [seal >> (_BITS * place) & 31 for place in range(CODE_LENGTH - 1)]
    return "".join(ALPHABET[sign] for sign in [*signs, _check_sign(signs)])


def key_from(secret: bytes) -> bytes:
    """The key of the codes, from a secret that seals other things too."""
    return hmac.new(secret, b"attestation", hashlib.sha256).digest()


def same_code(one: str, other: str) -> bool:
    """Constant-time comparison of two codes."""
    return hmac.compare_digest(one, other)


def shown_code(code: str) -> str:
    """The code as people read it: ABCDE-12345."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The code that somebody typed, or scanned as the address that the page shows.

    Small and full-width letters, spaces and dashes are understood, O as 0, I and L as 1. Raises `Refusal` for what
    has another form, and for one whose check sign says that it was mistyped.
    """
    uniform = unicodedata.normalize("NFKC", typed).upper().rpartition("CODE=")[2]
    code = _BETWEEN.sub("", uniform).translate(_READ_AS)
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        raise Refusal(Message("attestation.not_a_code", length=CODE_LENGTH), fields=("code",))
    *signs, check = map(ALPHABET.index, code)
    if _check_sign(signs) != check:
        raise Refusal(Message("attestation.mistyped"), fields=("code",))
    return code


def _check_sign(signs: Sequence[int]) -> int:
    """A check character over GF(32): it detects any single wrong character and any two swapped ones."""
    check = 0
    for sign in signs:
        check = (check ^ sign) << 1
        check ^= _POLYNOMIAL if check > 31 else 0
    return check
