"""Which authorities the lead and supporting units of a task name; any other body stays a word.

A unit is known by a name that only one authority has. What could be meant and is not certain is said.
"""

import re
from collections.abc import Iterable, Mapping

from tracking.messages import Message

_BETWEEN = re.compile(r"[、,，;；/|\n]+")
# Words that only an office such as those in the product has in its name.
_OURS = re.compile(r"中小企业主管部门|中小企业局|贸促会|经信|工信|工业和信息化")
MARK = "、"
# Name → the authorities of that name.
Named = Mapping[str, frozenset[int]]


def units_in(words: str) -> list[str]:
    """The units that a text names, each once, as written."""
    return list(dict.fromkeys(part.strip() for part in _BETWEEN.split(words) if part.strip()))


def joined(units: Iterable[str]) -> str:
    """Units as one text."""
    return MARK.join(units)


def authorities_in(words: str, named: Named) -> list[int]:
    """The authorities that a text names, in its order."""
    found = (named.get(unit, frozenset()) for unit in units_in(words))
    return [key for keys in found if len(keys) == 1 for key in keys]


def doubt_in(words: str, named: Named) -> Message | None:
    """What is not certain about the units of a text: a name of several authorities, or one like that of an authority."""
    units = units_in(words)
    shared = [unit for unit in units if len(named.get(unit, ())) > 1]
    if shared:
        return Message("support.several_of_a_name", units=joined(shared))
    alike = [unit for unit in units if unit not in named and _OURS.search(unit)]
    return Message("support.stays_words", units=joined(alike)) if alike else None
