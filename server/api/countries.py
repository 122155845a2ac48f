"""API reads of what is under way with each country."""

from typing import Any

from fastapi import APIRouter, Depends

from db.countries.queries import countries_frame, registers_of_country
from server.api.calls import Asking, Country, country_given, fresh, period_of, rows_as
from server.api.figure_shapes import CountryCounts, CountryResult, CountrySheet
from server.api.problems import Fault
from tracking.countries import country_name, country_of
from tracking.messages import Message
from tracking.registers.results import Result
from tracking.vocabulary import Language

ROUTER = APIRouter(tags=["countries"], dependencies=[Depends(fresh)])


@ROUTER.get("/countries")
def list_countries(call: Asking, country: Country = None) -> list[CountryCounts]:
    """The countries that something is under way with in the current year, most first."""
    return rows_as(
        CountryCounts, countries_frame(call.store, call.scope, **_asked(call, country_given(country)))
    )


@ROUTER.get("/countries/{code}")
def show_country(call: Asking, code: str) -> CountrySheet:
    """One country: the counts, and what the entries of the registers that name it add up to."""
    country = country_of(code[:60])
    if country is None:
        raise Fault(404, Message("store.not_found"))
    asked = _asked(call, country)
    counts = rows_as(CountryCounts, countries_frame(call.store, call.scope, **asked))
    none = CountryCounts(code=country, tasks=0, entries=0, warnings=0, difficulties=0)
    kept = registers_of_country(call.store, call.scope, notice_id=asked["notice_id"], country=country)
    return CountrySheet(
        **next(iter(counts), none).model_dump(),
        name=country_name(country, Language.ZH_CN),
        name_en=country_name(country, Language.EN),
        results=[_result(one.register.key, result) for one in kept for result in one.results],
    )


def _asked(call: Asking, country: str | None) -> dict[str, Any]:
    period = period_of(call, None)
    return {"notice_id": period.notice_id, "year": period.year, "country": country}


def _result(register: str, result: Result) -> CountryResult:
    return CountryResult(
        register_key=register,
        field=result.field.key,
        value=result.value,
        currency=result.currency,
        entries=result.entries,
    )
