"""Tests wait by the bounds of tests/support/patience.py, so that none fails for a slow machine."""

import ast

import pytest

from tests.unit.structure import source

# Nothing is waited for there: pictures fade in.
PAUSES = {"tests/e2e/pictures.py"}
BOUNDS = ("timeout", "default_timeout", "deadline")
WAITS = {"wait", "join", "wait_for_timeout", "set_default_timeout"}


def own_bounds(tree: ast.AST) -> list[int]:
    """The lines where something is waited for by a figure of its own."""
    return [call.lineno for call in source.calls(tree) if any(map(_is_figure, _bounds_of(call)))]


def _bounds_of(call: ast.Call) -> list[ast.expr]:
    named = [given.value for given in call.keywords if given.arg in BOUNDS]
    return named + (call.args[:1] if source.name_of(call) in WAITS else [])


def _is_figure(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def test_no_test_has_a_bound_of_its_own_on_waiting():
    paths = [path for path in source.files("tests") if "bench" not in path.parts]
    assert len(paths) > 200
    found = {source.short(path): own_bounds(source.tree_of(path)) for path in paths}
    assert {name: lines for name, lines in found.items() if lines and name not in PAUSES} == {}


@pytest.mark.parametrize(
    "code",
    [
        "run(command, timeout=60)",
        "process.wait(10)",
        "thread.join(2.5)",
        "page.wait_for_timeout(300)",
        "AppTest(default_timeout=3)",
    ],
)
def test_a_planted_bound_is_caught(code):
    assert own_bounds(ast.parse(code)) == [1]


@pytest.mark.parametrize("code", ["run(command, timeout=SECONDS)", "process.wait()", "' '.join(words)"])
def test_a_bound_of_all_tests_is_not(code):
    assert own_bounds(ast.parse(code)) == []
