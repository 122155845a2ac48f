"""The sheet of one unit as an official document: its figures, its measures, its tasks, difficulties and safeguards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import format_date

from tracking.countries import country_names
from tracking.documents.word import Block, Heading, Paragraph, Table, official_document
from tracking.figures.indicators import Headline
from tracking.messages import Message, text
from tracking.palette import SHAPES
from tracking.vocabulary import Language, Light

_MEASURE_WIDTHS = {
    "number": 1.4,
    "measure": 5.3,
    "tasks": 1.4,
    "completion": 1.8,
    "expected": 1.7,
    "deviation": 1.6,
    "lights": 2.8,
}
_TASK_WIDTHS = {
    "number": 1.4,
    "task": 4.9,
    "due_on": 2.6,
    "completion": 1.7,
    "deviation": 1.6,
    "light": 1.6,
    "officer": 2.3,
}


@dataclass(frozen=True)
class UnitSheet:
    """What the sheet says. `measures` as by `tracking.figures.indicators.completion_by_measure`, `tasks` as by
    `db.tasks.queries.task_frame`, `difficulties` as by `db.difficulties.queries.difficulties_frame`; `mechanism` is the
    unit's row of `db.obligations.safeguards.mechanisms_frame`. `filters` is what was narrowed, in words.
    """

    unit: str
    notice: str
    period: Message
    as_of: date
    filters: str
    head: Headline
    measures: pd.DataFrame
    tasks: pd.DataFrame
    difficulties: pd.DataFrame | None
    mechanism: Mapping[str, Any] | None


def unit_sheet_paper(sheet: UnitSheet, *, language: Language) -> bytes:
    """The Word file, a draft: nobody has issued it."""
    say = _Words(language)
    return official_document(
        title=say("title", unit=sheet.unit, period=sheet.period),
        blocks=[
            Paragraph(
                say(
                    "opening",
                    notice=sheet.notice,
                    day=say.day(sheet.as_of),
                    filters=sheet.filters or say("all"),
                )
            ),
            Heading(say("overall")),
            Paragraph("\n".join(_overall(say, sheet.head))),
            *_measures(say, sheet.measures),
            *_tasks(say, sheet.tasks),
            Heading(say("difficulties")),
            Paragraph("\n".join(_difficulties(say, sheet.difficulties))),
            *_safeguards(say, sheet.mechanism),
            Paragraph(say("rules")),
        ],
        date_on=sheet.as_of,
        language=language,
        signed_by=sheet.unit,
        draft=say("draft"),
    )


class _Words:
    """The wording of this sheet in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, /, **values: Any) -> str:
        return text(f"unit_sheet.{key}", self.language, **values)

    def day(self, value: date) -> str:
        """A day as official documents write it."""
        return str(format_date(value, "long", locale=self.language))

    def lights(self, counts: Mapping[Any, Any]) -> str:
        """How many tasks have each light, those without any left out."""
        said = (
            self("light_count", light=light, shape=SHAPES[light], count=int(counts[light]))
            for light in Light
            if int(counts[light])
        )
        return self("list").join(said)


def _overall(say: _Words, head: Headline) -> list[str]:
    if head.completion_permille is None:
        return [say("nothing")]
    lines = [say("counts", tasks=head.tasks, reported=head.reported, suspended=head.suspended)]
    figures = {
        "completion": _percent(head.completion_permille),
        "expected": _percent(head.expected_permille),
        "deviation": _points(head.deviation_permille),
    }
    lines.append(say("completion", **figures))
    if head.change_points is not None:
        lines.append(say("change", change=_points(head.change_points * 10)))
    return [*lines, say("lights", lights=say.lights(head.lights))]


def _measures(say: _Words, measures: pd.DataFrame) -> list[Block]:
    rows = [
        (
            row["number"],
            row["title"],
            int(row["tasks"]),
            _percent(row["completion_permille"]),
            _percent(row["expected_permille"]),
            _points(row["deviation_permille"]),
            say.lights({light: row[light] for light in Light}),
        )
        for row in measures[measures["tasks"] > 0].to_dict("records")
    ]
    return _listed(say, "measures", _MEASURE_WIDTHS, rows)


def _tasks(say: _Words, tasks: pd.DataFrame) -> list[Block]:
    """The tasks by number, each with the name of its authority where that stands below the unit."""
    rows = [
        (
            row["number"]
            if row["authority_id"] == row["unit_id"]
            else f"{row['authority_name']} {row['number']}",
            f"{row['title']}\n{say('of_measure', measure=row['measure_short_title'])}",
            _day(row["due_on"]),
            _percent(row["completion_permille"]),
            _points(row["deviation_permille"]),
            say("light", light=Light(row["light"]), shape=SHAPES[Light(row["light"])]),
            f"{row['officer_name'] if pd.notna(row['officer_name']) else say('vacant')}\n{row['post_title'] or ''}".strip(),
        )
        for row in tasks.to_dict("records")
    ]
    return _listed(say, "tasks", _TASK_WIDTHS, rows)


def _listed(
    say: _Words, name: str, widths: Mapping[str, float], rows: Sequence[Sequence[Any]]
) -> list[Block]:
    """A heading and a table, or the sentence that there is nothing."""
    if not rows:
        return [Heading(say(name)), Paragraph(say(f"no_{name}"))]
    return [
        Heading(say(name)),
        Table([say(f"column_{column}") for column in widths], rows, list(widths.values())),
    ]


def _difficulties(say: _Words, difficulties: pd.DataFrame | None) -> list[str]:
    """One line each; which were open on a past day is not known."""
    if difficulties is None:
        return [say("past_difficulties")]
    lines = [
        say(
            "difficulty",
            number=row["task_number"],
            title=row["title"],
            said=row["description"],
            day=f"{row['raised_at']:%Y-%m-%d}",
            state=text(f"difficulty_status.{row['status']}", say.language),
            about=_about(row, say.language),
        )
        for row in difficulties.to_dict("records")
    ]
    return lines or [say("no_difficulties")]


def _about(row: Mapping[Any, Any], language: Language) -> str:
    """Cause and countries of a difficulty, as far as they are given, in brackets."""
    cause = row["cause"] and text(f"difficulty_cause.{row['cause']}", language)
    said = "；".join(filter(None, (cause, country_names(row["countries"], language))))
    return f"（{said}）" if said else ""


def _safeguards(say: _Words, row: Mapping[str, Any] | None) -> list[Block]:
    if row is None:
        return []
    lines = [say("no_mechanism")]
    if pd.notna(row["established_on"]):
        named = {name: row[name] for name in ("document_number", "lead_leader", "ccpit_partner")}
        lines = [say("mechanism", day=say.day(row["established_on"]), **named)]
    counts = {name: int(row[name]) for name in ("cooperation_mechanisms", "publicity_items")}
    return [Heading(say("safeguards")), Paragraph("\n".join([*lines, say("registers", **counts)]))]


def _percent(permille: Any) -> str:
    return "—" if pd.isna(permille) else f"{permille / 10:.1f}%"


def _points(permille: Any) -> str:
    return "—" if pd.isna(permille) else f"{permille / 10:+.1f}"


def _day(value: Any) -> str:
    return "—" if pd.isna(value) else f"{value:%Y-%m-%d}"
