"""The Makefile's own install step: it takes what the lock pins, whatever else has been published since.

Tried on a copy of the Makefile in a folder with spaces in its name, with an index of wheels made here.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.wheels import Release
from tests.unit.structure.source import ROOT

# Each stamp, its lock, and the extra as a lock with and without extras has it.
STAMPS = [("runtime", "requirements.lock", ""), ("develop", "requirements-dev.lock", "fast")]
ASKER = Release("asker", "1.0", needs=("carrier[fast]>=1",))
CARRIER = Release("carrier", "1.0", needs=("helper; extra == 'fast'",), extras=("fast",))
NEWER = Release("carrier", "2.0", needs=("helper; extra == 'fast'",), extras=("fast",))
OLDER = Release("carrier", "0.9")
HELPER = Release("helper", "1.0")
PINNED = {"asker==1.0", "carrier==1.0", "helper==1.0"}
# From here on pip itself looks at the pinned release of an extra first.
MENDED_PIP = (23, 3)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder index that also holds a release newer than what is locked."""
    folder = tmp_path_factory.mktemp("index")
    for release in (ASKER, OLDER, CARRIER, NEWER, HELPER):
        release.publish(folder)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the Makefile has made the environment, with nothing in it yet."""
    folder = tmp_path_factory.mktemp("made by make")
    shutil.copy(ROOT / "Makefile", folder)
    make(folder, ".venv/bin/python").check_returncode()
    return folder


@pytest.fixture
def tree(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(made, tmp_path / "a tree of one's own", symlinks=True)


def make(folder: Path, *asked: str, index: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What the Makefile does there: pip knows no other index and no settings of this machine."""
    settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
    settings |= {"PIP_FIND_LINKS": index.as_uri()} if index else {}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "MAKE"))}
    command = ["make", f"PYTHON={sys.executable}", *asked]
    return subprocess.run(
        command, cwd=folder, env=kept | settings, capture_output=True, text=True, check=False
    )


def python(folder: Path, *arguments: str) -> str:
    """What the environment's own Python prints."""
    command = [folder / ".venv/bin/python", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def installed(folder: Path) -> set[str]:
    """Every release in the environment but pip and its like."""
    code = (
        "from importlib.metadata import distributions as d; print(*(f'{x.name}=={x.version}' for x in d()))"
    )
    return {
        found for found in python(folder, "-c", code).split() if not found.startswith(("pip=", "setuptools="))
    }


def lock_in(folder: Path, lock: str, *lines: str) -> None:
    (folder / lock).write_text("".join(lines))


def resolving(folder: Path) -> str:
    """The Makefile's own options of the install step as they were before: pip resolves what is locked."""
    (options,) = re.findall(r"^AS_LOCKED := (.*)$", make(folder, "-pn", "help").stdout, re.MULTILINE)
    assert "--no-deps" in options
    return "AS_LOCKED=" + options.replace("--no-deps", "")


@pytest.mark.parametrize(("stamp", "lock", "extra"), STAMPS)
def test_what_is_locked_is_installed_though_something_newer_is_there(tree, index, stamp, lock, extra):
    lock_in(tree, lock, ASKER.pinned(index), CARRIER.pinned(index, extra), HELPER.pinned(index))
    done = make(tree, f".venv/{stamp}", index=index)
    assert done.returncode == 0, done.stderr
    assert installed(tree) == PINNED
    again = make(tree, f".venv/{stamp}")
    assert (again.returncode, "up to date" in again.stdout) == (0, True), (
        "without an index nothing is asked for"
    )


def test_the_way_it_was_before_fails_on_the_newer_release(tree, index):
    if tuple(map(int, python(tree, "-m", "pip", "--version").split()[1].split(".")[:2])) >= MENDED_PIP:
        pytest.skip("this pip looks at the pinned release first")
    lock_in(tree, "requirements.lock", ASKER.pinned(index), CARRIER.pinned(index), HELPER.pinned(index))
    done = make(tree, ".venv/runtime", resolving(tree), index=index)
    assert (done.returncode, "carrier-2.0" in done.stderr) == (2, True), done.stderr
    assert installed(tree) == set()
    assert not (tree / ".venv/runtime").exists()


@pytest.mark.parametrize(
    ("locked", "told"),
    [
        ((ASKER, HELPER), "asker 1.0 requires carrier, which is not installed"),
        ((ASKER, OLDER, HELPER), "asker 1.0 has requirement carrier[fast]>=1"),
    ],
)
def test_a_lock_that_is_not_whole_is_installed_unresolved_and_then_refused(tree, index, locked, told):
    lock_in(tree, "requirements.lock", *(release.pinned(index) for release in locked))
    done = make(tree, ".venv/runtime", index=index)
    assert (done.returncode, told in done.stdout) == (2, True), done.stdout + done.stderr
    assert installed(tree) == {f"{release.name}=={release.version}" for release in locked}
    assert not (tree / ".venv/runtime").exists()


@pytest.mark.parametrize(
    ("hashed", "told"),
    [("", "Hashes are required"), (f" --hash=sha256:{'0' * 64}", "DO NOT MATCH THE HASHES")],
)
def test_what_does_not_have_a_locked_hash_is_refused(tree, index, hashed, told):
    lock_in(tree, "requirements.lock", f"helper==1.0{hashed}\n")
    done = make(tree, ".venv/runtime", index=index)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert installed(tree) == set()


def test_fonts_browser_and_office_suite_are_there_before_the_first_test():
    dry = make(ROOT, "-n", "test").stdout
    (first,) = re.findall(r"-m pytest tests/unit .*", dry)
    before = dry[: dry.index(first)]
    for needed in ("support.machine", "support.fonts", "e2e.install_browser", "support.office"):
        assert f"-m tests.{needed}\n" in before
    assert "requirements-dev.lock" not in dry[dry.index("tests.support.machine") :]
