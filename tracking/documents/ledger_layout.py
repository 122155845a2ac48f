"""The columns of the offline ledger, and their values for a task."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracking.ledgers.rows import (
    LedgerTask,
    RowKey,
    check_of,
    fingerprint,
    locked_mark,
    marks_of,
    values_of,
)
from tracking.messages import text
from tracking.scales import bare_words
from tracking.vocabulary import IndicatorKind, Language

LOCKED = ("task", "check", "number", "measure", "title", "due_on", "state")
OPEN = ("progress", "difficulties", "next_steps", "explanation", "completion")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its header, and whether it may be filled in."""

    name: str
    header: str
    open: bool

    @property
    def kind(self) -> str:
        """The kind of a column: `actual` for `actual.1`."""
        return self.name.partition(".")[0]


def columns_of(tasks: Sequence[LedgerTask], language: Language) -> list[Column]:
    """The columns that these tasks need between them; the authority only if there are several."""
    fields = {name for task in tasks for name in values_of(task)}
    steps = _count("milestone", fields)

    def named(name: str, at: int = 0, *, may: bool = False) -> Column:
        column = f"{name}.{at}" if at else name
        key = "template.title_column" if name == "title" else f"template.{name}"
        return Column(column, text(key, language, number=at), may)

    def wanted() -> Iterator[Column]:
        several = len({task.authority for task in tasks}) > 1
        for name in LOCKED:
            yield named(name)
            if name == "number" and several:
                yield named("authority")
        for at in range(1, _count("actual", fields) + 1):
            yield named("indicator", at)
            parts = [name for name in ("actual", "base") if f"{name}.{at}" in fields]
            yield from (named(name, at, may=True) for name in parts)
        if steps:
            yield named("steps")
        yield from (named("milestone", at, may=True) for at in range(1, steps + 1))
        if "percent" in fields:
            yield named("percent", may=True)
        yield from (named(name, may=True) for name in OPEN)

    return list(wanted())


def _count(kind: str, fields: set[str]) -> int:
    return sum(name.startswith(f"{kind}.") for name in fields)


def cells_of(task: LedgerTask, period_id: int, language: Language) -> dict[str, Any]:
    """Column → its value for a task."""
    values = values_of(task)
    shown = locked_cells_of(task, language)
    marks = marks_of(values), locked_mark(shown)
    key = RowKey(task.task_id, period_id, task.row_version, fingerprint(values), *marks)
    shown |= {
        "task": str(task.task_id),
        "check": check_of(key),
        "number": task.number,
        "authority": task.authority,
        "state": _state(task, language),
    }
    return shown | {name: _shown(task, name, value, language) for name, value in values.items()}


def locked_cells_of(task: LedgerTask, language: Language) -> dict[str, Any]:
    """The same of the columns that say what the task is about."""
    steps = "\n".join(
        f"{at}. {step.title}（{step.due_on}）" for at, step in enumerate(task.milestones, start=1)
    )
    shown = {
        "measure": task.measure,
        "title": task.title,
        "due_on": task.due_on,
        "steps": steps if "milestone.1" in values_of(task) else None,
    }
    for at, indicator in enumerate(task.indicators, start=1):
        target = bare_words(indicator.target, indicator)
        shown[f"indicator.{at}"] = text(
            "template.to_reach", language, name=indicator.name, unit=indicator.unit, target=target
        )
    return shown


def _state(task: LedgerTask, language: Language) -> str:
    """Whether the task may be reported, and what is asked of it if nothing has changed."""
    if task.refused is not None:
        return text(task.refused.key, language, **task.refused.values)
    if task.calls is None or task.begun or not task.reported_before:
        return text("template.may_report", language)
    why = text(f"report.stands_out_{task.calls}", language)
    return text("template.may_report_calls", language, why=why)


def _shown(task: LedgerTask, name: str, value: Any, language: Language) -> Any:
    kind, _, at = name.partition(".")
    if kind == "actual" and value is not None and task.indicators[int(at) - 1].kind is IndicatorKind.YES_NO:
        return bare_words(value, task.indicators[int(at) - 1])
    if isinstance(value, bool):
        return text(f"template.{'yes' if value else 'no'}", language)
    if name == "percent" and value is not None:
        return value / 1000
    return value
