"""Downloading the registers under the page's filters, as a workbook."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.audit.sample import sample_loaded
from db.ledger.files import WORKBOOK
from db.reference.queries import units_frame
from db.registers.exports import export_register
from db.registers.queries import RegisterFilter
from db.store import Store
from server.downloads import attached, number_of
from server.file_routes import made_in_turn
from server.request_context import language_of, officer_of, site_of
from tracking.countries import asked_words, country_asked
from tracking.documents.excel import ledger_workbook
from tracking.messages import text
from tracking.registers.wording import register_headers, worded_register
from tracking.validation.days import FIRST_DAY
from tracking.vocabulary import Language

LONGEST_TEXT = 50


@made_in_turn
def download_register(request: Request) -> Response:
    """GET /registers.xlsx: the entries of the register with the key `register`, filtered by the query."""
    store, language = site_of(request).store, language_of(request)
    register_id, where = number_of(request, "register") or 0, filter_of(request)
    register, entries = export_register(store, by=officer_of(request), register_id=register_id, where=where)
    name, today = register.named(language), clock.today()
    content = ledger_workbook(
        worded_register(entries, register, language),
        headers=register_headers(register, entries, language, withdrawn=where.withdrawn),
        title=text(
            "registers_page.file_title", language, product=text("page.product", language), register=name
        ),
        source=text("registers_page.file_source", language),
        as_of=today,
        filters=in_words(store, where, language),
        language=language,
        sheet_name="registers_page.sheet",
        sample=sample_loaded(store),
    )
    file_name = text("registers_page.file_name", language, register=name, day=today.isoformat())
    return attached(content, plain="register.xlsx", name=f"{file_name}.xlsx", media_type=WORKBOOK.media_type)


def filter_of(request: Request) -> RegisterFilter:
    """The filter in the query, with the page's names. Raises `NotFound` for an invalid number."""
    asked = request.query_params
    return RegisterFilter(
        region=asked.get("region") or None,
        authority_id=number_of(request, "unit"),
        text=asked.get("entry", "")[:LONGEST_TEXT].strip() or None,
        withdrawn=asked.get("kept") == "withdrawn",
        country=country_asked(asked.get("country")),
    )


def in_words(store: Store, where: RegisterFilter, language: Language) -> str:
    """The filter in words, as a person chose it."""
    units = units_frame(store, since=FIRST_DAY).set_index("unit_id")["name"]
    words = [
        where.region,
        units.get(where.authority_id),
        where.country and asked_words(where.country, language),
        where.text and text("ledger_page.filter_text", language, text=where.text),
        text("registers_page.withdrawn" if where.withdrawn else "registers_page.standing", language),
    ]
    return text("ledger_page.filter_list", language).join(str(word) for word in words if word)
