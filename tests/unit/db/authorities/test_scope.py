from datetime import date

import pytest

from db.authorities.scope import NATION, NOBODY, authorities_under, scope_of
from db.identity import SignedIn
from db.store import Store
from db.tables import Authority, AuthorityParent
from tests.support.factories import NORTH, SOUTH, TOWN, YEAR, at, small_country
from tracking.vocabulary import AuthorityKind, Relation, Role


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def _by(*roles: Role, authority_id: int | None = NORTH) -> SignedIn:
    return SignedIn(1, "某人", authority_id, frozenset(roles), "somebody")


def _village(store: Store) -> int:
    """A county below the town, until the end of March."""
    with store.write(None) as tx:
        village = tx.add(
            Authority(code="9", code_standard="t", name="县", short_name="县", kind=AuthorityKind.COUNTY)
        )
        parent = AuthorityParent(
            authority_id=village.id,
            parent_id=TOWN,
            relation=Relation.PART_OF,
            starts_on=date(YEAR, 1, 1),
            ends_on=date(YEAR, 3, 31),
        )
        tx.audit("plant", tx.add(parent))
        return village.id


@pytest.mark.parametrize("role", [Role.REPORTING_OFFICER, Role.SIGNATORY])
def test_a_unit_sees_itself_and_what_is_part_of_it_but_not_whom_it_hosts(store, role):
    assert scope_of(store, _by(role)).authority_ids == {NORTH, TOWN}
    assert scope_of(store, _by(role, authority_id=TOWN)).authority_ids == {TOWN}
    assert scope_of(store, _by(role, authority_id=SOUTH)).authority_ids == {SOUTH}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEADERSHIP])
def test_the_working_group_and_leadership_see_everything(store, role):
    assert scope_of(store, _by(role, authority_id=None)).authority_ids is None
    assert scope_of(store, _by(role, Role.REPORTING_OFFICER)).authority_ids is None


def test_drafts_are_seen_by_whom_they_come_in_through_and_all_else_unsent_by_its_authority_only(store):
    unit = scope_of(store, _by(Role.SIGNATORY))
    assert [unit.covers_drafts(authority) for authority in (NORTH, TOWN, SOUTH)] == [True, True, False]
    assert [unit.covers_own(authority) for authority in (NORTH, TOWN, SOUTH)] == [True, False, False]
    member = scope_of(store, _by(Role.MEMBER))
    assert (member.covers(NORTH), member.covers_drafts(NORTH), member.covers_own(NORTH)) == (
        True,
        False,
        False,
    )
    assert scope_of(store, _by(Role.MEMBER, Role.SIGNATORY)).covers_drafts(NORTH)
    assert NATION.covers_drafts(NORTH)
    assert NATION.covers_own(NORTH)


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR]
)
def test_an_administrator_sees_no_business_text(store, role):
    assert scope_of(store, _by(role)) == NOBODY


def test_a_unit_role_without_an_authority_and_no_role_at_all_see_nothing(store):
    assert scope_of(store, _by(Role.SIGNATORY, authority_id=None)) == NOBODY
    assert scope_of(store, _by()) == NOBODY


def test_the_tree_is_followed_to_the_bottom_as_it_stands_on_the_day(store):
    village = _village(store)
    assert scope_of(store, _by(Role.SIGNATORY)).authority_ids == {NORTH, TOWN, village}
    with at(date(YEAR, 4, 1)):
        assert scope_of(store, _by(Role.SIGNATORY)).authority_ids == {NORTH, TOWN}
    with store.read() as session:
        assert authorities_under(session, NORTH, on=date(1999, 12, 31)) == {NORTH}


def test_a_circle_entered_by_mistake_ends(store):
    with store.write(None) as tx:
        circle = AuthorityParent(
            authority_id=NORTH, parent_id=TOWN, relation=Relation.PART_OF, starts_on=date(2000, 1, 1)
        )
        tx.audit("plant", tx.add(circle))
    assert scope_of(store, _by(Role.SIGNATORY)).authority_ids == {NORTH, TOWN}
