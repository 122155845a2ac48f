"""Letting a route make its file in a process beside the server: the request goes there, the parts come back as made."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from inspect import unwrap
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from db.beside import Tell, tellings
from db.identity import SignedIn
from db.store import Store
from server.growing import GrowingResponse
from server.request_context import Site, attach, officer_of, session_hash_of, site_of

Make = Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a route, found by its module and name, reads of its request."""

    module: str
    name: str
    path: str
    query: bytes
    by: SignedIn
    session_hash: str

    @classmethod
    def of(cls, make: Make, request: Request) -> "Asked":
        """What is asked of the route."""
        return cls(
            make.__module__,
            make.__name__,
            request.url.path,
            request.scope["query_string"],
            officer_of(request),
            session_hash_of(request),
        )

    def answer(self, store: Store) -> Response:
        """The route's answer."""
        scope = {
            "type": "http",
            "method": "GET",
            "path": self.path,
            "query_string": self.query,
            "headers": [],
        }
        attach(scope, Site(store), self.by, self.session_hash)
        make: Make = unwrap(getattr(import_module(self.module), self.name))
        return make(Request(scope))


def made_beside(make: Make, request: Request) -> Response:
    """The answer of a route, made beside the server if the site works so. Raises what the route raises."""
    store = site_of(request).store
    if not store.settings.work_beside:
        return make(request)
    told = _heard(tellings(store, _make, asked=Asked.of(make, request)))
    headers: dict[str, str] = next(told)
    return GrowingResponse(told, headers)


def _heard(told: Generator[tuple[Any, ...], None, None]) -> Iterator[Any]:
    """What is told, without the pauses; not to hear it to the end ends the work."""
    with closing(told):
        yield from (said[0] for said in told if said)


def _make(store: Store, tell: Tell, *, asked: Asked) -> None:
    """In the process: the headers, then the parts."""
    answer = asked.answer(store)
    tell(dict(answer.headers))
    for part in answer.parts if isinstance(answer, GrowingResponse) else [bytes(answer.body)]:
        tell(part)
