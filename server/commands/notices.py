"""Commands for notices: what is tracked, and another one from the file of its text."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from db.reference.notices import found_notice
from db.reference.proposed import take_proposals
from db.reference.queries import notices_frame
from db.reference.texts import enter_text
from server.commands.console import (
    OUT,
    AsJson,
    DatabaseUrl,
    current_store,
    plainly,
    print_line,
    tell,
    translate,
)
from tracking.articles import articles_of
from tracking.documents.limited import read_text
from tracking.proposals import Proposal, line_problems, proposals_of
from tracking.validation import refuse_all

NOTICES = typer.Typer(help=translate("command.notices"), no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(NOTICES, name="notices")
    NOTICES.command("list", help=translate("command.notices_list"))(list_notices)
    NOTICES.command("add", help=translate("command.notices_add"))(add_notice)


@plainly
def list_notices(*, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """List the notices that are tracked."""
    found = notices_frame(current_store(database_url)).astype(object)
    rows = found.where(found.notna(), None)
    if as_json:
        tell(rows.to_dict("records"))
        return
    shown = Table(*rows.columns)
    for row in rows.itertuples(index=False):
        shown.add_row(*("" if value is None else str(value) for value in row))
    OUT.print(shown)


@plainly
def add_notice(
    file: Annotated[Path, typer.Argument(help=translate("text_page.file"))],
    *,
    number: Annotated[str, typer.Option("--number", help=translate("notice_fact_key.number"))],
    title: Annotated[str, typer.Option("--title", help=translate("notice_fact_key.title"))],
    issued_by: Annotated[str, typer.Option("--issued-by", help=translate("notice_fact_key.issued_by"))],
    issued_on: Annotated[
        datetime,
        typer.Option("--issued-on", formats=["%Y-%m-%d"], help=translate("notice_fact_key.issued_on")),
    ],
    cited: Annotated[str, typer.Option("--cited", help=translate("reference_page.cited"))] = "",
    commit: Annotated[
        bool, typer.Option("--commit", help=translate("command.option_notices_commit"))
    ] = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Show what a text proposes; with `commit`, found the notice, keep its text and take all of it."""
    store, text = current_store(database_url), read_text(file.read_bytes())
    lines = proposals_of(articles_of(text))
    refuse_all(line_problems(lines))
    notice_id = None
    if commit:
        facts = {"number": number, "title": title, "issued_by": issued_by}
        notice_id = found_notice(store, by=None, **facts, issued_on=issued_on.date())
        text_id = enter_text(store, by=None, notice_id=notice_id, text=text, cited=cited or number)
        take_proposals(store, by=None, text_id=text_id, lines=lines)
    if as_json:
        tell({"notice_id": notice_id, "lines": [_plain(one) for one in lines]})
        return
    _show(lines)
    if commit:
        print_line(translate("command.notices_added"))


def _plain(one: Proposal) -> dict[str, object]:
    return {"number": one.number, "kind": one.kind, "title": one.title, "under": one.under}


def _show(lines: list[Proposal]) -> None:
    for one in lines:
        print_line(f"{one.number}  {translate(f'proposal_kind.{one.kind}')}  {one.title}")
