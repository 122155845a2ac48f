"""What every route needs of this installation, and how it finds it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.requests import HTTPConnection
from starlette.types import Scope

from db.identity import SignedIn
from db.store import Store
from server.file_work import FileWork
from tracking.messages import Message, Refusal
from tracking.vocabulary import Language

_SITE, _SIGNED_IN, _SESSION_HASH = "tracker.site", "tracker.signed_in", "tracker.session_hash"


Result = TypeVar("Result")


class PasswordThreads:
    """Two threads for password hashing, which is slow by design; only a few requests may queue."""

    def __init__(self, threads: int = 2, waiting: int = 20) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._free = threads + waiting

    async def run(self, work: Callable[[], Result]) -> Result:
        """The result of the work, once its turn has come. Raises `Refusal` if too many wait."""
        if not self._free:
            raise Refusal(Message("sign_in.busy"))
        self._free -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._free += 1


@dataclass(frozen=True)
class Site:
    """The open store, and the threads that hash passwords and make files."""

    store: Store
    passwords: PasswordThreads = field(default_factory=PasswordThreads)
    files: FileWork = field(default_factory=FileWork)

    @property
    def secure(self) -> bool:
        """Whether people reach the site over TLS, according to its settings."""
        return self.store.settings.secure_cookies


def attach(scope: Scope, site: Site, signed_in: SignedIn | None, session_hash: str | None) -> None:
    """Pass on what the gate has established about a connection; none of it comes from outside."""
    scope[_SITE], scope[_SIGNED_IN], scope[_SESSION_HASH] = site, signed_in, session_hash


def site_of(connection: HTTPConnection) -> Site:
    """The site a connection came to."""
    site: Site = connection.scope[_SITE]
    return site


def signed_in_of(connection: HTTPConnection) -> SignedIn | None:
    """Who is signed in on a connection."""
    signed_in: SignedIn | None = connection.scope[_SIGNED_IN]
    return signed_in


def officer_of(connection: HTTPConnection) -> SignedIn:
    """The signed-in officer, for a route behind the gate."""
    signed_in = signed_in_of(connection)
    if signed_in is None:
        raise RuntimeError("the gate let a connection through to a route that needs somebody signed in")
    return signed_in


def session_hash_of(connection: HTTPConnection) -> str:
    """The hash of a signed-in officer's session token."""
    return str(connection.scope[_SESSION_HASH])


def language_of(connection: HTTPConnection) -> Language:
    """The officer's language; before sign-in, the browser's last choice, else Chinese."""
    signed_in = signed_in_of(connection)
    if signed_in:
        return signed_in.language
    asked = connection.query_params.get("language") or connection.cookies.get("language")
    return Language(asked) if asked in set(Language) else Language.ZH_CN
