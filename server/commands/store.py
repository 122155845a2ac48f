"""Commands that create and fill a store."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from db import clock, migrations, seed
from db.plans import moved_dates as date_moves
from db.private_files import make_private
from db.store import open_store
from server.commands.accounts import create_administrators, rows_of, show
from server.commands.console import (
    OUT,
    AsJson,
    DatabaseUrl,
    current_store,
    language,
    plainly,
    print_line,
    shared,
    tell,
    text_of,
    translate,
)
from tracking.countries import country_name
from tracking.vocabulary import CataloguePart


def register(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("init", help=translate("command.init"))(init)
    app.command("load-sample", help=translate("command.load_sample"))(load_sample)
    app.command("demo-accounts", help=translate("command.demo_accounts"))(demo_accounts)
    app.command("generate", help=translate("command.generate"))(generate)


@plainly
def init(
    *,
    administrators: Annotated[
        bool, typer.Option("--administrators", help=translate("command.option_administrators"))
    ] = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Migrate the tables to the newest revision, and load of the notice's catalogue what the store lacks."""
    store = open_store(database_url or None)
    migrations.upgrade(store)
    shared(store).settle_key()
    with store.upkeep() as session:
        date_moves.fill(session)
    make_private(store)
    begun = seed.begin_reference(store)
    made = create_administrators(store) if administrators else []
    if as_json:
        tell({"revision": migrations.head(), **_as_plain(begun), "accounts": rows_of(made)})
        return
    print_line(translate("command.initialised", revision=migrations.head()))
    _tell_list(begun)
    _tell_catalogue(begun)
    if administrators:
        show(made)


def _as_plain(begun: seed.Begun) -> dict[str, Any]:
    """What became of what ships: units by name or code, entries of the catalogue by part."""
    return {
        "founded": begun.founded,
        "left": begun.left,
        "refused": {name: text_of(reason) for name, reason in begun.refused},
        "catalogue": {
            fate: {kind: names for kind, names in noted.items() if names}
            for fate, noted in _fates(begun).items()
        },
    }


def _fates(begun: seed.Begun) -> dict[str, Mapping[str, list[str]]]:
    catalogue = begun.catalogue
    return {"added": catalogue.added, "marked": catalogue.marked, "left": catalogue.left}


def _tell_catalogue(begun: seed.Begun) -> None:
    """What became of the shipped catalogue, one line a fate and part."""
    for fate, noted in _fates(begun).items():
        for kind, names in noted.items():
            if names:
                known = map(_WORDED[kind], names) if kind in _WORDED else names
                said = {"count": len(names), "names": translate("access.list").join(known)}
                kind_words = translate(f"command.kind_{kind}")
                print_line(translate(f"command.catalogue_{fate}", kind=kind_words, **said))


_WORDED: Mapping[str, Callable[[str], str]] = {
    CataloguePart.FACT: lambda key: translate(f"notice_fact_key.{key}"),
    CataloguePart.COUNTRY: lambda code: country_name(code, language()),
}


def _tell_list(begun: seed.Begun) -> None:
    """What became of the shipped list of authorities, in a store that held one already."""
    mark = translate("access.list")
    if begun.founded:
        names = mark.join(begun.founded)
        print_line(translate("command.units_founded", count=len(begun.founded), names=names))
    if begun.left:
        print_line(translate("command.units_left", count=len(begun.left), codes=mark.join(begun.left)))
    for name, reason in begun.refused:
        print_line(translate("command.unit_refused", name=name, reason=text_of(reason)))


@plainly
def load_sample(
    *,
    if_empty: Annotated[bool, typer.Option("--if-empty", help=translate("command.option_if_empty"))] = False,
    second_notice: Annotated[
        bool, typer.Option("--second-notice", help=translate("command.option_second_notice"))
    ] = False,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Fill a store without plans with the small invented sample."""
    store = current_store(database_url)
    with store.read() as session:
        holds_work = seed.holds_work(session)
    if if_empty and holds_work:
        tell({"loaded": False}) if as_json else print_line(translate("command.sample_kept"))
        return
    accounts = seed.load_sample(store, clock.today(), two_notices=second_notice)
    tell({"loaded": True, "accounts": len(accounts)}) if as_json else print_line(
        translate("command.sample_loaded")
    )


@plainly
def demo_accounts(*, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """List the sample accounts that still use its public password; prints nothing if there are none."""
    with current_store(database_url).read() as session:
        accounts = seed.demo_accounts(session)
    if as_json:
        tell([_as_row(account) for account in accounts])
    elif accounts:
        OUT.print(_table(accounts))


def _as_row(account: seed.DemoAccount) -> dict[str, str]:
    return {
        "sign_in_name": account.sign_in_name,
        "password": seed.DEMO_PASSWORD,
        "name": account.name,
        "role": account.role,
    }


def _table(accounts: list[seed.DemoAccount]) -> Table:
    columns = ("sign_in.name", "sign_in.password", "command.column_name", "command.column_role")
    table = Table(*map(translate, columns), title=translate("command.demo_title"), title_justify="left")
    for account in accounts:
        name, role = account.name, translate(f"role.{account.role}")
        table.add_row(account.sign_in_name, seed.DEMO_PASSWORD, name, role)
    return table


@plainly
def generate(
    *,
    scale: Annotated[seed.Scale, typer.Option("--scale", help=translate("command.option_scale"))],
    database_url: DatabaseUrl = "",
) -> None:
    """Fill a store without plans with a large set for benchmarks, showing progress."""
    store = current_store(database_url)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=OUT) as bars:
        seed.generate(store, scale, clock.today(), _Steps(bars))
    print_line(translate("command.generated", scale=scale.value))


class _Steps:
    """Shows each step as a progress bar of its own."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._known: dict[str, Any] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        if step not in self._known:
            self._known[step] = self._bars.add_task(translate(f"command.step_{step}"), total=total)
        self._bars.update(self._known[step], completed=done, total=total)
