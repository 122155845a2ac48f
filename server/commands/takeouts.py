"""Commands that export everything in open formats, and import it into an empty store."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from db.backups.take_in import take_in
from db.backups.take_out import take_out
from db.backups.takeouts import note_takeout
from db.store import open_store
from server.commands.console import (
    AsJson,
    DatabaseUrl,
    current_store,
    fail,
    plainly,
    print_line,
    tell,
    translate,
)


class Form(StrEnum):
    """The two formats of every table in an export."""

    CSV = "csv"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("export-all", help=translate("command.export_all"))(export_all)
    app.command("import-all", help=translate("command.import_all"))(import_all)


@plainly
def export_all(
    target: Annotated[Path, typer.Argument(help=translate("command.takeout_target"))],
    *,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Export everything, while people work."""
    store = current_store(database_url)
    note_takeout(store, by=None)
    taken = take_out(store, target)
    rows = sum(taken.rows.values())
    if as_json:
        tell({"place": str(target), "rows": rows, "revision": taken.revision, "event": taken.event_number})
    else:
        print_line(translate("command.taken_out", rows=rows, place=target))


@plainly
def import_all(
    source: Annotated[Path, typer.Argument(help=translate("command.takeout_source"))],
    *,
    form: Annotated[Form, typer.Option("--form", help=translate("command.option_form"))] = Form.CSV,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Load an export into an empty store, with or without tables, making it equal to the exported one."""
    report = take_in(open_store(database_url or None), source, form=form)
    if as_json:
        tell({"events": report.events, "intact": report.intact})
    if not report.intact:
        fail(translate("command.audit_broken", number=report.broken_at))
    if not as_json:
        print_line(translate("command.taken_in", events=report.events))
