"""What is typed is kept for its author alone, beside history and exports, and never waits for anybody."""

import traceback
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from db import clock, migrations
from db.backups.take_out import TABLES, take_out
from db.engine import STORE_AWAY, StoreFailed
from db.store import Conflict, Store
from db.tables import Notice, WorkingCopy
from db.working_copies.actions import KEPT_FOR, LONGEST, drop, drop_old, keep
from db.working_copies.queries import Copy, copies_of
from server.daily import work_of_the_day
from tests.support.databases import SqliteFiles
from tests.support.factories import small_country
from tests.support.finding import some
from tests.support.trail import everything
from tracking.messages import Refusal

AUTHOR, OTHER = 1, 2
HERE, THERE = "0" * 32, "1" * 32


@pytest.fixture
def country(store: Store) -> Store:
    small_country(store)
    return store


def copy(words: str, token: str = HERE, row_version: int | None = 3) -> Copy:
    return Copy(row_version, token, {"fields": {"progress": words}}, clock.now())


def kept(store: Store, words: str, *, officer_id: int = AUTHOR, token: str = HERE, **more: object) -> None:
    keep(store, officer_id=officer_id, form="update_1_1", copy=copy(words, token), **more)


def words_of(store: Store, officer_id: int = AUTHOR) -> list[str]:
    return [one.content["fields"]["progress"] for one in copies_of(store, officer_id=officer_id).values()]


def test_what_was_typed_last_is_kept_for_its_author_alone(country: Store):
    for words in ("已办", "已办三场"):
        kept(country, words)
    assert words_of(country) == ["已办三场"]
    assert words_of(country, OTHER) == []
    [found] = copies_of(country, officer_id=AUTHOR).values()
    assert (found.row_version, found.token) == (3, HERE)
    assert clock.now() - found.saved_at < timedelta(minutes=5)


def test_it_is_no_part_of_history_and_no_cache_hears_of_it(country: Store):
    version, trail = country.data_version(), everything(country)
    kept(country, "已办三场")
    assert (country.data_version(), everything(country)) == (version, trail)


def test_it_is_in_no_export(country: Store, tmp_path: Path):
    kept(country, "只给自己看的草稿")
    taken = take_out(country, tmp_path / "export")
    assert WorkingCopy.__tablename__ not in taken.rows
    written = [path for path in some((tmp_path / "export").rglob("*")) if path.is_file()]
    assert not any("只给自己看的草稿".encode() in path.read_bytes() for path in written)
    assert (tmp_path / "export" / TABLES / "notice.csv") in written


def test_dropped_it_is_gone_and_that_of_others_is_not(country: Store):
    kept(country, "北省")
    kept(country, "别人的", officer_id=OTHER)
    drop(country, officer_id=AUTHOR, form="update_1_1")
    assert (words_of(country), words_of(country, OTHER)) == ([], ["别人的"])


def test_another_page_does_not_write_over_it_unless_it_follows(country: Store):
    kept(country, "这一页")
    with pytest.raises(Conflict) as told:
        kept(country, "另一页", token=THERE)
    assert told.value.messages[0].key == "working_copy.elsewhere"
    kept(country, "另一页", token=THERE, known=(HERE,))
    assert words_of(country) == ["另一页"]


def test_its_text_stands_in_no_error_that_a_log_would_show(country: Store):
    words = "".join(("不应见于", "日志"))
    with pytest.raises(StoreFailed) as failed:
        kept(country, words, officer_id=999)
    shown = "".join(traceback.format_exception(failed.value))
    assert "INSERT INTO working_copy" in shown
    assert words not in shown


def test_what_is_too_long_is_told(country: Store):
    with pytest.raises(Refusal):
        kept(country, "长" * LONGEST)
    assert words_of(country) == []


def test_after_thirty_days_the_day_s_work_forgets_it(country: Store):
    kept(country, "新的")
    kept(country, "旧的", officer_id=OTHER)
    with country.upkeep() as session:
        row = session.exec(select(WorkingCopy).where(WorkingCopy.officer_id == OTHER)).one()
        row.saved_at = clock.now() - KEPT_FOR - timedelta(minutes=1)
    work_of_the_day(country)
    assert (words_of(country), words_of(country, OTHER)) == (["新的"], [])
    drop_old(country)
    assert words_of(country) == ["新的"]


def test_while_somebody_else_writes_for_long_it_fails_soon(sqlite_files: SqliteFiles, tmp_path: Path):
    store = sqlite_files.fresh(_peopled, tmp_path / "data")
    with store.write(None) as tx:
        with pytest.raises(STORE_AWAY):
            kept(store, "等不及")
        tx.audit("wait", tx.load(Notice, 1))
    kept(store, "轮到了")
    assert words_of(store) == ["轮到了"]
    store.engine.dispose()


def _peopled(store: Store) -> None:
    migrations.upgrade(store)
    small_country(store)
