"""The tree by days: worked out by hand for one move, and with any tree for what must always hold."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from tests.unit.tracking.frames import MEASURES, cell, cells, cube
from tracking.figures.cells import COUNTS
from tracking.figures.indicators import completion_by_unit, in_provinces, province_units
from tracking.hierarchy import Span, Tree, may_stand_under, rehomed
from tracking.vocabulary import AuthorityKind as Kind

OLD, NEW, CITY, COUNTY, OTHER = 1, 2, 11, 21, 12
SINCE, MOVE = date(2017, 1, 1), date(2026, 7, 1)
EVE = MOVE - timedelta(1)
TREE = Tree(
    (
        Span(CITY, OLD, SINCE, EVE),
        Span(CITY, NEW, MOVE),
        Span(COUNTY, CITY, SINCE),
        Span(OTHER, OLD, SINCE),
    )
)


def test_a_city_counts_into_the_province_of_the_day_and_its_counties_with_it():
    assert [TREE.unit_of(one, EVE) for one in (CITY, COUNTY, OTHER, OLD)] == [OLD, OLD, OLD, OLD]
    assert [TREE.unit_of(one, MOVE) for one in (CITY, COUNTY, OTHER, NEW)] == [NEW, NEW, OLD, NEW]
    assert TREE.units(EVE) == {CITY: OLD, COUNTY: OLD}
    assert TREE.units(MOVE) == {CITY: NEW, COUNTY: NEW}, "the other city never moved"
    assert TREE.units_ever(COUNTY) == {OLD, NEW}
    assert TREE.units_ever(OTHER) == frozenset()


def test_before_the_first_recorded_day_stands_what_was_first_recorded():
    assert TREE.unit_of(CITY, SINCE - timedelta(900)) == OLD


def test_whoever_stands_below_is_found_however_deep():
    assert TREE.under(OLD, EVE) == {OLD, CITY, COUNTY, OTHER}
    assert TREE.under(OLD, MOVE) == {OLD, OTHER}


def test_a_circle_ends():
    circle = Tree((Span(1, 2, SINCE), Span(2, 1, SINCE)))
    assert circle.way_up(1, MOVE) == [1, 2]


def test_who_ceased_to_be_part_of_another_stands_alone():
    assert Tree((Span(CITY, OLD, SINCE, EVE),)).unit_of(CITY, MOVE) == CITY


@pytest.mark.parametrize(
    ("kind", "parent", "fits"),
    [
        (Kind.CITY, Kind.PROVINCE, True),
        (Kind.COUNTY, Kind.CITY, True),
        (Kind.COUNTY, Kind.XPCC, True),
        (Kind.CITY, Kind.CITY, False),
        (Kind.CITY, Kind.COUNTY, False),
        (Kind.PROVINCE, Kind.PROVINCE, False),
        (Kind.COUNTY, Kind.NOT_COVERED, False),
    ],
)
def test_what_stands_under_what(kind: Kind, parent: Kind, fits: bool):
    assert may_stand_under(kind, parent) is fits


def test_facts_are_counted_where_the_tree_says():
    facts = pd.DataFrame({"authority_id": [CITY, OTHER], "unit_id": [OLD, OLD]})
    assert rehomed(facts, TREE.units(MOVE))["unit_id"].tolist() == [NEW, OLD]
    assert rehomed(facts, {}) is facts


# Units 1 to 6, cities 11 to 18 below them, counties 21 to 30 below those; then any moves on any days.
UNITS, CITIES, COUNTIES = range(1, 7), range(11, 19), range(21, 31)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LONG_AGO = date(2017, 1, 1)


@st.composite
def trees(draw: st.DrawFn) -> list[Span]:
    parents = {city: draw(st.sampled_from(UNITS)) for city in CITIES}
    parents |= {county: draw(st.sampled_from([*UNITS, *CITIES])) for county in COUNTIES}
    return [Span(child, parent, LONG_AGO) for child, parent in parents.items()]


@st.composite
def moved(draw: st.DrawFn, spans: list[Span], day: date) -> list[Span]:
    """The same with one authority moved on a day."""
    child = draw(st.sampled_from([*CITIES, *COUNTIES]))
    parent = draw(st.sampled_from(list(UNITS) if child in CITIES else [*UNITS, *CITIES]))
    old = next(span for span in spans if span.authority_id == child)
    ended = Span(child, old.parent_id, old.starts_on, day - timedelta(1))
    return [span for span in spans if span is not old] + [ended, Span(child, parent, day)]


@given(st.data(), DAYS)
def test_a_move_changes_nothing_before_its_day(data: st.DataObject, day: date):
    spans = data.draw(trees())
    before, after = Tree(tuple(spans)), Tree(tuple(data.draw(moved(spans, day))))
    earlier = day - timedelta(data.draw(st.integers(1, 400)))
    for authority_id in (*UNITS, *CITIES, *COUNTIES):
        assert before.unit_of(authority_id, earlier) == after.unit_of(authority_id, earlier)


@given(st.data(), DAYS)
def test_the_views_of_units_and_of_provinces_agree_whatever_the_tree(data: st.DataObject, day: date):
    tree = Tree(tuple(data.draw(moved(data.draw(trees()), day))))
    hosts = {unit: data.draw(st.sampled_from([None, 1, 2])) for unit in (4, 5, 6)}
    units = pd.DataFrame(
        [(unit, f"单位{unit}", f"{unit}", hosts.get(unit), True) for unit in UNITS],
        columns=["unit_id", "name", "short_name", "host_id", "reports"],
    )
    rows = [
        cell(tree.unit_of(one, day), measure_id, weight, weight * done, weight * 500, reported=reported)
        for one in (*UNITS, *CITIES, *COUNTIES)
        for measure_id in MEASURES["measure_id"]
        for weight, done, reported in [
            data.draw(st.tuples(st.integers(1, 50), st.integers(0, 1000), st.integers(0, 1)))
        ]
    ]
    each = completion_by_unit(cube(cells(*rows), units))
    provinces = completion_by_unit(cube(in_provinces(cells(*rows), units), province_units(units)))
    counted = list(COUNTS)
    assert each[counted].sum().equals(provinces[counted].sum())
    assert each[counted].sum()["tasks"] == len(rows)
    for host in (1, 2):
        own = each[(each["unit_id"] == host) | (each["host_id"] == host)][counted].sum()
        assert own.equals(provinces[provinces["unit_id"] == host][counted].sum())
