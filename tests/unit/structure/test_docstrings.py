"""A module's docstring says what the module holds, without a ritual beginning."""

import ast

import pytest

from tests.unit.structure import source

RITUALS = ("Owns ", "This module", "Module ", "Contains ")


def is_ritual(tree: ast.Module) -> bool:
    return (ast.get_docstring(tree) or "").startswith(RITUALS)


def test_no_module_head_begins_with_a_ritual():
    paths = source.files(*source.PRODUCT, "tests")
    assert len(paths) > 500
    assert [source.short(path) for path in paths if is_ritual(source.tree_of(path))] == []


@pytest.mark.parametrize(
    ("head", "found"), [("Owns the ledger.", True), ("The ledger: one line a task.", False), ("", False)]
)
def test_a_planted_head_is_judged(head, found):
    assert is_ritual(ast.parse(f'"""{head}"""')) is found
