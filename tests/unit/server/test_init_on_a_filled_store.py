"""`init` on a store of an earlier release adds what ships new in the catalogue, and leaves what somebody worded."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlmodel import SQLModel, col, select

from db import seed
from db.clock import today
from db.store import Store
from db.tables import (
    Indicator,
    IndicatorLevel,
    KeyArea,
    ListedCountry,
    Measure,
    MeasureAction,
    Notice,
    NoticeFact,
    NoticeText,
    Passage,
    Safeguard,
    Tag,
)
from tests.support.databases import SqliteFiles
from tests.support.trail import last_event
from tests.unit.server.test_commands import run
from tests.unit.server.test_units_command import begun
from tracking.vocabulary import NoticeFactKey, TitleSource


@pytest.fixture
def store(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    return sqlite_files.fresh(begun, tmp_path / "data")


def _plant(store: Store, *statements: object) -> None:
    with store.write(None) as tx:
        for statement in statements:
            tx.session.exec(statement)
        tx.audit("plant", tx.session.get_one(Notice, 1))


def _as_before(store: Store) -> None:
    """What the migrations leave of a store from before the catalogue was data."""
    of_some = select(Measure.id).where(col(Measure.number).in_([1, 2, 5, 10]))
    plain = {"cited": "", "title_source": TitleSource.TO_BE_CHECKED}
    _plant(
        store,
        *(delete(table) for table in (Passage, NoticeText, IndicatorLevel, NoticeFact, Tag, ListedCountry)),
        delete(MeasureAction).where(col(MeasureAction.measure_id).in_(of_some)),
        delete(Safeguard).where(col(Safeguard.number) == 2),
        *(update(table).values(**plain) for table in (KeyArea, Measure, MeasureAction, Safeguard)),
        update(Indicator).values(cited=""),
    )


def _rows(store: Store, table: type[SQLModel]) -> list[SQLModel]:
    with store.read() as session:
        return list(session.exec(select(table)))


def test_a_store_of_before_gets_what_ships_new_from_today_on(store: Store):
    whole = {table: len(_rows(store, table)) for table in (MeasureAction, Safeguard, NoticeFact, Passage)}
    sources = {row.title: (row.title_source, row.cited) for row in _rows(store, Measure)}
    _as_before(store)
    told = json.loads(run("init", "--json").stdout)["catalogue"]
    assert {kind: len(names) for kind, names in told["added"].items()} == {
        "fact": 5,
        "action": 6,
        "level": 25,
        "tag": 6,
        "country": 65,
        "safeguard": 1,
        "text": 1,
    }
    assert (len(told["marked"]["measure"]), told["left"]) == (10, {})
    assert last_event(store).detail["added"]["safeguard"] == told["added"]["safeguard"]
    assert {table: len(_rows(store, table)) for table in whole} == whole
    assert {row.title: (row.title_source, row.cited) for row in _rows(store, Measure)} == sources
    assert {row.from_on for row in _rows(store, IndicatorLevel)} == {today()}
    added = [row for row in _rows(store, MeasureAction) if row.title in told["added"]["action"]]
    assert {row.starts_on for row in added} == {today()}, "no past year asks for them"
    again = json.loads(run("init", "--json").stdout)["catalogue"]
    assert (again["added"], again["marked"]) == ({}, {})


def test_what_somebody_worded_checked_or_entered_is_left_and_told(store: Store):
    _as_before(store)
    day = date(2026, 3, 2)
    _plant(
        store,
        update(Measure).where(col(Measure.number) == 4).values(title="共建合作园区"),
        update(Measure)
        .where(col(Measure.number) == 8)
        .values(title_source=TitleSource.CONFIRMED, checked_on=day),
        update(Notice).values(issued_by="两部门"),
    )
    with store.write(None) as tx:
        measure = tx.session.exec(select(Measure).where(Measure.number == 1)).one()
        sources = {"title_source": TitleSource.PROJECT, "measure_source": TitleSource.PROJECT}
        tx.add(MeasureAction(measure_id=measure.id, number=1, title="赴境外办展", **sources))
        kept = {"version": 1, "is_summary": False, "cited": "红头原件", "source": TitleSource.CONFIRMED}
        tx.audit("plant", tx.add(NoticeText(notice_id=1, entered_at=tx.now, **kept)))
    said = run("init").stdout
    assert "举措 1 项与随附的不同，未改动：共建合作园区" in said
    assert "具体行动 1 项与随附的不同，未改动：赴境外办展" in said
    assert [row.cited for row in _rows(store, NoticeText)] == ["红头原件"]
    measures = {row.number: row for row in _rows(store, Measure)}
    assert (measures[4].title, measures[4].cited) == ("共建合作园区", "")
    assert (measures[8].title_source, measures[8].cited) == (TitleSource.CONFIRMED, "")
    facts = {row.key: row.source for row in _rows(store, NoticeFact)}
    assert facts[NoticeFactKey.ISSUED_BY] is TitleSource.TO_BE_CHECKED


def test_entries_that_were_moved_are_known_by_their_words(store: Store):
    _as_before(store)
    places = {1: -1, 2: 1, -1: 2}
    _plant(
        store, *(update(Measure).where(col(Measure.number) == a).values(number=b) for a, b in places.items())
    )
    run("init")
    with store.read() as session:
        titles = session.exec(
            select(MeasureAction.title)
            .join(Measure)
            .where(Measure.number == 2)
            .order_by(MeasureAction.number)
        ).all()
    assert titles == ["参加国内展览展销活动", "参加国外展览展销活动"]


def test_a_notice_under_another_number_is_not_loaded_again(store: Store):
    _plant(store, update(Notice).values(number="另〔2017〕1号"))
    begun_again = seed.begin_reference(store)
    assert (len(_rows(store, Notice)), begun_again.catalogue.changed) == (1, False)
    assert "1 项与随附的不同" in run("init").stdout
