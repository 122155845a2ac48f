"""Reads `sample_data/`: one CSV a table, UTF-8, the first line its columns."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

SAMPLE_DATA = Path(__file__).parents[2] / "sample_data"

Line = Mapping[str, str]


@cache
def lines(name: str) -> tuple[Line, ...]:
    """Every line of a file, column → text; empty text means not given."""
    with (SAMPLE_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def yes(text: str) -> bool:
    """Whether a column says `yes`."""
    return text == "yes"


def number(text: str) -> int | None:
    """A whole number, or None if empty."""
    return int(text) if text else None


def day(text: str) -> date | None:
    """A date, or None if empty."""
    return date.fromisoformat(text) if text else None


def listed(text: str) -> list[str]:
    """The parts of a column that holds several, separated by semicolons."""
    return text.split(";") if text else []
