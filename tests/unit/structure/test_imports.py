"""Imports run one way; the contracts are in pyproject.toml, where each says what it keeps apart."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
    ("server/planted.py", "import xlsxwriter", "documents-know-their-libraries"),
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
    planted.write_text(code, encoding="utf-8")
    try:
        assert lint_imports(copy, "--contract", contract).returncode == 1
    finally:
        planted.unlink()


def test_nothing_imports_the_entry():
    importing = [path for path in source.files("pages", "server", "db", "tracking") if _imports_entry(path)]
    assert importing == []


def _imports_entry(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return "import dashboard" in text or "from dashboard" in text
