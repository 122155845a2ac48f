"""The command that reads a work plan from a workbook as the page would, and stores it in the draft when asked."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from db import clock
from db.plans.file_actions import bring_in_file
from db.plans.files import PlanFile, compared, draft_of, known_for, read_plan_file
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
from server.commands.imports import AsOfficer, officer_named
from tracking.messages import text
from tracking.plans.comparison import Comparison, PlanChange
from tracking.plans.known import Doubt


def register(app: typer.Typer) -> None:
    """Register the command."""
    app.command("import-plan", help=translate("command.import_plan"))(import_plan)


@plainly
def import_plan(
    file: Annotated[Path, typer.Argument(help=translate("command.import_plan_file"))],
    *,
    sign_in_name: AsOfficer,
    year: Annotated[int, typer.Option("--year", help=translate("command.option_plan_year"))] = 0,
    commit: Annotated[bool, typer.Option("--commit", help=translate("command.option_plan_commit"))] = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Preview a work plan with an officer's rights; with `commit`, store it in the draft of the year, all or nothing.

    Nothing is stored while a task lacks an answer, or of a layout that nobody has confirmed on the page.
    """
    store = current_store(database_url)
    by = officer_named(store, sign_in_name)
    sheet = draft_of(store, by, year=year or None)
    given = read_plan_file(store, by=by, name=file.name, content=file.read_bytes())
    known = known_for(store, by, sheet, clock.today())
    found = compared(given, sheet, known, given.layouts, {})
    if not as_json:
        _tell_preview(given, found)
    written = (
        bring_in_file(store, by=by, revision_id=sheet.revision.id, given=given, found=found) if commit else 0
    )
    if as_json:
        tell({"written": written, "confirmed": given.confirmed, **_plain(found)})
    elif commit:
        print_line(translate("plan_file.stored", count=written))


def _tell_preview(given: PlanFile, found: Comparison) -> None:
    for layout in given.layouts:
        columns = [f"{one.header} → {translate(f'plan_field.{one.field}')}" for one in layout.columns]
        print_line(f"{layout.sheet}: {'　'.join(columns)}")
    print_line(
        "　".join(f"{translate(f'plan_change.{name}')} {count}" for name, count in _counts(found).items())
    )
    for doubt in found.doubts:
        weight, field = translate(f"plan_weight.{doubt.weight}"), translate(f"plan_field.{doubt.field}")
        words = text(doubt.message.key, language(), **doubt.message.values)
        print_line("  ".join([weight, doubt.spot.place, field, " ".join(doubt.spot.written.split()), words]))


def _counts(found: Comparison) -> Mapping[str, int]:
    return {str(change): len(found.of(change)) for change in PlanChange} | {"missing": len(found.missing)}


def _plain(found: Comparison) -> dict[str, Any]:
    return {
        "counts": _counts(found),
        "missing": [one.number for one in found.missing],
        "doubts": _plain_doubts(found.doubts),
    }


def _plain_doubts(doubts: Iterable[Doubt]) -> Sequence[Mapping[str, str]]:
    return [
        {
            "weight": str(doubt.weight),
            "cell": doubt.spot.place,
            "field": str(doubt.field),
            "written": doubt.spot.written,
            "problem": text(doubt.message.key, language(), **doubt.message.values),
        }
        for doubt in doubts
    ]
