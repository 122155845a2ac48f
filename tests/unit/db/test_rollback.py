"""A write that fails after it was audited takes everything with it: the change and its audit event."""

from contextlib import suppress

import pytest

from db.identity import SignedIn
from db.store import Store, Transaction
from tests.conftest import lend
from tests.support.action_cases import CASES, DAY, planted
from tests.support.cases import Case
from tests.support.factories import NORTH, at
from tests.support.trail import everything
from tracking.messages import Refusal
from tracking.permissions import holders_of
from tracking.vocabulary import Role


class Interrupted(Exception):
    """What ends the write just after its event was written."""


@pytest.fixture
def store(databases, tmp_path):
    yield from lend(databases, databases.fresh(planted, tmp_path / "data"))


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The actions whose event had been written when the write was interrupted."""
    audit, names = Transaction.audit, []

    def audit_and_fail(self, action, *arguments, **detail):
        audit(self, action, *arguments, **detail)
        self.session.flush()
        names.append(action)
        raise Interrupted

    monkeypatch.setattr(Transaction, "audit", audit_and_fail)
    return names


def someone(case: Case) -> SignedIn:
    """Who may do what this case does."""
    role = holders_of(case.right)[0] if case.right else Role.REPORTING_OFFICER
    return SignedIn(1, "某人", NORTH, frozenset({role}), "north")


def test_an_interrupted_write_of_any_action_leaves_nothing(store: Store, interrupted):
    before = everything(store)
    left = []
    for case in CASES:
        # Some are refused by the state they meet: nothing may be left of those either.
        with at(DAY), suppress(Refusal, Interrupted):
            case.action(store, by=someone(case), **case.asked)
        if everything(store) != before:
            left.append(case.action.__name__)
    assert left == []
    assert len(interrupted) > len(CASES) // 2
