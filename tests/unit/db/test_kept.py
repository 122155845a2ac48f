"""What is kept stands until the store would answer otherwise, whatever was written meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col

from db import clock
from db.frames import rows_of
from db.kept import Kept
from db.seen import note_tables, watching
from db.sql import select
from db.store import Store
from db.tables import Setting

pytestmark = pytest.mark.covers_postgresql


@dataclass
class Desk:
    """Settings to be written, and what is kept of them; `makes` counts how often it was made."""

    store: Store
    makes: int = 0
    kept: Kept = field(default_factory=Kept)

    def write(self, key: str, value: str) -> None:
        """Store a setting."""
        with self.store.upkeep() as session:
            session.merge(Setting(key=key, value=value))

    def value(self, make: Callable[[], Any], kept: Kept | None = None) -> Any:
        """What is kept, with the numbers of this moment."""

        def counted() -> Any:
            self.makes += 1
            return make()

        return (kept or self.kept).value(counted, self.store.engine, self.store.table_versions())

    def brief(self) -> list[str]:
        """One of the settings."""
        rows = rows_of(self.store, select(Setting.value).where(Setting.key == "brief"))
        return [row.value for row in rows]


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = Desk(store)
    desk.write("brief", "1")
    return desk


def test_a_write_beside_what_was_read_leaves_it_standing(desk: Desk):
    assert desk.value(desk.brief) == ["1"]
    desk.write("other", "2")
    assert desk.value(desk.brief) == ["1"]
    assert desk.makes == 1


def test_a_write_of_what_was_read_makes_it_anew(desk: Desk):
    desk.value(desk.brief)
    desk.write("brief", "2")
    assert desk.value(desk.brief) == ["2"]
    assert desk.makes == 2


def test_the_store_is_asked_again_once_a_write_at_most(desk: Desk):
    asked: list[str] = []
    desk.value(desk.brief)
    desk.write("other", "2")
    event.listen(desk.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    for _ in range(3):
        desk.value(desk.brief)
    assert len([statement for statement in asked if "FROM setting" in statement]) == 1


def test_what_came_out_otherwise_is_made_once_without_asking_first(desk: Desk):
    desk.value(desk.brief)
    desk.write("brief", "2")
    assert (desk.value(desk.brief), desk.makes) == (["2"], 2)
    asked: list[str] = []
    event.listen(desk.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    for write in range(3):
        desk.write("other", str(write))
        asked.clear()
        assert (desk.value(desk.brief), desk.makes) == (["2"], 3)
        assert len([statement for statement in asked if "FROM setting" in statement]) == 1


def test_what_is_made_of_something_kept_falls_with_it_and_asks_for_it_once(desk: Desk):
    inner, asked = Kept(), []
    both = lambda: desk.value(desk.brief, inner)  # noqa: E731 -- one line says it
    assert (desk.value(both), desk.makes) == (["1"], 2)
    desk.write("other", "2")
    event.listen(desk.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert (desk.value(desk.brief, inner), desk.value(both), desk.makes) == (["1"], ["1"], 2)
    assert len([statement for statement in asked if "FROM setting" in statement]) == 1
    desk.write("brief", "2")
    assert (desk.value(desk.brief, inner), desk.makes) == (["2"], 3)
    assert (desk.value(both), desk.makes) == (["2"], 4)


def test_an_answer_that_has_changed_back_is_made_anew_all_the_same(desk: Desk):
    inner = Kept()
    desk.value(lambda: desk.value(desk.brief, inner))
    desk.write("brief", "2")
    desk.value(desk.brief, inner)
    desk.write("brief", "1")
    assert desk.value(lambda: desk.value(desk.brief, inner)) == ["1"]
    assert desk.makes == 5


def _of_the_instant(desk: Desk) -> Any:
    return desk.brief(), clock.now()


def _made_beside(desk: Desk) -> Any:
    note_tables(["setting"])
    return desk.brief()


@pytest.mark.parametrize("make", [_of_the_instant, _made_beside])
def test_what_cannot_be_asked_again_falls_with_its_tables(desk: Desk, make: Callable[[Desk], Any]):
    for _ in range(2):
        desk.value(lambda: make(desk))
    assert desk.makes == 1
    desk.write("other", "2")
    desk.value(lambda: make(desk))
    assert desk.makes == 2


def test_what_writes_is_made_again_until_there_is_nothing_to_write(desk: Desk):
    def made() -> Any:
        desk.write("made", "1")
        return desk.brief()

    for _ in range(3):
        desk.value(made)
    assert desk.makes == 2


def test_the_day_is_no_instant(desk: Desk):
    desk.value(lambda: (desk.brief(), clock.today()))
    desk.write("other", "2")
    desk.value(lambda: (desk.brief(), clock.today()))
    assert desk.makes == 1


def _refused(desk: Desk) -> Any:
    raise LookupError(desk.brief())


def test_what_was_read_before_a_failure_counts_for_whoever_caught_it(desk: Desk):
    def made() -> str:
        try:
            return str(desk.value(lambda: _refused(desk), Kept()))
        except LookupError as refused:
            return str(refused)

    assert desk.value(made) == "['1']"
    desk.write("brief", "2")
    assert desk.value(made) == "['2']"


def test_what_failed_is_tried_again(desk: Desk):
    for _ in range(2):
        with pytest.raises(LookupError):
            desk.value(lambda: _refused(desk))
    assert desk.makes == 2


def test_rows_are_answered_as_without_anybody_watching(desk: Desk):
    desk.write("other", "2")
    rows = select(Setting.key, Setting.value).order_by(col(Setting.key))
    plain = rows_of(desk.store, rows)
    with watching({}), desk.store.engine.connect() as connection:
        parts = connection.execute(rows.execution_options(yield_per=1)).partitions()
        assert [row for part in parts for row in part] == plain
        assert connection.execute(rows).first() == plain[0]
