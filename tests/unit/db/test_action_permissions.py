"""Every action × every role × own authority, one above and another, as the one table of roles says."""

from itertools import product

import pytest

from db.identity import SignedIn
from db.store import Store
from tests.conftest import lend
from tests.support.action_cases import CASES, DAY, planted
from tests.support.cases import Case
from tests.support.factories import NORTH, SOUTH, at
from tests.unit.structure import source
from tracking.messages import Refusal
from tracking.permissions import REACHING_DOWN, ROLES, Reach
from tracking.vocabulary import Role

# Nobody is signed in yet when these are called; their own tests hold what they let through.
ABOVE = 0
"""Whoever is at another authority, under which the one meant stands."""
BEFORE_SIGN_IN = {"sign_in", "resolve", "count_failure"}


@pytest.fixture
def store(databases, tmp_path):
    yield from lend(databases, databases.fresh(planted, tmp_path / "data"))


def _actions() -> set[str]:
    """The actions of the nouns of `db`."""
    return {function.name for functions in source.actions().values() for function in functions}


def _expected(case: Case, role: Role, authority_id: int) -> bool:
    rule = ROLES[role]
    if case.right is None:
        return True
    reached = (NORTH, ABOVE) if case.right in REACHING_DOWN else (NORTH,)
    reaches = not case.bound or rule.reach is Reach.NATION or authority_id in reached
    return case.right in rule.rights and reaches


def _refused(store: Store, case: Case, role: Role, authority_id: int) -> bool:
    """Whether it was for want of permission; that the state did not allow it is another matter."""
    beneath = frozenset({NORTH} if authority_id == ABOVE else ())
    number, home = (1, NORTH) if authority_id == NORTH else (3, SOUTH)
    by = SignedIn(number, "某人", home, frozenset({role}), "north", beneath=beneath)
    try:
        case.action(store, by=by, **case.asked)
    except Refusal as refused:
        return refused.messages[0].key.startswith("permission.")
    return False


def test_every_action_has_its_case():
    assert {case.action.__name__ for case in CASES} | BEFORE_SIGN_IN >= _actions()
    assert _actions() >= {case.action.__name__ for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.action.__name__)
def test_an_action_is_open_to_whom_the_table_says_and_to_nobody_else(store: Store, case: Case):
    everybody = list(product(Role, (NORTH, SOUTH, ABOVE) if case.bound else (NORTH, SOUTH)))
    # Those who may come last: what they change must not stand in the way of the refusals.
    everybody.sort(key=lambda who: _expected(case, *who))
    with at(DAY):
        wrong = [
            (role.value, authority_id)
            for role, authority_id in everybody
            if _refused(store, case, role, authority_id) is _expected(case, role, authority_id)
        ]
    assert wrong == []
