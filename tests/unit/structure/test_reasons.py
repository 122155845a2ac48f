"""Every exception to a rule carries its reason, and the rules know no clock."""

import re

from tests.support.finding import some
from tests.unit.structure import source

EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no)\b(?P<rest>.*)")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}


def unreasoned(text: str) -> list[str]:
    """Exceptions without a reason after ` -- `, or after ` # `, which is all that mypy understands."""
    return [
        found.group() for found in EXCEPTION.finditer(text) if not re.search(r" (--|#) \w", found["rest"])
    ]


def test_every_exception_carries_its_reason():
    texts = {path: path.read_text(encoding="utf-8") for path in source.files(*source.PRODUCT)}
    some(mark for text in texts.values() for mark in EXCEPTION.findall(text))
    found = {source.short(path): unreasoned(text) for path, text in texts.items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_an_exception_without_a_reason_is_caught():
    mark = "# " + "noqa: S101"
    assert unreasoned(f"x = 1  {mark}") == [mark]
    assert unreasoned(f"x = 1  {mark} -- a test says so") == []


def test_tracking_is_told_what_day_it_is():
    asking = [
        f"{source.short(path)}:{call.lineno}"
        for path in source.files("tracking")
        for call in source.calls(source.tree_of(path))
        if source.name_of(call) in CLOCKS
    ]
    assert asking == []
