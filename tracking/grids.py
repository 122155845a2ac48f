"""One row of the grid of a period: what stands in its cells, and the update that says what was typed there.

Cells are texts, named as the fields of a `Problem`, so that whatever is typed is kept as it was typed; they are read
by the parsers of the form.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from tracking.carrying import says_the_same
from tracking.cleaning import parse_percent
from tracking.figures.completion import basis_of
from tracking.messages import Message, Refusal
from tracking.scales import as_typed, read_value
from tracking.validation import Problem, TaskFacts, UpdateDraft
from tracking.vocabulary import CompletionBasis

TEXTS = ("progress", "difficulties", "next_steps", "explanation")
MILESTONES, PERCENT = "milestones_reached", "typed_permille"
_BETWEEN = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What was typed in a row: the version of the update it was typed over, and cell → text."""

    version: int
    cells: Mapping[str, str] = field(default_factory=dict)


def typed_rows(written: str) -> dict[int, TypedRow]:
    """Task → what was typed in its row, as the grid writes it; nothing where that cannot be read."""
    try:
        rows = json.loads(written or "{}")
        return {
            int(task): TypedRow(
                int(row["version"]), {str(name): str(text) for name, text in row["cells"].items()}
            )
            for task, row in rows.items()
            if row["cells"]
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def written_rows(rows: Mapping[int, TypedRow]) -> str:
    """The same as the grid reads it; nothing where nothing is typed."""
    plain = {
        str(task): {"version": row.version, "cells": dict(row.cells)}
        for task, row in rows.items()
        if row.cells
    }
    return json.dumps(plain, ensure_ascii=False) if plain else ""


def cells_of(draft: UpdateDraft, facts: TaskFacts) -> dict[str, str]:
    """Cell → what an update says there, the cells that the task has."""
    basis = basis_of(facts.targets, facts.milestones)
    cells = {f"actuals.{key}": _amount(draft, key, facts) for key in facts.targets}
    if basis is CompletionBasis.MILESTONES:
        cells[MILESTONES] = "、".join(map(str, sorted(draft.milestones_reached)))
    if basis is CompletionBasis.TYPED:
        share = draft.typed_permille
        cells[PERCENT] = "" if share is None else f"{share / 10:g}"
    return cells | {name: getattr(draft, name) for name in TEXTS}


def _amount(draft: UpdateDraft, indicator: int, facts: TaskFacts) -> str:
    value = draft.actuals.get(indicator)
    return "" if value is None else as_typed(value, facts.scale_of(indicator))


@dataclass(frozen=True, slots=True)
class ReadRow:
    """The update that a row says, and its cells that cannot be read."""

    draft: UpdateDraft
    wrong: tuple[Problem, ...] = ()


def read_row(
    cells: Mapping[str, str], begun: UpdateDraft, last: UpdateDraft, facts: TaskFacts, *, again: bool
) -> ReadRow:
    """What typed cells make of an update; a cell that cannot be read leaves it as it was.

    With `again` there is a `last` accepted update: one that only repeats it is a report of no change.
    """
    values: dict[str, Any] = {}
    wrong: list[Problem] = []
    for name, value in _values(cells, facts, wrong):
        kind, _, key = name.partition(".")
        if kind != "actuals":
            values[kind] = value
            continue
        actuals = dict(values.get("actuals", begun.actuals))
        actuals.pop(int(key), None)
        values["actuals"] = actuals if value is None else {**actuals, int(key): value}
    draft = replace(begun, **values)
    repeats = again and says_the_same(draft, last, facts)
    return ReadRow(replace(draft, no_change=repeats), tuple(wrong))


def _values(cells: Mapping[str, str], facts: TaskFacts, wrong: list[Problem]) -> Iterator[tuple[str, Any]]:
    """Cell → its value, of those that the task has and that can be read."""
    for name in cells_of(UpdateDraft(), facts):
        if name in cells:
            try:
                yield name, _parser(name, facts)(cells[name])
            except Refusal as refused:
                wrong.extend(Problem(name, message) for message in refused.messages)


def _parser(name: str, facts: TaskFacts) -> Callable[[str], Any]:
    if name in TEXTS:
        return str
    if name == MILESTONES:
        return _numbers
    parse: Callable[[str], Any] = parse_percent
    if name != PERCENT:
        parse = partial(read_value, scale=facts.scale_of(int(name.partition(".")[2])))
    return lambda typed: parse(typed) if typed.strip() else None


def _numbers(typed: str) -> frozenset[int]:
    """Numbers of milestones with anything usual between them. Raises `Refusal`."""
    words = [word for word in _BETWEEN.split(typed) if word]
    if not all(word.isdecimal() and len(word) < 4 for word in words):
        raise Refusal(Message("validation.not_numbers"))
    return frozenset(map(int, words))
