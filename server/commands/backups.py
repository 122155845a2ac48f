"""Commands that make and restore a backup."""

from pathlib import Path
from typing import Annotated

import typer

from db.backups import backup as backups
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


def register(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("backup", help=translate("command.backup"))(backup)
    app.command("restore", help=translate("command.restore"))(restore)


@plainly
def backup(
    file: Annotated[Path, typer.Argument(help=translate("command.backup_file"))],
    *,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Write database, evidence and audit anchors to one file, while people work."""
    made = backups.backup(current_store(database_url), file)
    size = file.stat().st_size
    if as_json:
        tell({"file": str(file), "bytes": size, "revision": made.revision, "event": made.event_number})
    else:
        print_line(translate("command.backed_up", file=file, megabytes=f"{size / 1e6:.1f}"))


@plainly
def restore(
    file: Annotated[Path, typer.Argument(help=translate("command.backup_file"))],
    *,
    replace: Annotated[bool, typer.Option("--replace", help=translate("command.option_replace"))] = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Restore the store from a backup, while no server uses it."""
    report = backups.restore(open_store(database_url or None), file, replace=replace)
    if as_json:
        tell({"events": report.events, "intact": report.intact})
    if not report.intact:
        fail(translate("command.audit_broken", number=report.broken_at))
    if not as_json:
        print_line(translate("command.restored", events=report.events))
