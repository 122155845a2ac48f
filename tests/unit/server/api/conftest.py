"""Fixtures for API tests: a filed plan, tokens for those involved, and a client."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from db import clock
from db.accounts.token_actions import issue_token
from db.identity import SignedIn
from db.passwords import hashed
from db.store import Store
from db.tables import Account
from server.api.application import mounted
from server.api.limits import Limiter
from server.middleware import middleware_for
from server.request_context import Site
from server.static_files import Shelf
from tests.conftest import lend
from tests.support.databases import Databases
from tests.support.factories import YEAR, at, filed_plan, people, small_country
from tests.support.templates import empty_store
from tracking.vocabulary import TokenScope

DAY = date(YEAR, 3, 20)
HOST = "tracker.example"


def reporting_country(store: Store) -> None:
    """The small country with a filed plan of one task, and an account for everybody."""
    empty_store(store)
    small_country(store)
    filed_plan(store)
    give_accounts(store)


def give_accounts(store: Store) -> None:
    """An account for everybody in the small country."""
    password = hashed("north-of-the-river")
    with store.write(None) as tx:
        for number in range(1, 7):
            name = {"officer_id": number, "sign_in_name": f"officer{number}"}
            account = Account(**name, password_hash=password, must_change_password=False)
            tx.audit("plant", tx.add(account))


@pytest.fixture
def store(databases: Databases, tmp_path: Path) -> Iterator[Store]:
    """The country on a spring day; the clock stands."""
    with at(DAY):
        yield from lend(databases, databases.fresh(reporting_country, tmp_path / "data"))


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Starlette:
    """The API behind the product's own middleware, patient with tests."""
    return application(store, tmp_path, Limiter(rate=1e6, burst=1e6))


def application(store: Store, tmp_path: Path, limiter: Limiter) -> Starlette:
    """The API as the server mounts it."""
    middleware = list(middleware_for(Site(store), Shelf(tmp_path)))
    return Starlette(routes=[mounted(limiter)], middleware=middleware)


def token_of(store: Store, by: SignedIn, scope: TokenScope = TokenScope.WRITE) -> str:
    """A token for somebody, good for some days."""
    expires_on = clock.today() + timedelta(9)
    return issue_token(store, by=by, name="平台", scope=scope, expires_on=expires_on).secret


class Program:
    """Another system's end: one token, and what it is answered."""

    def __init__(self, app: Any, secret: str | None) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
        self._client = httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers=headers)

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Any request."""
        return asyncio.run(self._client.request(method, f"/api/v1{path}", **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        """A read."""
        return self.ask("GET", path, **options)

    def rows(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Every row of a list, page after page."""
        found, cursor = [], None
        while True:
            page = self.get(path, params=params | ({} if cursor is None else {"cursor": cursor})).json()
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found


@pytest.fixture
def officer(store: Store, app: Starlette) -> Program:
    """The north's reporting officer's system, which may write."""
    return Program(app, token_of(store, people().officer))


@pytest.fixture
def signatory(store: Store, app: Starlette) -> Program:
    """The north's signatory's."""
    return Program(app, token_of(store, people().signatory))


@pytest.fixture
def member(store: Store, app: Starlette) -> Program:
    """A working-group member's."""
    return Program(app, token_of(store, people().member))
