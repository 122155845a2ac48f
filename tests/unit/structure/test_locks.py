"""The locks are whole: they are installed without resolving, so whatever is missing in them would be missing."""

import re
import tomllib

import pytest

from tests.unit.structure import source
from tests.unit.structure.locks import environments, holes, known, locked_in
from tests.unit.structure.test_outside import hosts_in

LOCKS = ("requirements.lock", "requirements-dev.lock")


def read(name: str) -> str:
    return (source.ROOT / name).read_text(encoding="utf-8")


def runtime() -> list[str]:
    """What the product runs on, as requirements.txt asks for it."""
    lines = (line.partition("#")[0].strip() for line in read("requirements.txt").splitlines())
    return [line for line in lines if line]


def development() -> list[str]:
    """What its tests and tools need besides."""
    return list(tomllib.loads(read("pyproject.toml"))["dependency-groups"]["dev"])


ASKED = {"requirements.lock": runtime(), "requirements-dev.lock": runtime() + development()}


@pytest.mark.parametrize("environment", environments(), ids=lambda found: " ".join(found.values()))
@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_whatever_it_asks_for_with_the_extras(lock, environment):
    locked = locked_in(read(lock), environment)
    assert len(known(locked)) >= len(locked) - 2, "what is not installed here is not looked at"
    assert len(locked) > len(ASKED[lock]) > 20
    assert holes(locked, ASKED[lock], environment) == []


@pytest.mark.parametrize(
    ("line", "instead", "hole"),
    [
        (r"^starlette==", "another==", "the project asks for starlette=="),
        (r"^greenlet==", "another==", "playwright asks for greenlet"),
        (r"^coverage\[toml\]==", "coverage==", "pytest-cov asks for coverage[toml]"),
        (r"^psycopg-binary==", "another==", "psycopg asks for psycopg-binary"),
        (r"^pytest==\S+", "pytest==1.0", "the project asks for pytest>="),
    ],
)
def test_a_hole_in_a_lock_is_found(line, instead, hole):
    broken, times = re.subn(line, instead, read("requirements-dev.lock"), flags=re.MULTILINE)
    assert times == 1
    environment = environments()[0]
    found = holes(locked_in(broken, environment), ASKED["requirements-dev.lock"], environment)
    assert any(told.startswith(hole) for told in found), found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_line_by_hash_and_names_no_place(lock):
    text = read(lock)
    lines = re.findall(r"^\w.*", text, re.MULTILINE)
    assert lines == re.findall(r"^(\w\S*==.*\\)\n\s+--hash=sha256:", text, re.MULTILINE)
    assert hosts_in(text) == set()
    assert re.findall(r"(?:file:|--index-url|--find-links|/home|/root).*", text) == []


def test_both_locks_pin_the_same_releases():
    for environment in environments():
        product, tools = (locked_in(read(lock), environment) for lock in LOCKS)
        assert {name: str(tools[name]) for name in product} == {name: str(product[name]) for name in product}


def test_streamlit_and_starlette_are_pinned_together():
    pinned = {line.partition("==")[0] for line in runtime() if "==" in line}
    assert {"streamlit", "starlette"} <= pinned
