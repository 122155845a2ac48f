"""The locks as pip reads them, and whether everything that is asked for is in them."""

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# What the locks are for: they hold every Python from 3.11 on and every system that has wheels.
PYTHONS = ("3.11.0", "3.12.0", "3.13.0")
SYSTEMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
Environment = Mapping[str, str]
Locked = dict[str, Requirement]


def environments() -> list[Environment]:
    """Every Python on every system, as markers tell them apart."""
    return [
        {
            "python_full_version": python,
            "python_version": python.rpartition(".")[0],
            "sys_platform": platform,
            "platform_system": system,
            "os_name": kind,
        }
        for python in PYTHONS
        for platform, system, kind in SYSTEMS
    ]


def locked_in(text: str, environment: Environment) -> Locked:
    """What a lock installs there, by name."""
    lines = [Requirement(line) for line in re.findall(r"^(\w\S*==[^\\\n]*?) *\\?$", text, re.MULTILINE)]
    return {canonicalize_name(line.name): line for line in lines if _holds(line, environment)}


def holes(locked: Locked, asked: list[str], environment: Environment) -> list[str]:
    """What is asked for, directly or by a locked package, and is not locked as it is asked for."""
    direct = [("the project", Requirement(line)) for line in asked]
    wanted = [*direct, *(pair for line in locked.values() for pair in _wanted_by(line, environment))]
    return [f"{by} asks for {needed}" for by, needed in wanted if not _met(needed, locked)]


def known(locked: Locked) -> list[str]:
    """Those whose own requirements can be read here, since they are installed."""
    return [name for name in locked if _requires(name) is not None]


def _wanted_by(line: Requirement, environment: Environment) -> Iterator[tuple[str, Requirement]]:
    for needed in map(Requirement, _requires(line.name) or ()):
        if any(_holds(needed, environment, extra) for extra in ("", *line.extras)):
            yield line.name, needed


def _met(needed: Requirement, locked: Locked) -> bool:
    found = locked.get(canonicalize_name(needed.name))
    if found is None or needed.extras - found.extras:
        return False
    (pin,) = found.specifier
    return needed.specifier.contains(pin.version, prereleases=True)


def _holds(needed: Requirement, environment: Environment, extra: str = "") -> bool:
    return needed.marker is None or needed.marker.evaluate({**environment, "extra": extra})


def _requires(name: str) -> list[str] | None:
    """None where it is not installed: it is for another system."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return None
