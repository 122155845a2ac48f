"""Downloading the ledger: the lines the page shows under the same filters."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.ledger.exports import KEYS, LedgerFilter, export_ledger
from db.ledger.files import CSV, WORKBOOK, File, extract_of
from db.store import NotFound
from server.downloads import day_of, growing, number_of
from server.file_routes import made_in_turn
from server.request_context import language_of, officer_of, site_of
from tracking.countries import country_asked
from tracking.figures.indicators import GROUPINGS
from tracking.ledgers.columns import OVERDUE
from tracking.messages import Message
from tracking.vocabulary import Light

LONGEST_TEXT = 100


@made_in_turn
def download_workbook(request: Request) -> Response:
    """GET /ledger.xlsx: the ledger of `period`, filtered by the query, as an Excel workbook."""
    return _answer(request, WORKBOOK)


@made_in_turn
def download_csv(request: Request) -> Response:
    """GET /ledger.csv: the same as CSV."""
    return _answer(request, CSV)


def _answer(request: Request, file: File) -> Response:
    store, language, where = site_of(request).store, language_of(request), filter_of(request)
    export = export_ledger(
        store,
        by=officer_of(request),
        period_id=number_of(request, "period") or 0,
        where=where,
        file_format=file.ending,
    )
    extract = extract_of(store, export, where, language)
    return growing(
        file.parts(extract),
        plain=f"ledger.{file.ending}",
        name=f"{extract.name}.{file.ending}",
        media_type=file.media_type,
    )


def filter_of(request: Request) -> LedgerFilter:
    """The filter in the query, with the page's names. Raises `NotFound` for an invalid value."""
    asked = request.query_params
    light = asked.get("light") or None
    if light is not None and light not in {*Light, OVERDUE}:
        raise NotFound(Message("store.not_found"))
    return LedgerFilter(
        region=asked.get("region") or None,
        grouping=next((name for name in GROUPINGS if name == asked.get("grouping")), GROUPINGS[0]),
        **{field: number_of(request, name) for name, field in KEYS.items()},
        country=country_asked(asked.get("country")),
        light=OVERDUE if light == OVERDUE else Light(light) if light else None,
        text=asked.get("text", "")[:LONGEST_TEXT].strip() or None,
        known_on=_past(day_of(request, "as_of")),
        published=asked.get("figures") == "published",
    )


def _past(day: date | None) -> date | None:
    """A past day, or None: a day that is not over shows the newest figures."""
    return day if day and day < clock.today() else None
