"""Commands for the list of units: what stands, many at once from a list, and an end."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from db import clock
from db.hierarchy import actions as hierarchy, ending_actions, list_actions
from db.hierarchy.queries import authorities_frame
from db.reference.queries import authority_with_code
from server.commands.console import (
    OUT,
    AsJson,
    DatabaseUrl,
    current_store,
    language,
    plainly,
    print_line,
    tell,
    translate,
)
from tracking.messages import text
from tracking.unit_lists import JudgedLine, ListChange

UNITS = typer.Typer(help=translate("command.units"), no_args_is_help=True)
Code = Annotated[str, typer.Argument(help=translate("command.option_authority"))]
Into = Annotated[str, typer.Option("--into", help=translate("command.option_into"))]
Reason = Annotated[str, typer.Option("--reason", help=translate("hierarchy.reason"))]
From = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help=translate("command.option_from")),
]


def register(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(UNITS, name="units")
    UNITS.command("list", help=translate("command.units_list"))(list_units)
    UNITS.command("import", help=translate("command.units_import"))(import_units)
    UNITS.command("move", help=translate("hierarchy.move_title"))(move_unit)
    UNITS.command("merge", help=translate("hierarchy.merge_title"))(merge_units)
    UNITS.command("dissolve", help=translate("hierarchy.dissolve_title"))(dissolve_unit)


@plainly
def list_units(
    *,
    word: Annotated[str, typer.Option("--find", help=translate("filter.who"))] = "",
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """List the authorities that stand today or will."""
    found = authorities_frame(current_store(database_url), on=clock.today(), text=word or None)
    columns = ("code", "short_name", "kind", "parent_name", "founded_on", "dissolved_on")
    rows = found[list(columns)].astype(object).where(found[list(columns)].notna(), None)
    if as_json:
        tell(rows.to_dict("records"))
        return
    shown = Table(*columns)
    for row in rows.itertuples(index=False):
        shown.add_row(*("" if value is None else str(value) for value in row))
    OUT.print(shown)


@plainly
def import_units(
    file: Annotated[Path, typer.Argument(help=translate("unit_list.file"))],
    *,
    reason: Reason = "",
    starts_on: From = None,
    commit: Annotated[bool, typer.Option("--commit", help=translate("command.option_units_commit"))] = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Show what a list of authorities would change; with `commit`, take it, all or nothing."""
    store, asked = current_store(database_url), _when(starts_on, reason)
    judged = list_actions.judge_list(store, by=None, content=file.read_bytes(), **asked)
    if not as_json:
        _show(judged)
    taken = list_actions.take_list(store, by=None, content=file.read_bytes(), **asked) if commit else {}
    if as_json:
        counts = {str(change): count for change, count in taken.items()}
        tell({"taken": counts, "lines": [_plain(one) for one in judged]})
    elif commit:
        print_line(translate("unit_list.taken"))


@plainly
def move_unit(
    code: Code, *, into: Into, reason: Reason, starts_on: From = None, database_url: DatabaseUrl = ""
) -> None:
    """Put an authority under another from a day on."""
    store = current_store(database_url)
    keys: dict[str, Any] = {
        "authority_id": authority_with_code(store, code),
        "parent_id": authority_with_code(store, into),
    }
    hierarchy.move_authority(store, by=None, **keys, **_when(starts_on, reason))
    print_line(translate("hierarchy.done"))


@plainly
def merge_units(
    codes: Annotated[list[str], typer.Argument(help=translate("command.option_authority"))],
    *,
    into: Into,
    reason: Reason,
    starts_on: From = None,
    database_url: DatabaseUrl = "",
) -> None:
    """Merge authorities into another that goes on with their tasks."""
    store = current_store(database_url)
    ending_actions.merge_authorities(
        store,
        by=None,
        authority_ids=[authority_with_code(store, code) for code in codes],
        successor_id=authority_with_code(store, into),
        **_when(starts_on, reason),
    )
    print_line(translate("hierarchy.merged"))


@plainly
def dissolve_unit(
    code: Code, *, reason: Reason, starts_on: From = None, database_url: DatabaseUrl = ""
) -> None:
    """Let an authority end."""
    store = current_store(database_url)
    key = authority_with_code(store, code)
    ending_actions.dissolve_authority(store, by=None, authority_id=key, **_when(starts_on, reason))
    print_line(translate("hierarchy.was_dissolved"))


def _when(starts_on: datetime | None, reason: str) -> dict[str, Any]:
    day: date = starts_on.date() if starts_on else clock.today()
    return {"starts_on": day, "reason": reason}


def _show(judged: list[JudgedLine]) -> None:
    counts = {str(change): sum(one.change is change for one in judged) for change in ListChange}
    print_line(translate("unit_list.sentence", **counts).replace("*", ""))
    for one in judged:
        if one.change is not ListChange.SAME:
            said = translate(f"unit_list.change.{one.change}")
            print_line("  ".join([str(one.line), one.code, one.name, said, *_why(one)]))


def _plain(one: JudgedLine) -> dict[str, Any]:
    return {"line": one.line, "code": one.code, "change": str(one.change), "reasons": _why(one)}


def _why(one: JudgedLine) -> list[str]:
    return [text(message.key, language(), **message.values) for message in one.reasons]
