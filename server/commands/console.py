"""Command output: language, one sentence for what went wrong, JSON for machines."""

import json
import os
from collections.abc import Callable
from contextlib import ExitStack
from contextvars import ContextVar
from functools import wraps
from typing import Annotated, Any, NoReturn, ParamSpec

import typer
from rich.console import Console

from db.engine import CANNOT_OPEN, UnsafeDatabase, without_password
from db.migrations import is_current
from db.store import Store, open_store
from db.store_lock import share
from tracking.messages import Message, Refusal, text
from tracking.vocabulary import Language

OUT, ERRORS = Console(highlight=False), Console(stderr=True, highlight=False)
Given = ParamSpec("Given")
# The exit code of the running command.
_HELD: ContextVar[ExitStack] = ContextVar("held")


def language() -> Language:
    """English if the terminal's locale says so, else Chinese."""
    chosen = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return Language.EN if chosen.startswith("en") else Language.ZH_CN


def translate(key: str, /, **values: Any) -> str:
    """The wording of a message of the catalogue."""
    return text(key, language(), **values)


DatabaseUrl = Annotated[
    str, typer.Option("--database-url", envvar="DATABASE_URL", help=translate("command.option_database_url"))
]
AsJson = Annotated[bool, typer.Option("--json", help=translate("command.option_json"))]


def print_line(sentence: str) -> None:
    """Print a sentence for the person at the terminal."""
    OUT.print(sentence, markup=False, soft_wrap=True)


def tell(values: Any) -> None:
    """Print values as one line of JSON, for machines."""
    print(json.dumps(values, ensure_ascii=False, default=str))


def fail(sentence: str) -> NoReturn:
    """End with a sentence and exit code 1."""
    ERRORS.print(sentence, markup=False, soft_wrap=True)
    raise typer.Exit(1)


def text_of(refused: Refusal) -> str:
    """Why something was refused, one sentence per line."""
    return "\n".join(text(message.key, language(), **message.values) for message in refused.messages)


def current_store(database_url: str) -> Store:
    """The store, with this code's tables, protected from replacement while this command runs. Raises `Refusal`."""
    store = shared(open_store(database_url or None))
    if not is_current(store):
        raise Refusal(Message("server.store_not_current"))
    return store


def shared(store: Store) -> Store:
    """Keep anybody from replacing the tables until this command ends. Raises `Refusal`."""
    _HELD.get().callback(share(store).release)
    return store


def plainly(command: Callable[Given, None]) -> Callable[Given, None]:
    """Wrap a command so that it reports a refusal, or an unreachable store, in one sentence."""

    @wraps(command)
    def told(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            with ExitStack() as held:
                _HELD.set(held)
                command(*args, **kwargs)
        except Refusal as refused:
            fail(text_of(refused))
        except UnsafeDatabase as unsafe:
            fail(translate("command.unsafe_database", reason=str(unsafe)))
        except CANNOT_OPEN as error:
            address = _address(str(kwargs.get("database_url", "")))
            fail(translate("command.store_failed", address=address, reason=_reason(error)))
        except OSError as error:
            fail(translate("command.file_failed", reason=str(error)))

    return told


def _address(database_url: str) -> str:
    """The store's address, without its password."""
    if not database_url:
        return translate("command.own_file")
    return without_password(database_url) or translate("command.malformed_address")


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
