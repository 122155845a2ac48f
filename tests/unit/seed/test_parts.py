from datetime import date

import pytest

from db.seed.authorities import MUNICIPALITIES, cities, counties, units
from db.seed.days import Days, deadlines, moments
from db.seed.draws import Deck, between, draws, in_turn
from db.seed.reference import load_reference
from db.seed.rows import Rows, rows_after
from db.seed.stories import Fate, story
from db.store import Store
from db.tables import Notice, Officer, Post
from tracking.vocabulary import AuthorityKind


def test_a_deck_deals_every_card_before_it_is_shuffled_again() -> None:
    deck = Deck(draws("test"), {"a": 2, "b": 1})
    assert [sorted(deck.deal() for _ in range(3)) for _ in range(3)] == [["a", "a", "b"]] * 3


def test_the_same_name_draws_the_same() -> None:
    assert in_turn(draws("x", 1), range(9), 20) == in_turn(draws("x", 1), range(9), 20)
    assert in_turn(draws("x", 1), range(9), 20) != in_turn(draws("x", 2), range(9), 20)


def test_a_range_turned_round_draws_its_low_end() -> None:
    assert between(draws("test"), 5, 3) == 5


def test_instants_are_in_order_and_within_office_hours() -> None:
    span = Days(date(2026, 2, 27), date(2026, 3, 2))
    instants = moments(draws("test"), span, 40)
    assert instants == sorted(instants)
    # Nine to five in Asia/Shanghai is one to nine in UTC.
    assert all(1 <= instant.hour < 9 for instant in instants)
    assert {instant.date() for instant in instants} == {
        span.first,
        date(2026, 2, 28),
        date(2026, 3, 1),
        span.last,
    }


def test_the_usual_deadlines_are_ends_of_months_and_the_middle_of_december() -> None:
    assert deadlines(2026)[0] == date(2026, 6, 30)
    assert deadlines(2026)[-2:] == (date(2026, 12, 15), date(2026, 12, 31))


def test_rows_know_their_keys_and_their_defaults_beforehand() -> None:
    rows = Rows({"officer": 7})
    assert rows.add(Officer, name="甲") == 7
    assert rows.add(Officer, name="乙", office_phone="1") == 8
    assert rows.add(Post, authority_id=1, title="丙") == 1
    unsaid = {"authority_id": None, "office_phone": "", "body": None}
    assert rows.waiting["officer"][0] == {"id": 7, "name": "甲", **unsaid}
    assert rows.count() == 3


@pytest.mark.parametrize("fate", Fate)
@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 5, 9), date(2026, 12, 31), date(2027, 3, 1)])
def test_every_story_keeps_within_its_plan_year(fate: Fate, today: date) -> None:
    for number in range(20):
        told = story(draws(fate.name, number), fate, 2026, today, 1000)
        assert date(2026, 1, 1) <= told.starts_on <= told.due_on <= date(2026, 12, 31)
        assert told.counts_to >= told.due_on


def test_cities_and_counties_are_spread_evenly_and_marked_as_invented(store: Store) -> None:
    with store.write(None) as tx:
        load_reference(tx.session)
        rows = rows_after(tx.session)
        top = units(tx.session)
        middle = cities(rows, top, 333)
        bottom = counties(rows, middle, 2850)
        standards = {row["code_standard"] for row in rows.waiting["authority"]}
        rows.store(tx.session)
        tx.audit("load_reference", tx.session.get(Notice, 1) or Notice())
    assert len(top) == 37
    hosts = [authority.unit_id for authority in middle]
    provinces = [unit for unit in top if unit.kind is AuthorityKind.PROVINCE]
    assert set(hosts) == {unit.id for unit in provinces if unit.code not in MUNICIPALITIES}
    assert {hosts.count(host) for host in hosts} == {12, 13}
    assert len({authority.code for authority in (*middle, *bottom)}) == 333 + 2850
    assert not any(authority.is_unit for authority in (*middle, *bottom))
    assert standards == {"sample"}
    assert all("示例" in authority.name for authority in (*middle, *bottom))
