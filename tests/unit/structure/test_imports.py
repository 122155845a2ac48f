"""Imports run one way; the contracts are in pyproject.toml, where each says what it keeps apart."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.finding import some
from tests.unit.structure import source

PLANTED = [
    ("tracking/planted.py", "import streamlit", "tracking-is-plain"),
    ("tracking/planted.py", "import sqlalchemy", "tracking-is-plain"),
    ("tracking/planted.py", "import db.clock", "one-way"),
    ("db/planted.py", "import streamlit", "db-has-no-screen"),
    ("db/planted.py", "import server", "one-way"),
    ("pages/planted.py", "from sqlalchemy import select", "pages-have-no-sql"),
    ("pages/planted.py", "import server", "one-way"),
    ("server/planted.py", "import pages", "one-way"),
    ("server/commands/planted.py", "from sqlmodel import select", "server-has-no-sql"),
    ("server/planted.py", "import sqlalchemy.exc", "server-has-no-sql"),
    ("server/planted.py", "import xlsxwriter", "documents-know-their-libraries"),
    ("db/plans/planted.py", "import db.updates.queries", "nouns-have-floors"),
    ("db/tasks/planted.py", "import db.thresholds.queries", "nouns-have-floors"),
    ("db/moves/queries.py", "import db.plans.actions", "reads-do-not-write"),
    ("pages/shared/planted.py", "import pages.parts.plans.list", "shared-knows-no-parts"),
]


def lint_imports(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_imports_run_one_way():
    linted = lint_imports(source.ROOT)
    assert linted.returncode == 0, linted.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    shutil.copy(source.ROOT / "pyproject.toml", folder)
    for place in ("pages", "server", "db", "tracking"):
        shutil.copytree(source.ROOT / place, folder / place)
    return folder


@pytest.mark.parametrize(("path", "code", "contract"), PLANTED)
def test_a_planted_bad_import_is_caught(copy: Path, path: str, code: str, contract: str):
    planted = copy / path
    before = planted.read_text(encoding="utf-8") if planted.exists() else None
    planted.write_text(f"{before or ''}\n{code}\n", encoding="utf-8")
    try:
        assert lint_imports(copy, "--contract", contract).returncode == 1
    finally:
        planted.unlink() if before is None else planted.write_text(before, encoding="utf-8")


def test_what_screens_are_made_of_imports_no_screen():
    screens = {path.stem for path in some(source.ROOT.glob("pages/*.py"), least=30)} - {"__init__"}
    making = some(source.files("pages/parts", "pages/shared"), least=100)
    assert [source.short(path) for path in making if _imports_screen(source.tree_of(path), screens)] == []


@pytest.mark.parametrize(
    "code", ["import pages.home", "from pages import home", "from pages.home import title"]
)
def test_a_planted_import_of_a_screen_is_caught(code: str):
    assert _imports_screen(ast.parse(code), {"home"})


def _imports_screen(tree: ast.Module, screens: set[str]) -> bool:
    return any(name.split(".")[:1] == ["pages"] and name.split(".")[1] in screens for name in _imported(tree))


def _imported(tree: ast.Module) -> list[str]:
    """Every dotted name that a module imports, with what it takes from it."""
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    taken = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    return [name for name in plain + taken if "." in name]


def test_nothing_imports_the_entry():
    importing = [path for path in source.files("pages", "server", "db", "tracking") if _imports_entry(path)]
    assert importing == []


def _imports_entry(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return "import dashboard" in text or "from dashboard" in text
