"""Checks on the message catalogues, and which messages the code names.

A message named through a pattern (`f"role.{role}"`) must have at least one wording that fits it.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from tests.support.finding import some
from tests.unit.structure import source

# What words a message by its name.
NAMING = {"Message", "translate", "text"}
MESSAGE_ID = re.compile(r'^msgid "(.+)"$', re.MULTILINE)


@dataclass(frozen=True)
class Use:
    """A message named in code by calling `by`; `values` is None where they cannot be known by reading."""

    by: str
    key: ast.expr
    values: frozenset[str] | None
    where: str


def keys_of(folder: Path) -> Counter[str]:
    """How often each message is worded in the files of a language."""
    paths = some(sorted(folder.glob("*.po")))
    found = [some(MESSAGE_ID.findall(path.read_text(encoding="utf-8"))) for path in paths]
    return Counter(key for keys in found for key in keys)


def placeholders(wording: str) -> set[str]:
    """The names in braces."""
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(wording) if name}


def uses(path: Path, tree: ast.Module) -> Iterator[Use]:
    """The messages a module names by `Message(…)`, `translate(…)` or `text(…)`, each possible key by itself."""
    for call in source.calls(tree):
        if call.args and name_in(call, tree):
            for key in _alternatives(call.args[0]):
                yield Use(source.name_of(call), key, _values(call), f"{source.short(path)}:{call.lineno}")


def name_in(call: ast.Call, tree: ast.Module) -> bool:
    """Whether a call words a message: `text` may also be SQLAlchemy's or Streamlit's."""
    name = getattr(call.func, "id", "")
    return name in NAMING and (name != "text" or _imports_text(tree))


def fault_of(use: Use, wordings: dict[str, str]) -> str | None:
    """What is wrong with naming this message, or None."""
    if isinstance(use.key, ast.JoinedStr):
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in use.key.values
        )
        fits = any(re.fullmatch(pattern, key) for key in wordings)
        return None if fits else f"{use.where} no wording fits {pattern}"
    if not isinstance(use.key, ast.Constant):
        return None
    key = str(use.key.value)
    if key not in wordings:
        return f"{use.where} {key} has no wording"
    missing = placeholders(wordings[key]) - use.values if use.values is not None else set()
    return f"{use.where} {key} is not given {sorted(missing)}" if missing else None


def _alternatives(key: ast.expr) -> list[ast.expr]:
    if isinstance(key, ast.IfExp):
        return [*_alternatives(key.body), *_alternatives(key.orelse)]
    return [key]


def _values(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _imports_text(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "tracking.messages"
        and any(alias.name == "text" and alias.asname is None for alias in node.names)
        for node in tree.body
    )
