"""A test that looks for what it judges fails where it finds nothing: it says `some(…)`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.finding import some
from tests.unit.structure import source

TESTS = ("tests/unit", "tests/app", "tests/e2e", "tests/support")
# What looks into a folder and gives nothing for an empty one. `source.files` says `some` itself.
LOOKING = {"glob", "rglob", "iterdir", "listdir", "scandir"}


def bare_looks(tree: ast.AST) -> list[int]:
    """The lines on which something is done for each file of a folder, though there may be none."""
    return [
        found.lineno for found in map(_first_call, _loops(tree)) if found and source.name_of(found) in LOOKING
    ]


def _loops(tree: ast.AST) -> Iterator[ast.expr]:
    return (node.iter for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension))


def _first_call(looped: ast.expr) -> ast.Call | None:
    """What gives the things that are looped over; an order put on them adds none."""
    if not isinstance(looped, ast.Call):
        return None
    return _first_call(looped.args[0]) if source.name_of(looped) in {"sorted", "list", "set"} else looped


def test_no_test_loops_over_a_folder_that_may_be_empty():
    found = {source.short(path): bare_looks(source.tree_of(path)) for path in source.files(*TESTS)}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("for path in folder.glob('*.po'): check(path)", [1]),
        ("assert [path for path in sorted(folder.rglob('*')) if bad(path)] == []", [1]),
        ("assert all(good(path) for path in folder.iterdir())", [1]),
        ("for path in some(folder.glob('*.po')): check(path)", []),
        ("assert not list(folder.glob('*.tmp'))", []),
    ],
)
def test_a_planted_look_is_judged(code: str, lines: list[int]):
    assert bare_looks(ast.parse(code)) == lines


def test_nothing_found_is_a_fault(tmp_path: Path):
    with pytest.raises(AssertionError, match="0 found"):
        some(tmp_path.glob("*.py"))
    with pytest.raises(AssertionError, match="1 found where a test looks for 2"):
        some(["one"], least=2)
    assert some(iter(["one"])) == ["one"]


def test_a_place_of_the_tree_that_holds_nothing_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "db").mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "home.py").touch()
    monkeypatch.setattr(source, "ROOT", tmp_path)
    assert source.files("pages") == [tmp_path / "pages" / "home.py"]
    for places in (("db",), ("pages", "db"), ("moved_away",)):
        with pytest.raises(AssertionError):
            source.files(*places)


def test_no_cases_is_no_test(pytestconfig: pytest.Config):
    assert pytestconfig.getini("empty_parameter_set_mark") == "fail_at_collect"
