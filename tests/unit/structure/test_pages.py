"""A page asks for permission before anything else, and knows neither arithmetic nor colours."""

import ast
import re

import pytest

from tests.support.finding import some
from tests.unit.structure import source

SCRIPTS = some(
    path for path in source.files("pages") if path.parent.name == "pages" and path.stem != "__init__"
)
ARITHMETIC = (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)


def faults(name: str, tree: ast.Module) -> list[str]:
    """What a page does that it must not."""
    return [*_unguarded(name, tree), *_own_arithmetic(tree), *_own_colours(tree)]


def _unguarded(name: str, tree: ast.Module) -> list[str]:
    statements = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    if statements and ast.get_docstring(tree) is not None:
        statements = statements[1:]
    return (
        [] if statements and _asks_for(name, statements[0]) else ["its first act is not its permission check"]
    )


def _asks_for(name: str, statement: ast.stmt) -> bool:
    call = getattr(statement, "value", None)
    return (
        isinstance(statement, ast.Assign | ast.Expr)
        and isinstance(call, ast.Call)
        and source.name_of(call) == "require"
        and [getattr(argument, "value", None) for argument in call.args] == [name]
    )


def _own_arithmetic(tree: ast.Module) -> list[str]:
    return [
        f"line {node.lineno} calculates: that belongs in tracking"
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ARITHMETIC) and not _is_text(node.left)
    ]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)


def _own_colours(tree: ast.Module) -> list[str]:
    return [
        f"line {node.lineno} names a colour: that belongs in tracking"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and re.fullmatch(r"#[0-9a-fA-F]{3,8}", str(node.value))
    ]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_page_asks_first_and_leaves_rules_to_others(script):
    assert faults(script.stem, source.tree_of(script)) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('"""Says."""\nimport streamlit as st\nst.title("x")\nby = require("planted")', 1),
        ('by = require("another_page")', 1),
        ("", 1),
        ('by = require("planted")\nshare = done / total', 1),
        ('by = require("planted")\ncolour = "#1F4E8C"', 1),
        ('"""Says."""\nimport streamlit as st\nby = require("planted")\nst.title("x")', 0),
        ('require("planted")\nwhere = "%s" % place', 0),
    ],
)
def test_a_planted_page_is_judged(code, found):
    assert len(faults("planted", ast.parse(code))) == found


SAVING = {"once_per_click", "form_token", "use", "saved"}
ONE_WAY = {"pages/shared/forms.py", "pages/shared/form_drafts.py", "pages/shared/once_per_click.py"}


def saving(tree: ast.Module) -> set[str]:
    """What of the mechanism of a save a module calls by itself."""
    return {source.name_of(call) for call in source.calls(tree)} & SAVING


def test_there_is_one_way_to_save_on_a_page():
    found = {source.short(path): saving(source.tree_of(path)) for path in source.files("pages")}
    assert {path for path, calls in found.items() if calls} == ONE_WAY


def test_another_way_to_save_is_caught():
    code = "def save(store):\n    once_per_click().do('token', lambda: act(store), 'done')\n    saved('done')"
    assert saving(ast.parse(code)) == {"once_per_click", "saved"}
