"""Downloading how much there is of each country, under the page's filter."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.audit.sample import sample_loaded
from db.countries.exports import export_countries
from db.countries.queries import COUNTED
from db.ledger.files import WORKBOOK
from server.downloads import attached, number_of
from server.file_routes import made_in_turn
from server.request_context import language_of, officer_of, site_of
from tracking.countries import asked_words, country_asked, country_name
from tracking.documents.excel import ledger_workbook
from tracking.messages import text


@made_in_turn
def download_countries(request: Request) -> Response:
    """GET /countries.xlsx: the countries of `notice`, filtered by `country`, as an Excel workbook."""
    store, language = site_of(request).store, language_of(request)
    country = country_asked(request.query_params.get("country"))
    notice_id = number_of(request, "notice") or 0
    found = export_countries(store, by=officer_of(request), notice_id=notice_id, country=country)
    content = ledger_workbook(
        found.assign(country_name=[country_name(code, language) for code in found["code"]]),
        headers={name: text(f"column.{name}", language) for name in ("country_name", "code", *COUNTED)},
        title=text("country_page.file_title", language, product=text("page.product", language)),
        source=text("country_page.source", language),
        as_of=clock.today(),
        filters=asked_words(country, language) if country else "",
        language=language,
        sheet_name="page.country",
        sample=sample_loaded(store),
    )
    name = text("country_page.file_name", language, day=clock.today().isoformat())
    return attached(content, plain="countries.xlsx", name=f"{name}.xlsx", media_type=WORKBOOK.media_type)
