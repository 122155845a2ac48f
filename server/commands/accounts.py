"""Account commands: for a site's first accounts, and for locked-out administrators."""

from collections.abc import Iterable
from typing import Annotated

import typer

from db.accounts import actions as accounts
from db.accounts.actions import NewAccount
from db.accounts.queries import account_named
from db.reference.queries import authority_with_code
from db.store import NotFound, Store
from server.commands.console import (
    AsJson,
    DatabaseUrl,
    current_store,
    plainly,
    print_line,
    tell,
    translate,
)
from tracking.messages import Message
from tracking.vocabulary import Role

FIRST_ADMINISTRATORS = {
    "sysadmin": Role.SYSTEM_ADMINISTRATOR,
    "secadmin": Role.SECURITY_ADMINISTRATOR,
    "auditor": Role.AUDIT_ADMINISTRATOR,
}


def register(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("create-account", help=translate("command.create_account"))(create_account)
    app.command("reset-password", help=translate("command.reset_password"))(reset_password)


@plainly
def create_account(
    sign_in_name: Annotated[str, typer.Argument(help=translate("sign_in.name"))],
    *,
    name: Annotated[str, typer.Option("--name", help=translate("command.column_name"))],
    role: Annotated[list[Role], typer.Option("--role", help=translate("command.option_role"))],
    authority: Annotated[str, typer.Option("--authority", help=translate("command.option_authority"))] = "",
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Create an account with its roles and show its initial password, once."""
    store = current_store(database_url)
    made = accounts.create_account(
        store,
        by=None,
        sign_in_name=sign_in_name,
        name=name,
        authority_id=authority_with_code(store, authority) if authority else None,
        roles=role,
    )
    tell(rows_of([made])) if as_json else show([made])


@plainly
def reset_password(
    sign_in_name: Annotated[str, typer.Argument(help=translate("sign_in.name"))],
    *,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Give an account, even an administrator's, a new initial password."""
    store = current_store(database_url)
    with store.read() as session:
        account = account_named(session, sign_in_name)
    if account is None or account.id is None:
        raise NotFound(Message("command.no_account", name=sign_in_name))
    made = accounts.reset_password(store, by=None, account_id=account.id)
    tell(rows_of([made])) if as_json else show([made])


def create_administrators(store: Store) -> list[NewAccount]:
    """Create the three administrator accounts of a new site, one person each."""
    return [
        accounts.create_account(
            store, by=None, sign_in_name=name, name=translate(f"role.{role}"), roles=[role]
        )
        for name, role in FIRST_ADMINISTRATORS.items()
    ]


def show(made: Iterable[NewAccount]) -> None:
    """Print the initial passwords, this once."""
    for account in made:
        print_line(translate("command.account_made", name=account.sign_in_name, password=account.password))
    print_line(translate("command.account_note"))


def rows_of(made: Iterable[NewAccount]) -> list[dict[str, str]]:
    """New accounts with their initial passwords, as plain values."""
    return [{"sign_in_name": account.sign_in_name, "password": account.password} for account in made]
