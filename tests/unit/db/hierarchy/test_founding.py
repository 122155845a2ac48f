"""Founding, naming and splitting authorities: from a day on, with everything before left as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.figures import summaries
from db.hierarchy.actions import list_authority, rename_authority
from db.hierarchy.founding_actions import found_authority, split_authority
from db.hierarchy.queries import (
    authority_counts,
    children_frame,
    names_frame,
    places_frame,
)
from db.reference.queries import reporting_units, units_frame
from db.store import NotFound, Store
from db.tables import Authority
from tests.conftest import lend
from tests.support.changing_units import (
    CITY,
    COUNCIL,
    EAST,
    LATER,
    SPRING,
    SUMMER,
    country,
    do,
    found,
    tasks_by_unit,
    units_on,
    why_not,
)
from tests.support.factories import (
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    TOWN,
    at,
    people,
)
from tests.support.trail import last_event, refusal_of, row
from tracking.founding import NO_REGION, Founding
from tracking.vocabulary import AuthorityKind


@pytest.fixture
def store(databases, tmp_path):
    for opened in lend(databases, databases.fresh(country, tmp_path / "data")):
        with at(SUMMER):
            yield opened


def rename(store: Store, authority_id: int = NORTH, **asked) -> None:
    named = row(store, Authority, authority_id)
    called = {"name": named.name, "short_name": named.short_name, "kind": named.kind}
    do(rename_authority, store, authority_id=authority_id, **(called | asked))


def name_on(store: Store, on: date, authority_id: int = NORTH) -> str:
    return str(units_frame(store, on=on).set_index("unit_id")["short_name"][authority_id])


def test_a_founded_unit_counts_from_its_day_on_and_not_before(store):
    key = found(store, starts_on=LATER)
    assert key not in units_on(store)
    assert units_on(store, LATER) == [NORTH, SOUTH, EAST, key]
    founded = row(store, Authority, key)
    assert (founded.official_order, founded.region_seven, founded.code_standard) == (
        5,
        NO_REGION,
        "customary",
    )
    event = last_event(store)
    assert (event.action, event.detail["reason"]) == ("found_authority", "机构改革")
    with at(LATER), store.read() as session:
        assert reporting_units(session)[key] == "某行业贸促"
    assert authority_counts(store, on=LATER)[AuthorityKind.CCPIT_INDUSTRY] == 1


def test_a_city_is_founded_below_its_province_in_its_region(store):
    key = found(store, CITY, parent_id=NORTH)
    assert row(store, Authority, key).region_seven == "华北"
    assert children_frame(store, authority_id=NORTH, on=SUMMER)["authority_id"].tolist() == [SOUTH, TOWN, key]
    assert key not in units_on(store), "it reports through its province"


def test_a_local_council_may_be_added_to_its_province(store):
    local = Founding("CCPIT-N", "北省贸促会", "北省贸促会", AuthorityKind.CCPIT_LOCAL, tile_row=3, tile_col=4)
    key = found(store, local, parent_id=NORTH)
    unit = next(units_frame(store).query(f"unit_id == {key}").itertuples())
    assert (unit.host_id, unit.tile_row, unit.tile_col) == (NORTH, 3, 4)


@pytest.mark.parametrize(
    ("changed", "asked", "why"),
    [
        ({"code": "40000"}, {}, "hierarchy.code_taken"),
        ({"code": "四"}, {}, "hierarchy.code_malformed"),
        ({"name": "北省主管部门"}, {}, "hierarchy.name_taken"),
        ({"name": " "}, {}, "validation.required"),
        ({"official_order": 1}, {}, "hierarchy.order_taken"),
        ({"official_order": 0}, {}, "hierarchy.order_out_of_range"),
        ({"tile_row": 1}, {}, "hierarchy.tile_out_of_range"),
        ({"region_seven": "华外"}, {}, "hierarchy.region_unknown"),
        ({"region_four": "海外"}, {}, "hierarchy.region_unknown"),
        ({"kind": AuthorityKind.CITY}, {}, "hierarchy.parent_needed"),
        (
            {"kind": AuthorityKind.CITY, "tile_row": 1, "tile_col": 1},
            {"parent_id": NORTH},
            "hierarchy.tile_of_units",
        ),
        ({"kind": AuthorityKind.COUNTY}, {"parent_id": 9}, "store.not_found"),
        ({"kind": AuthorityKind.NOT_COVERED}, {}, "hierarchy.kind_not_covered"),
        ({}, {"parent_id": NORTH}, "hierarchy.not_hosted"),
        ({"kind": AuthorityKind.CCPIT_LOCAL}, {"parent_id": SOUTH}, "hierarchy.does_not_fit"),
        ({"kind": AuthorityKind.CITY}, {"parent_id": TOWN}, "hierarchy.does_not_fit"),
        ({}, {"starts_on": SUMMER - timedelta(1)}, "hierarchy.in_the_past"),
        ({}, {"reason": ""}, "validation.required"),
    ],
)
def test_a_founding_that_cannot_be_is_refused(store, changed, asked, why):
    founding = replace(COUNCIL, **changed)
    assert why_not(found_authority, store, founding=founding, **asked) == [why]


def test_a_national_code_is_that_of_its_province(store):
    with store.write(None) as tx:
        tx.session.get_one(Authority, NORTH).code = "330000"
        tx.audit("plant", tx.session.get_one(Authority, NORTH))
    wrong = replace(CITY, code="320100")
    assert why_not(found_authority, store, founding=wrong, parent_id=NORTH) == [
        "hierarchy.code_of_other_province"
    ]
    assert (
        row(store, Authority, found(store, replace(CITY, code="330100"), parent_id=NORTH)).code_standard
        == "GB/T 2260"
    )


def test_no_two_units_share_a_tile(store):
    tile = {"tile_row": 2, "tile_col": 2}
    found(store, replace(COUNCIL, **tile))
    other = replace(COUNCIL, code="CCPIT-2", name="另一贸促会", **tile)
    assert why_not(found_authority, store, founding=other) == ["hierarchy.tile_taken"]


def test_a_name_holds_from_its_day_on_and_earlier_days_keep_theirs(store):
    rename(store, name="北方省主管部门", short_name="北方省", starts_on=LATER)
    assert (name_on(store, SPRING), name_on(store, SUMMER), name_on(store, LATER)) == (
        "北省",
        "北省",
        "北方省",
    )
    assert row(store, Authority, NORTH).short_name == "北省", "its day has not come"
    with at(LATER):
        summaries.keep_current(store)
        assert row(store, Authority, NORTH).short_name == "北方省"
        assert name_on(store, SUMMER) == "北省"
    assert names_frame(store, authority_id=NORTH)["short_name"].tolist() == ["北方省", "北省"]


def test_a_name_entered_wrongly_today_is_put_right_today(store):
    rename(store, short_name="背省")
    rename(store, short_name="北方")
    assert (name_on(store, SPRING), name_on(store, SUMMER)) == ("北省", "北方")
    assert why_not(
        rename_authority,
        store,
        authority_id=NORTH,
        name="北省主管部门",
        short_name="北省",
        kind=AuthorityKind.PROVINCE,
    ) == ["hierarchy.unchanged"]
    assert len(names_frame(store, authority_id=NORTH)) == 2


def test_who_is_founded_today_is_renamed_today(store):
    key = found(store)
    rename(store, key, short_name="新名")
    assert name_on(store, SUMMER, key) == "新名"
    assert len(names_frame(store, authority_id=key)) == 1


def test_a_city_on_its_own_may_become_a_province_and_no_city_below_it_a_unit(store):
    asked = {"name": "南省主管部门", "short_name": "南省"}
    fits = ["hierarchy.kind_does_not_fit"]
    assert (
        why_not(rename_authority, store, authority_id=SOUTH, kind=AuthorityKind.PROVINCE, **asked) == fits
    ), "hosted"
    assert why_not(rename_authority, store, authority_id=TOWN, kind=AuthorityKind.PROVINCE, **asked) == fits
    assert why_not(rename_authority, store, authority_id=NORTH, kind=AuthorityKind.XPCC, **asked) == fits, (
        "it hosts"
    )
    rename(store, TOWN, kind=AuthorityKind.COUNTY)
    rename(store, SOUTH, kind=AuthorityKind.XPCC)
    rename(store, EAST, kind=AuthorityKind.CCPIT_DEPARTMENT)
    assert row(store, Authority, SOUTH).kind is AuthorityKind.XPCC


def test_where_a_unit_is_listed_changes_at_once(store):
    asked = {
        "by": people().administrator,
        "authority_id": NORTH,
        "region_seven": "华东",
        "region_four": "东部",
    }
    list_authority(store, **asked, official_order=7, tile_row=1, tile_col=2)
    assert units_on(store) == [SOUTH, EAST, NORTH]
    refused = refusal_of(list_authority, store, **asked, official_order=2)
    assert refused.messages[0].key == "hierarchy.order_taken"


def test_a_split_takes_some_of_those_beneath_along(store):
    split = replace(
        COUNCIL, code="6", name="北二省主管部门", short_name="北二省", kind=AuthorityKind.PROVINCE
    )
    key = do(split_authority, store, authority_id=NORTH, founding=split, moving=[TOWN])
    assert places_frame(store, authority_id=TOWN)["parent_name"].tolist() == [
        "北二省主管部门",
        "北省主管部门",
    ]
    assert tasks_by_unit(store, SECOND_QUARTER) == {NORTH: 1}, "its own tasks stay with it"
    below = do(split_authority, store, authority_id=TOWN, founding=CITY, moving=[])
    assert children_frame(store, authority_id=key, on=SUMMER)["authority_id"].tolist() == [TOWN, below]
    refused = refusal_of(do, split_authority, store, authority_id=EAST, founding=split, moving=[TOWN])
    assert isinstance(refused, NotFound)
