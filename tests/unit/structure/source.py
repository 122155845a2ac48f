"""Owns the product's source as the structure tests read it: files, syntax trees, functions and calls."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
PRODUCT = ("dashboard.py", "pages", "server", "db", "tracking")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*places: str) -> list[Path]:
    """Python files under these places of the tree, generated migrations left out."""
    found = [path for place in places for path in _python_files(ROOT / place)]
    return sorted(path for path in found if path.parent.name != "versions")


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    """The path as a person would name it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def functions(tree: ast.Module) -> list[Function]:
    """The functions of a module, those of its classes left out."""
    return [node for node in tree.body if isinstance(node, Function)]


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Every call in a piece of code."""
    return (found for found in ast.walk(node) if isinstance(found, ast.Call))


def name_of(call: ast.Call) -> str:
    """What is called, without what it hangs from: `permissions.check(…)` is `check`."""
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def _python_files(place: Path) -> list[Path]:
    return [place] if place.is_file() else list(place.rglob("*.py"))
