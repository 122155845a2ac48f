"""What of the product is reached from what people open, call or type: its pages, its routes and its commands.

Read from the syntax trees alone. A name leads to its definition, through imports and what they give another name; a
module named in a string is run by that name. Filling a store with a sample and moving an old one on reach nothing:
what only they use is used by nobody.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.unit.structure import source

# A definition by module and name; the name "" is what a module does when it is imported.
Key = tuple[str, str]
BODY = ""
NOT_USE = ("db.seed", "db.migrations")


@dataclass
class Module:
    """A module: what its names stand for, the statements that define each, and those that run at import."""

    aliases: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, list[ast.stmt]] = field(default_factory=dict)
    body: list[ast.AST] = field(default_factory=list)


def modules(paths: Iterable[Path]) -> dict[str, Module]:
    """The modules of these files by dotted name."""
    return {dotted(path): read(source.tree_of(path), dotted(path)) for path in paths}


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    parts = list(path.relative_to(source.ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read(tree: ast.Module, name: str) -> Module:
    """A module as its syntax tree tells it; only that of a script runs its assignments for their own sake."""
    found = Module()
    script = (name.startswith("pages.") and name.count(".") == 1) or name in {"dashboard", "server.__main__"}
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.aliases |= dict(_imported(node))
            continue
        names = _defined(node)
        for one in names:
            found.definitions.setdefault(one, []).append(node)
        if (
            not names
            or (script and not isinstance(node, source.Function | ast.ClassDef))
            or (_is_registered(node) and name.startswith("server"))
        ):
            found.body.append(node)
    found.aliases |= {name: target for node in ast.walk(tree) for name, target in _imported(node)}
    return found


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname or alias.name.split(".")[0], (alias.asname and alias.name) or alias.name)
    if isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, source.Function | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    return [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]


def _is_registered(node: ast.stmt) -> bool:
    """Whether a decorator hands the function to a router or to the command line."""
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)
        for one in getattr(node, "decorator_list", [])
    )


def reached(known: Mapping[str, Module], roots: Iterable[str]) -> set[Key]:
    """Every definition that the bodies of these modules lead to."""
    seen: set[Key] = set()
    waiting: list[Key] = [(root, BODY) for root in roots]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        if not key[0].startswith(NOT_USE):
            waiting += _led_to(known, key)
    return seen


def _led_to(known: Mapping[str, Module], key: Key) -> Iterator[Key]:
    name, what = key
    module = known[name]
    if what == BODY:
        # Importing a module runs it, and every package above it.
        for target in module.aliases.values():
            yield from ((one, BODY) for one in _modules_of(known, target))
    for node in module.body if what == BODY else module.definitions[what]:
        if what == BODY:
            yield from ((name, one) for one in _defined(node))
        for found, above in _with_parents(node):
            yield from _named(known, name, found, above)


def _with_parents(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    yield node, node
    for above in ast.walk(node):
        for child in ast.iter_child_nodes(above):
            yield child, above


def _modules_of(known: Mapping[str, Module], target: str) -> list[str]:
    parts = target.split(".")
    return [one for one in (".".join(parts[:end]) for end in range(1, len(parts) + 1)) if one in known]


def _named(known: Mapping[str, Module], name: str, node: ast.AST, above: ast.AST) -> Iterator[Key]:
    """What a name, an attribute or a string in a module leads to; a module that is handed on, to all it offers."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        target = known[name].aliases.get(node.id, "")
        if target in known and not isinstance(above, ast.Attribute):
            yield from ((target, one) for one in known[target].definitions if not one.startswith("_"))
        yield from _resolved(known, f"{name}.{node.id}")
    elif isinstance(node, ast.Attribute):
        chain = ast.unparse(node)
        first, _, rest = chain.partition(".")
        target = known[name].aliases.get(first)
        if target is not None and rest.replace(".", "").isidentifier():
            yield from _resolved(known, f"{target}.{rest}")
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known:
        yield node.value, BODY


def _resolved(known: Mapping[str, Module], target: str) -> Iterator[Key]:
    """The definition behind a dotted name, through whatever other modules call it."""
    seen: set[str] = set()
    while target not in seen:
        seen.add(target)
        name, _, what = target.rpartition(".")
        module = known.get(name)
        if module is None:
            target = name if name.rpartition(".")[0] in known else target
        elif what in module.definitions:
            yield name, what
        else:
            target = module.aliases.get(what, target)


def unreached(known: Mapping[str, Module], roots: Iterable[str], wanted: Iterable[Key]) -> list[str]:
    """Those of the wanted definitions that nothing leads to."""
    found = reached(known, roots)
    return sorted(f"{name}.{what}" for name, what in wanted if (name, what) not in found)


def public(known: Mapping[str, Module], place: str) -> list[Key]:
    """Every definition under a place of the tree that others may use."""
    return [
        (name, what)
        for name, module in known.items()
        if name.split(".")[0] == place
        for what in module.definitions
        if not what.startswith("_")
    ]
