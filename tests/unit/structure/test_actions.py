"""The one door for writes: an action takes `by`, asks whether this person may, and leaves an audit event.

Where everybody may (one's own password, one's own sign-out), the docstring says "Self-service."
"""

import ast
from collections.abc import Iterable

import pytest

from tests.unit.structure import source
from tests.unit.structure.source import Function

SELF_SERVICE = "Self-service."
# Nobody is signed in yet, so there is no `by`; the password is the permission.
BEFORE_SIGN_IN = {"sign_in", "count_failure"}


def faults(modules: Iterable[ast.Module]) -> list[str]:
    """What public functions of these modules leave undone; helpers of the modules count as done by the caller."""
    trees = list(modules)
    known = {function.name: function for tree in trees for function in source.functions(tree)}
    public = [known[name] for name in known if not name.startswith("_") and name not in BEFORE_SIGN_IN]
    return [fault for function in public for fault in _faults_of(function, known)]


def _faults_of(function: Function, known: dict[str, Function]) -> list[str]:
    called = _called(function, known)
    if "write" not in called:
        return []
    found = []
    if "by" not in [argument.arg for argument in function.args.kwonlyargs]:
        found.append(f"{function.name} does not take `by` as a keyword")
    if "check" not in called and SELF_SERVICE not in (ast.get_docstring(function) or ""):
        found.append(f"{function.name} does not ask whether this person may")
    if "audit" not in called:
        found.append(f"{function.name} leaves no audit event")
    return found


def _called(function: Function, known: dict[str, Function]) -> set[str]:
    """The names of everything called, through the helpers as well."""
    names: set[str] = set()
    waiting = [function]
    while waiting:
        for call in source.calls(waiting.pop()):
            name = source.name_of(call)
            if name in known and name not in names:
                waiting.append(known[name])
            names.add(name)
    return names


def test_every_action_takes_by_checks_and_audits():
    assert faults(map(source.tree_of, source.files("db/actions"))) == []


GOOD = """
def close_period(store, *, by, period_id):
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_PERIODS)
        _close(tx, period_id)

def _close(tx, period_id):
    tx.audit("close_period", tx.load(ReportingPeriod, period_id))
"""


@pytest.mark.parametrize(
    ("line", "instead", "fault"),
    [
        ("*, by, period_id", "*, period_id, by=None", None),
        ("*, by, period_id", "by, period_id", "close_period does not take `by` as a keyword"),
        (
            "permissions.check(by, Right.MANAGE_PERIODS)",
            "pass",
            "close_period does not ask whether this person may",
        ),
        ("    with store", '    """Close it. Self-service."""\n    with store', None),
        ("tx.audit(", "print(", "close_period leaves no audit event"),
    ],
)
def test_a_planted_action_is_judged(line, instead, fault):
    assert faults([ast.parse(GOOD)]) == []
    assert faults([ast.parse(GOOD.replace(line, instead))]) == ([fault] if fault else [])
