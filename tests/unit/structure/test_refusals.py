"""Refusals travel one way: they are raised, and never handed back beside what was asked for."""

import ast

import pytest

from tests.unit.structure import source

RETURNED = {"Refusal", "NotFound", "Conflict"}


def giving_refusals(tree: ast.Module) -> list[str]:
    """Functions that may give a refusal instead of raising it."""
    found = (node for node in ast.walk(tree) if isinstance(node, source.Function) and node.returns)
    return [function.name for function in found if RETURNED & _names_in(function.returns)]


def _names_in(annotation: ast.expr | None) -> set[str]:
    return {node.id for node in ast.walk(annotation or ast.Constant(None)) if isinstance(node, ast.Name)}


def test_no_function_gives_a_refusal_back():
    files = source.files("server", "db", "tracking")
    assert len(files) > 300
    found = {source.short(path): giving_refusals(source.tree_of(path)) for path in files}
    assert {name: functions for name, functions in found.items() if functions} == {}


@pytest.mark.parametrize(
    "returns", ["Refusal | None", "list[int | Refusal]", "dict[Keys, Opening | Refusal]", "Conflict"]
)
def test_a_planted_refusal_among_values_is_caught(returns: str):
    assert giving_refusals(ast.parse(f"def save(store) -> {returns}: ...")) == ["save"]
