"""The command that writes the ledger to a file."""

from pathlib import Path
from typing import Annotated

import typer

from db.ledger.exports import LedgerFilter, export_ledger
from db.ledger.files import FILES, extract_of
from db.periods.queries import period_asked
from db.private_files import write_privately
from db.reference.queries import authority_with_code
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
from tracking.messages import Message, Refusal
from tracking.vocabulary import Light


def register(app: typer.Typer) -> None:
    """Register the command."""
    app.command("export-ledger", help=translate("command.export_ledger"))(export)


@plainly
def export(
    file: Annotated[Path, typer.Argument(help=translate("command.export_file"))],
    *,
    period: Annotated[int, typer.Option("--period", help=translate("command.option_period"))] = 0,
    unit: Annotated[str, typer.Option("--unit", help=translate("command.option_authority"))] = "",
    light: Annotated[Light | None, typer.Option("--light", help=translate("ledger.light"))] = None,
    text: Annotated[str, typer.Option("--text", help=translate("filter.text"))] = "",
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Write the filtered ledger of a period, as Excel or CSV depending on the file extension."""
    kind = FILES.get(file.suffix.removeprefix("."))
    if kind is None:
        raise Refusal(Message("command.export_ending"))
    store = current_store(database_url)
    where = LedgerFilter(
        unit_id=authority_with_code(store, unit) if unit else None, light=light, text=text or None
    )
    period_id = period_asked(store, period or None).id or 0
    found = export_ledger(store, by=None, period_id=period_id, where=where, file_format=kind.ending)
    extract = extract_of(store, found, where, language())
    with write_privately(file) as out:
        out.writelines(kind.parts(extract))
    told = {"file": str(file), "tasks": found.lines}
    tell(told) if as_json else print_line(translate("command.export_rows", **told))
