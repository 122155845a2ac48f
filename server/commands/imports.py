"""Owns the command that reads a filled-in ledger as an officer would on the page, and commits it where asked."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from db.actions.uploads import commit_upload, upload_ledger
from db.identity import SignedIn
from db.queries.accounts import account_named, identity_of
from db.queries.uploads import tasks_in_conflict, upload_findings, upload_of
from db.store import NotFound, Store
from db.tables import UploadFinding
from server.commands.console import (
    ERRORS,
    AsJson,
    DatabaseUrl,
    current_store,
    language,
    plainly,
    say,
    t,
    tell,
)
from tracking.ledger_results import said
from tracking.messages import Message, Refusal
from tracking.steps import Step, untold

AsOfficer = Annotated[str, typer.Option("--as", help=t("command.option_as"))]


def register(app: typer.Typer) -> None:
    """Make it a command of the command line."""
    app.command("import-ledger", help=t("command.import_ledger"))(import_ledger)


@plainly
def import_ledger(
    file: Annotated[Path, typer.Argument(help=t("command.import_file"))],
    *,
    sign_in_name: AsOfficer,
    commit: Annotated[bool, typer.Option("--commit", help=t("command.option_commit"))] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=t("command.option_overwrite"))] = False,
    hand_over: Annotated[bool, typer.Option("--hand-over", help=t("command.option_hand_over"))] = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Preview a filled-in ledger under the rights of an officer; with `commit` write it, all or nothing."""
    store = current_store(database_url)
    by = _officer(store, sign_in_name)
    told = untold if as_json else _tell_step
    upload_id = upload_ledger(store, by=by, name=file.name, content=file.read_bytes(), on_step=told)
    counts = upload_of(store, by, upload_id=upload_id).counts
    problems = upload_findings(store, by, upload_id=upload_id)
    if not as_json:
        _tell_preview(counts, problems)
    written = 0
    if commit:
        wins = tasks_in_conflict(store, by, upload_id=upload_id) if overwrite else ()
        written = commit_upload(
            store, by=by, upload_id=upload_id, overwrite=wins, hand_over=hand_over, on_step=told
        )
    if as_json:
        tell({"upload": upload_id, "written": written, "counts": counts, "problems": _plain(problems)})
    elif commit:
        say(t("import_page.done", count=written))


def _officer(store: Store, sign_in_name: str) -> SignedIn:
    """Whose rights are used. Raises `NotFound`, `Refusal` for an account that is switched off."""
    with store.read() as session:
        account = account_named(session, sign_in_name)
        if account is None:
            raise NotFound(Message("command.no_account", name=sign_in_name))
        if not account.active:
            raise Refusal(Message("sign_in.switched_off"))
        return identity_of(session, account)


def _tell_step(step: Step, done: int, total: int) -> None:
    """How far it has come, in one line that is written over."""
    ERRORS.print(t(f"import_step.{step}", done=f"{done:,}", total=f"{total:,}"), end="\r", soft_wrap=True)


def _tell_preview(counts: Mapping[str, int], problems: Iterable[UploadFinding]) -> None:
    say("　".join(f"{t(f'verdict.{name}')} {count:,}" for name, count in counts.items()))
    for found in problems:
        place = f"{found.sheet}!{found.cell}"
        say("  ".join([t(f"grade.{found.grade}"), place, found.value, said(found.message, language())]))


def _plain(problems: Iterable[UploadFinding]) -> list[dict[str, Any]]:
    return [found.model_dump(include={"grade", "sheet", "cell", "value", "message"}) for found in problems]
