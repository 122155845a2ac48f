"""The command that sends reminders once, as the running server does by itself."""

from dataclasses import asdict
from typing import Annotated

import typer

from db import clock
from db.messages import outbox
from db.site.queries import working_days
from server.commands.console import AsJson, DatabaseUrl, current_store, plainly, print_line, tell, translate
from server.reminding import remind as one_round

DryRun = Annotated[bool, typer.Option("--dry-run", help=translate("remind.option_dry_run"))]
AnyHour = Annotated[bool, typer.Option("--any-hour", help=translate("remind.option_any_hour"))]


def register(app: typer.Typer) -> None:
    """Register the command."""
    app.command("remind", help=translate("remind.help"))(remind)


@plainly
def remind(
    *,
    dry_run: DryRun = False,
    any_hour: AnyHour = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Queue today's digests and send what is due; quiet outside working hours unless told otherwise."""
    store = current_store(database_url)
    if dry_run:
        keys = [draft.digest_key for draft in outbox.planned(store)]
        tell({"would_queue": keys}) if as_json else print_line(
            translate("remind.would_queue", count=len(keys))
        )
        return
    quiet = not (any_hour or working_days(store).may_disturb(clock.now().astimezone(clock.OFFICE_ZONE)))
    done = one_round(store, any_hour=any_hour)
    if as_json:
        tell({**asdict(done), "quiet": quiet})
        return
    if quiet:
        print_line(translate("remind.quiet"))
    print_line(translate("remind.done", **asdict(done)))
