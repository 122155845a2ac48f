"""The command that writes a briefing draft on a period to a Word file."""

from pathlib import Path
from typing import Annotated

import typer

from db import clock
from db.briefings.actions import make_briefing
from db.briefings.material import BriefingRequest
from db.papers.marking import marked_draft
from db.private_files import write_privately
from db.reference.queries import authority_with_code, measure_of_period
from server.commands.console import (
    AsJson,
    DatabaseUrl,
    current_store,
    language,
    plainly,
    print_line,
    tell,
    translate,
)
from tracking.documents.briefing import briefing_document
from tracking.vocabulary import BriefingKind


def register(app: typer.Typer) -> None:
    """Register the command."""
    app.command("briefing", help=translate("command.briefing"))(briefing)


@plainly
def briefing(
    file: Annotated[Path, typer.Argument(help=translate("command.briefing_file"))],
    *,
    period: Annotated[int, typer.Option("--period", help=translate("command.option_period"))],
    kind: Annotated[
        BriefingKind, typer.Option("--kind", help=translate("command.briefing_kind"))
    ] = BriefingKind.CIRCULAR,
    region: Annotated[str, typer.Option("--region", help=translate("command.briefing_region"))] = "",
    unit: Annotated[str, typer.Option("--unit", help=translate("command.option_authority"))] = "",
    measure: Annotated[int, typer.Option("--measure", help=translate("command.briefing_measure"))] = 0,
    published: Annotated[
        bool, typer.Option("--published", help=translate("command.briefing_published"))
    ] = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Draft a briefing of a kind on a period, and print its figures if JSON is requested."""
    store = current_store(database_url)
    wanted = BriefingRequest(
        kind,
        region=region or None,
        unit_id=authority_with_code(store, unit) if unit else None,
        measure_id=measure_of_period(store, period, measure) if measure else None,
        published=published,
    )
    made = make_briefing(store, by=None, period_id=period, wanted=wanted, language=language())
    on = clock.day_of(made["as_of_at"])
    content = briefing_document(made["content"], on=on, issued=False, kind=kind, language=made["language"])
    with write_privately(file) as out:
        out.write(marked_draft(store, content, made["language"]))
    told = {"file": str(file), "title": made["content"]["title"], "figures": made["figures"]}
    tell(told) if as_json else print_line(
        translate("command.briefing_made", file=str(file), figures=len(made["figures"]))
    )
