"""The one door for writes: an action takes `by`, asks whether this person may, and leaves an audit event.

Where everybody may (one's own password, one's own sign-out), the docstring says "Self-service."
"""

import ast
from collections.abc import Iterable

import pytest

from tests.support.finding import some
from tests.unit.structure import source
from tests.unit.structure.source import Function

SELF_SERVICE = "Self-service."
# Nobody is signed in yet, so there is no `by`; the password is the permission.
BEFORE_SIGN_IN = {"sign_in", "count_failure"}
# Done by the server itself or by whoever runs its command line, so nobody is signed in.
BY_THE_SYSTEM = {"backup", "queue_digests", "renew", "renew_once", "restore"}


# What is called may be a class: then all its methods count as called.
Known = dict[str, Function | ast.ClassDef]
Shared = dict[str, tuple[Function | ast.ClassDef, Known]]


def faults(modules: Iterable[ast.Module]) -> list[str]:
    """What public functions of these modules leave undone; helpers of the modules count as done by the caller."""
    known = [_known(tree) for tree in modules]
    shared = {name: (own[name], own) for own in known for name in own if not name.startswith("_")}
    public = [
        (found, own)
        for name, (found, own) in shared.items()
        if isinstance(found, Function) and name not in BEFORE_SIGN_IN
    ]
    return [fault for function, own in public for fault in _faults_of(function, own, shared)]


def _known(tree: ast.Module) -> Known:
    return {node.name: node for node in tree.body if isinstance(node, Function | ast.ClassDef)}


def _faults_of(function: Function, own: Known, shared: Shared) -> list[str]:
    if (
        not source.writes(function, {name: node for name, node in own.items() if isinstance(node, Function)})
        or function.name in BY_THE_SYSTEM
    ):
        return []
    called = _called(function, own, shared)
    found = []
    if "by" not in [argument.arg for argument in function.args.kwonlyargs]:
        found.append(f"{function.name} does not take `by` as a keyword")
    if "check" not in called and SELF_SERVICE not in (ast.get_docstring(function) or ""):
        found.append(f"{function.name} does not ask whether this person may")
    if "audit" not in called:
        found.append(f"{function.name} leaves no audit event")
    return found


def _called(function: Function, own: Known, shared: Shared) -> set[str]:
    """The names of everything called, through the helpers of its module and the public ones of others."""
    names: set[str] = set()
    waiting: list[tuple[Function | ast.ClassDef, Known]] = [(function, own)]
    while waiting:
        caller, beside = waiting.pop()
        for name in map(source.name_of, source.calls(caller)):
            if name in beside and name not in names:
                waiting.append((beside[name], beside))
            elif name in shared and name not in names:
                waiting.append(shared[name])
            names.add(name)
    return names


def test_every_action_takes_by_checks_and_audits():
    modules = [source.tree_of(path) for path in source.noun_files()]
    some(source.actions(), least=30)
    assert faults(modules) == []


def test_whoever_is_exempt_is_there():
    modules = [source.tree_of(path) for path in source.noun_files()]
    named = {function.name for tree in modules for function in source.functions(tree)}
    assert (BEFORE_SIGN_IN | BY_THE_SYSTEM) - named == set()


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
