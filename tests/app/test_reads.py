"""What pages keep is made anew when a table under it changes, and only then."""

from collections.abc import Callable
from typing import Any

import pysqlite3
import pytest
from sqlalchemy import Engine, event

from db.accounts import actions as accounts
from db.authorities.scope import NATION
from db.statement_names import names_of
from db.store import Store
from db.tables import metadata
from db.updates import reviews
from db.updates.queues import review_queue_frame
from pages.shared.navigation import PAGES
from pages.shared.reads import Reads
from tests.app.conftest import Open
from tests.app.looping import MEMBER, person
from tests.support.people import WHO
from tracking.permissions import ROLES
from tracking.vocabulary import Language, Role


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what pages have made anew, not found kept."""
    names: list[str] = []
    keep = Reads._keep

    def noted(self: Reads, make: Callable[[], Any], source: Callable[..., Any], *asked: Any) -> Any:
        def make_and_note() -> Any:
            names.append(source.__name__)
            return make()

        return keep(self, make_and_note, source, *asked)

    monkeypatch.setattr(Reads, "_keep", noted)
    return names


def test_what_is_kept_stands_while_others_sign_in_and_choose_a_language(
    open_page: Open, sample: Store, made: list[str]
):
    open_page("overview", "leadership")
    assert len(made) > 10
    made.clear()
    accounts.set_language(sample, by=person(sample, MEMBER), language=Language.EN)
    open_page("overview", "leadership")
    assert made == []


def test_what_is_kept_falls_with_the_figures(open_page: Open, sample: Store, made: list[str]):
    open_page("overview", "leadership")
    made.clear()
    waiting = review_queue_frame(sample, NATION, notice_id=1)["update_id"].iloc[0]
    reviews.accept_progress_update(sample, by=person(sample, MEMBER), update_id=int(waiting))
    open_page("overview", "leadership")
    assert {"cells_frame", "units_frame"} & set(made) == {"cells_frame"}


def _whoever_may(page: str) -> str:
    rights = PAGES[page].rights
    return next(WHO[role] for role in Role if not rights or rights & ROLES[role].rights)


def test_sqlite_reads_nothing_that_the_statement_does_not_name(open_page: Open, sample: Store):
    """SQLite itself says of every statement of every page which columns of which tables it looks into."""
    asked: dict[str, object] = {}

    def note(_connection, _cursor, statement, parameters, _context, many) -> None:
        if not many:
            asked.setdefault(statement, parameters)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for page in PAGES:
            open_page(page, _whoever_may(page))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    selects = {
        statement: values for statement, values in asked.items() if statement.startswith(("SELECT", "WITH"))
    }
    assert len(selects) > 100
    missed = {
        statement: names
        for statement, values in selects.items()
        if (names := _names_sqlite_reads(sample, statement, values) - names_of(statement)[0])
    }
    assert missed == {}


def _names_sqlite_reads(store: Store, statement: str, values: object) -> set[str]:
    names = set()

    def note(action: int, table: str | None, column: str | None, *_rest: object) -> int:
        if action == pysqlite3.SQLITE_READ and table in metadata.tables:
            names.add(f"{table}.{column}" if column in metadata.tables[table].columns else table)
        return pysqlite3.SQLITE_OK

    connection = pysqlite3.connect(store.engine.url.database)
    try:
        connection.set_authorizer(note)
        connection.execute(f"EXPLAIN {statement}", values)
    finally:
        connection.close()
    return names
