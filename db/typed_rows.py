"""The rows of a frame as a row type names them: the words of the domain, and None for what is missing."""

from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

import pandas as pd

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


def rows_as(row: type[Row], frame: pd.DataFrame) -> list[Row]:
    """The rows in order; columns not in the type are left out."""
    if frame.empty:  # a frame of a query with nothing to ask has no columns either
        return []
    columns = [_as_read(frame[name], word) for name, word in _words(row).items()]
    return [row(*values) for values in zip(*columns, strict=True)]


def values_of(column: pd.Series) -> list[Any]:
    """The values of a column as Python objects, None if missing."""
    missing = column.isna().to_numpy()
    values = column.tolist()
    if not missing.any():
        return values
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]


def _as_read(column: pd.Series, word: Callable[[str], StrEnum] | None) -> list[Any]:
    values = values_of(column)
    return values if word is None else [None if value is None else word(value) for value in values]


@cache
def _words(row: type) -> dict[str, type[StrEnum] | None]:
    """Column → the closed words it holds, None if its values are of another kind."""
    hints = get_type_hints(row)
    return {field.name: next(filter(_is_word, _kinds(hints[field.name])), None) for field in fields(row)}


def _kinds(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) is UnionType else (hint,)


def _is_word(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)
