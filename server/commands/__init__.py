"""The command line, `python -m server …`, one module a noun; it acts as nobody: whoever runs it holds the store."""

import typer

from server.commands import (
    accounts,
    backups,
    briefings,
    checks,
    imports,
    ledger,
    notices,
    plans,
    reminders,
    store,
    takeouts,
    units,
    working_days,
)

APP = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # A bug of ours gives a plain traceback without values; a user's error gives one sentence.
    pretty_exceptions_enable=False,
)
for module in (
    store,
    accounts,
    ledger,
    imports,
    plans,
    briefings,
    reminders,
    backups,
    takeouts,
    checks,
    working_days,
    units,
    notices,
):
    module.register(APP)
