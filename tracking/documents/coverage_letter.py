"""The letter about gaps in coverage: to one unit with its gaps, or to all with the gaps of each annexed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import format_date

from tracking.coverage import Cover, coverage_of, missing_of
from tracking.documents.word import Annex, Block, Heading, Paragraph, Table, official_document
from tracking.messages import text
from tracking.vocabulary import Language

# How many tasks of a cell a letter lists; with the counties' there may be hundreds.
_NAMED = 5
# Shares of the width: number, unit, measure, what is lacking, tasks.
_WIDTHS = {"number": 1.2, "unit": 1.8, "measure": 3.0, "lacks": 2.6, "tasks": 5.0}


def coverage_letter(
    *,
    notice: str,
    unit: str,
    year: int,
    on: date,
    cells: pd.DataFrame,
    tasks: pd.DataFrame,
    language: Language,
) -> bytes:
    """A draft letter to one unit by name, or, with an empty `unit`, to all units in the cells.

    `cells` as returned by `tracking.coverage.coverage_cells`, one row per unit and measure; `tasks` holds
    unit_id, measure_id, title, is_overdue, is_vacant and is_targeted of those that lack something.
    """
    say = _Words(language)
    gaps = cells[cells["cover"] != Cover.FULL]
    table = _table(say, gaps, tasks, named=not unit)
    annexes = [] if unit or gaps.empty else [Annex(say("annex"), [table])]
    return official_document(
        title=say("title", year=year),
        addressee=unit or say("everybody"),
        blocks=[
            Paragraph(say("opening", notice=notice, day=format_date(on, "long", locale=language))),
            Heading(say("overall")),
            Paragraph(_overall(say, cells, unit, year)),
            Heading(say("gaps")),
            *_gaps(say, gaps, table, annexed=bool(annexes)),
            *(() if gaps.empty else (Heading(say("request")), Paragraph(say("request_text")))),
        ],
        date_on=on,
        language=language,
        annexes=annexes,
        signed_by=say("signed"),
        draft=say("draft"),
    )


class _Words:
    """The wording of this letter in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, /, **values: Any) -> str:
        return text(f"coverage_letter.{key}", self.language, **values)


def _overall(say: _Words, cells: pd.DataFrame, unit: str, year: int) -> str:
    found = coverage_of(cells)
    counts = {"cells": found.cells, "full": found.full, "partly": found.partly, "empty": found.empty}
    if unit:
        return say("overall_unit", year=year, **counts)
    return say("overall_all", year=year, units=cells["unit_id"].nunique(), **counts)


def _gaps(say: _Words, gaps: pd.DataFrame, table: Table, *, annexed: bool) -> list[Block]:
    if gaps.empty:
        return [Paragraph(say("none"))]
    return [Paragraph(say("gaps_annexed"))] if annexed else [Paragraph(say("gaps_lead")), table]


def _table(say: _Words, gaps: pd.DataFrame, tasks: pd.DataFrame, *, named: bool) -> Table:
    """One row per cell that lacks something, with the unit's name if there are several."""
    columns = [name for name in _WIDTHS if named or name != "unit"]
    titles = _titles(say, tasks)
    rows = []
    for number, cell in enumerate(gaps.to_dict("records"), start=1):
        values = {
            "number": number,
            "unit": cell["short_name"],
            "measure": f"{cell['number']} {cell['short_title']}",
            "lacks": say("list").join(
                text(f"element.{element}", say.language) for element in missing_of(cell)
            ),
            "tasks": titles.get((cell["unit_id"], cell["line_id"]), ""),
        }
        rows.append([values[column] for column in columns])
    headers = [say(f"column_{column}") for column in columns]
    return Table(headers, rows, [_WIDTHS[column] for column in columns])


def _titles(say: _Words, tasks: pd.DataFrame) -> Mapping[tuple[int, int], str]:
    """Unit and measure → the titles of the tasks that are past due or have no officer."""
    lacking = tasks[tasks["is_overdue"] | tasks["is_vacant"]]
    titles: dict[tuple[int, int], list[str]] = {}
    for unit_id, measure_id, title in lacking[["unit_id", "measure_id", "title"]].to_numpy().tolist():
        titles.setdefault((unit_id, measure_id), []).append(title)
    return {cell: _listed(say, found) for cell, found in titles.items()}


def _listed(say: _Words, titles: list[str]) -> str:
    """The first titles, and the total if there are more."""
    words = say("task_list").join(titles[:_NAMED])
    return words if len(titles) <= _NAMED else say("tasks_and_more", tasks=words, count=len(titles))
