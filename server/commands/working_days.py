"""The command that tells the working days of a year, and keeps those of a notice."""

from pathlib import Path
from typing import Annotated

import typer

from db.site.actions import announce_year
from db.site.queries import working_days
from server.commands.console import AsJson, DatabaseUrl, current_store, plainly, print_line, tell, translate
from server.commands.imports import officer_named
from tracking.documents.csv_reading import text_of
from tracking.holiday_notice import year_of
from tracking.messages import Message, Refusal
from tracking.working_days import WorkingDays


def register(app: typer.Typer) -> None:
    """Register the command."""
    app.command("working-days", help=translate("working_days.command"))(of_year)


@plainly
def of_year(
    year: Annotated[int, typer.Argument(help=translate("working_days.option_year"), min=2000, max=2100)],
    *,
    notice: Annotated[
        Path | None, typer.Option("--notice", help=translate("working_days.option_notice"))
    ] = None,
    sign_in_name: Annotated[str, typer.Option("--as", help=translate("working_days.option_as"))] = "",
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Tell the days off and the weekends worked; with `notice`, a text file, keep its days first."""
    store = current_store(database_url)
    if notice is not None:
        told = text_of(notice.read_bytes()) or ""
        if (named := year_of(told)) not in (None, year):
            raise Refusal(Message("working_days.of_another_year", year=str(named)))
        announce_year(store, by=officer_named(store, sign_in_name), year=year, notice=told)
    calendar = working_days(store)
    _tell(calendar, year) if as_json else _print(calendar, year)


def _tell(calendar: WorkingDays, year: int) -> None:
    tell(
        {
            "year": year,
            "source": calendar.source(year),
            "off": calendar.holidays(year),
            "worked": calendar.worked_weekends(year),
        }
    )


def _print(calendar: WorkingDays, year: int) -> None:
    off, worked = calendar.words(year)
    print_line(translate(f"working_days.source_{calendar.source(year)}", year=str(year)))
    print_line(translate("working_days.off", days=off))
    print_line(translate("working_days.worked", days=worked))
