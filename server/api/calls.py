"""What every API route receives: the store, the caller and their scope; and paging of long lists."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

import pandas as pd
from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from db import clock
from db.authorities.scope import scope_of
from db.figures.past_days import keep_days
from db.figures.summaries import keep_current
from db.identity import SignedIn
from db.periods.queries import period_asked
from db.store import Store
from db.tables import ReportingPeriod
from db.typed_rows import values_of
from server.api.callers import caller_of
from server.api.problems import Fault, Unchanged
from server.request_context import site_of
from tracking.countries import country_asked
from tracking.figures.vintages import Vintage
from tracking.messages import Message
from tracking.permissions import Scope

Row = TypeVar("Row", bound=BaseModel)
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many rows at most.")]
Cursor = Annotated[Id | None, Query(description="What `next_cursor` of the page before said.")]
Country = Annotated[
    str | None,
    Query(
        max_length=60,
        description="A country by its code of ISO 3166-1 or its name; `along` for those on the list of countries along the"
        " route.",
    ),
]
AsOf = Annotated[date | None, Query(description="A past day: all as it was known at its end.")]
OfNotice = Annotated[Id | None, Query(description="Of which notice; by default that of the current period.")]
OfAnyNotice = Annotated[Id | None, Query(description="Of which notice; by default of all of them.")]
Figures = Annotated[
    Literal["newest", "published"], Query(description="`published`: as they were when the period was frozen.")
]


class Page(BaseModel, Generic[Row]):
    """Part of a list; there is more if `next_cursor` is set."""

    items: list[Row]
    next_cursor: int | None = None


@dataclass(frozen=True)
class Call:
    """One request: `by` acts, `scope` is what they may read."""

    store: Store
    by: SignedIn
    scope: Scope


def _call(request: Request) -> Call:
    store, by = site_of(request).store, caller_of(request).by
    return Call(store, by, scope_of(store, by))


Asking = Annotated[Call, Depends(_call)]


def fresh(request: Request, response: Response, call: Asking) -> None:
    """Set the version of the data read, which changes with every write and every day. Raises `Unchanged`."""
    keep_current(call.store)
    # Before reading rows, so that a version never stands for older rows.
    etag = f'W/"{call.store.data_version()}-{clock.today():%Y%m%d}"'
    if request.headers.get("if-none-match") == etag:
        raise Unchanged(etag)
    response.headers["ETag"] = etag


def rows_as(model: type[Row], frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, with missing values as null; columns not in the model are left out."""
    # Column by column: frames of one page are small, and converting a whole one with pandas costs more than all else.
    names = list(model.model_fields)
    rows = zip(*(values_of(frame[name]) for name in names), strict=True)
    return [model.model_validate(dict(zip(names, row, strict=True))) for row in rows]


def page_of(model: type[Row], frame: pd.DataFrame, key: str, limit: int, cursor: int | None) -> Page[Row]:
    """The rows after the one named by the cursor. Raises `Fault` if there is none."""
    if cursor is not None:
        found = frame[key].eq(cursor).to_numpy().nonzero()[0]
        if not len(found):
            raise Fault(422, Message("api.cursor_unknown"))
        frame = frame.iloc[found[0] + 1 :]
    last = frame[key].iloc[limit - 1] if len(frame) > limit else None
    return Page(items=rows_as(model, frame.head(limit)), next_cursor=None if last is None else int(last))


def vintage_of(call: Call, period: ReportingPeriod, as_of: date | None, figures: str) -> Vintage:
    """The vintage requested; figures of a past day are stored first. Raises `Fault` for a future day."""
    if as_of is None or as_of == clock.today():
        return Vintage(published=figures == "published")
    if as_of > clock.today() or as_of.year < period.year:
        raise Fault(422, Message("api.day_out_of_range"))
    keep_days(call.store, notice_id=period.notice_id, year=period.year, days=[as_of])
    return Vintage(as_of, figures == "published")


def period_of(call: Call, period_id: int | None, notice_id: int | None = None) -> ReportingPeriod:
    """The requested period, else the current one, of a notice if one is named. Raises `NotFound`."""
    return period_asked(call.store, period_id, notice_id)


def notice_asked(call: Call, notice_id: int | None) -> int:
    """The requested notice, else that of the current period. Raises `NotFound`."""
    return notice_id or period_of(call, None).notice_id


def country_given(country: str | None) -> str | None:
    """The country of a filter; one that nobody knows is named by nothing."""
    return country and (country_asked(country) or "-")
