"""Conditions on columns that hold several codes or keys (`db.tables.types.Several`), the list of countries among them."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, literal, or_, type_coerce
from sqlmodel import col

from db.sql import select
from db.tables import ListedCountry
from tracking.countries import ALONG


def names(column: Any, value: Any) -> ColumnElement[bool]:
    """The condition that one of the values of a column is this one; `value` may be a column too."""
    said = literal(" ").concat(type_coerce(column, String)).concat(" ")
    sought = literal(str(value)) if isinstance(value, int | str) else value
    condition: ColumnElement[bool] = said.like(literal("% ").concat(sought).concat(" %"))
    return condition


def names_country(column: Any, asked: str, *, notice_id: Any, day: date) -> ColumnElement[bool]:
    """The condition that a column of codes names a country, or with `ALONG` one that is on the notice's list on a day."""
    if asked != ALONG:
        return names(column, asked)
    listed = select(ListedCountry.id).where(
        ListedCountry.notice_id == notice_id, names(column, col(ListedCountry.code)), *_listed_on(day)
    )
    return listed.exists()


def _listed_on(day: date) -> tuple[ColumnElement[bool], ...]:
    begun = or_(col(ListedCountry.starts_on).is_(None), col(ListedCountry.starts_on) <= day)
    return begun, or_(col(ListedCountry.retired_on).is_(None), col(ListedCountry.retired_on) > day)
