"""The command that reads filled-in ledgers as the page would, and commits them when asked."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from db.accounts.queries import account_named, identity_of, why_closed
from db.identity import SignedIn
from db.periods.queries import period_asked
from db.store import NotFound, Store
from db.tables import Upload, UploadFinding
from db.uploads.actions import upload_ledger
from db.uploads.committing import commit_upload
from db.uploads.drops import is_drop, upload_ledgers
from db.uploads.queries import tasks_in_conflict, upload_findings, upload_of
from db.uploads.retention import GivenFile
from db.uploads.unattended import judge_unattended
from server.commands.console import (
    ERRORS,
    AsJson,
    DatabaseUrl,
    current_store,
    language,
    plainly,
    print_line,
    tell,
    translate,
)
from tracking.documents.legacy_layout import Layout
from tracking.ledgers.results import text_in
from tracking.messages import Message, Refusal
from tracking.steps import OnStep, Step, untold

AsOfficer = Annotated[str, typer.Option("--as", help=translate("command.option_as"))]


def register(app: typer.Typer) -> None:
    """Register the command."""
    app.command("import-ledger", help=translate("command.import_ledger"))(import_ledger)


@plainly
def import_ledger(
    files: Annotated[list[Path], typer.Argument(help=translate("command.import_file"))],
    *,
    sign_in_name: AsOfficer,
    period: Annotated[int, typer.Option("--period", help=translate("command.option_import_period"))] = 0,
    commit: Annotated[bool, typer.Option("--commit", help=translate("command.option_commit"))] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=translate("command.option_overwrite"))
    ] = False,
    hand_over: Annotated[
        bool, typer.Option("--hand-over", help=translate("command.option_hand_over"))
    ] = False,
    no_change: Annotated[
        bool, typer.Option("--no-change", help=translate("command.option_no_change"))
    ] = False,
    sentence: Annotated[str, typer.Option("--sentence", help=translate("command.option_sentence"))] = "",
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Preview filled-in ledgers with an officer's rights; with `commit`, write them, all or nothing."""
    store = current_store(database_url)
    by = officer_named(store, sign_in_name)
    told = untold if as_json else _tell_step
    period_id = period_asked(store, period or None).id or 0
    given = [GivenFile(file.name, file.read_bytes()) for file in files]
    upload_id = _uploaded(store, by, given, period_id, told)
    layouts = judge_unattended(store, by=by, upload_id=upload_id, on_step=told).layouts
    upload = upload_of(store, by, upload_id=upload_id)
    problems = upload_findings(store, by, upload_id=upload_id)
    if not as_json:
        _tell_layouts(layouts)
        _tell_files(upload)
        _tell_preview(upload, problems)
    written = 0
    if commit:
        wins = tasks_in_conflict(store, by, upload_id=upload_id) if overwrite else ()
        how = {"hand_over": hand_over, "no_change": no_change}
        asked = {"upload_id": upload_id, "overwrite": wins, "sentence": sentence, "on_step": told}
        written = commit_upload(store, by=by, **asked, **how)  # type: ignore[arg-type]  # a mapping of its keywords
    if as_json:
        told_of = {"counts": upload.counts, "problems": _plain(problems), "asked": _asked(layouts)}
        tell({"upload": upload_id, "written": written, "files": upload.files or [], **told_of})
    elif commit:
        print_line(translate("import_page.done", count=written))


def _uploaded(store: Store, by: SignedIn, files: list[GivenFile], period_id: int, told: OnStep) -> int:
    """One file of any layout, or several of our forms brought together."""
    if is_drop(files):
        return upload_ledgers(store, by=by, files=files, period_id=period_id, on_step=told)
    file = files[0]
    asked = {"name": file.name, "content": file.content, "period_id": period_id}
    return upload_ledger(store, by=by, on_step=told, **asked)  # type: ignore[arg-type]  # a mapping of its keywords


def officer_named(store: Store, sign_in_name: str) -> SignedIn:
    """Whose rights are used. Raises `NotFound`, or `Refusal` for a disabled account."""
    with store.read() as session:
        account = account_named(session, sign_in_name)
        if account is None:
            raise NotFound(Message("command.no_account", name=sign_in_name))
        if closed := why_closed(session, account):
            raise Refusal(closed)
        return identity_of(session, account)


def _tell_step(step: Step, done: int, total: int) -> None:
    """Show progress in a single line that is overwritten."""
    ERRORS.print(
        translate(f"import_step.{step}", done=f"{done:,}", total=f"{total:,}"), end="\r", soft_wrap=True
    )


def _tell_layouts(layouts: Iterable[Layout]) -> None:
    """Print what each column was taken for, and which might be reported but were not taken."""
    for layout in layouts:
        columns = [f"{one.header} → {translate(f'meaning.{one.meaning}')}" for one in layout.columns]
        print_line(f"{layout.sheet}: {'　'.join(columns)}")
        for one in layout.asked:
            could = translate(f"meaning.{one.could}")
            why = translate(f"legacy_why.{one.why}", meaning=could)
            print_line(translate("command.import_asked", header=one.header, meaning=could, why=why))


def _tell_files(upload: Upload) -> None:
    """Print the number of rows read of each file, or why it was not read."""
    for file in upload.files or []:
        why = " ".join(text_in(words, language()) for words in file["refused"])
        print_line(f"{file['name']}  {why or translate('command.import_rows', count=file['rows'])}")


def _tell_preview(upload: Upload, problems: Iterable[UploadFinding]) -> None:
    counts = upload.counts.items()
    print_line("　".join(f"{translate(f'verdict.{name}')} {count:,}" for name, count in counts))
    for found in problems:
        place = f"{found.sheet}!{found.cell}"
        if upload.files and found.file is not None:
            place = f"{upload.files[found.file]['name']} {place}"
        print_line(
            "  ".join(
                [translate(f"grade.{found.grade}"), place, found.value, text_in(found.message, language())]
            )
        )


def _asked(layouts: Iterable[Layout]) -> list[dict[str, str]]:
    """The columns that were not read because it is unclear what they mean."""
    return [
        {"sheet": layout.sheet, "header": one.header, "could": str(one.could), "why": one.why}
        for layout in layouts
        for one in layout.asked
    ]


def _plain(problems: Iterable[UploadFinding]) -> list[dict[str, Any]]:
    return [
        found.model_dump(include={"grade", "sheet", "cell", "value", "message", "file"}) for found in problems
    ]
