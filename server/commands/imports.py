"""Owns the command that reads a filled-in ledger as an officer would on the page, and commits it where asked."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from db.actions.uploads import commit_upload, upload_ledger
from db.identity import SignedIn
from db.queries.accounts import account_named, identity_of
from db.queries.uploads import upload_of
from db.store import NotFound, Store
from server.commands.console import AsJson, DatabaseUrl, current_store, language, plainly, say, t, tell
from tracking.ledger_import import Verdict
from tracking.ledger_results import sheet_of
from tracking.messages import Message, Refusal

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
    upload_id = upload_ledger(store, by=by, name=file.name, content=file.read_bytes())
    result = upload_of(store, by, upload_id=upload_id).result
    if not as_json:
        _tell_preview(result)
    wins = [row["task_id"] for row in result["rows"] if row["verdict"] == Verdict.CONFLICT and overwrite]
    written = 0
    if commit:
        written = commit_upload(store, by=by, upload_id=upload_id, overwrite=wins, hand_over=hand_over)
    if as_json:
        tell({"upload": upload_id, "written": written, **result})
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


def _tell_preview(result: Mapping[str, Any]) -> None:
    counts = [f"{t(f'verdict.{name}')} {count}" for name, count in result["counts"].items()]
    say("　".join(counts))
    for line in sorted(_problems(result)):
        say("  ".join(line))


def _problems(result: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Grade, cell, value and sentence of every problem."""
    for row in result["rows"]:
        for found in row["findings"]:
            place = f"{sheet_of(result, row)}!{found['cell']}"
            yield t(f"grade.{found['grade']}"), place, found["value"], found["message"][language()]
