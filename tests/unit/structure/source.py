"""The product's source as the structure tests read it: files, syntax trees, functions and calls."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.finding import some

ROOT = Path(__file__).parents[3]
PRODUCT = ("dashboard.py", "pages", "server", "db", "tracking")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*places: str) -> list[Path]:
    """Python files under these places of the tree, generated migrations left out; each place must have some."""
    found = [path for place in places for path in some(_python_files(ROOT / place))]
    return some(sorted(path for path in found if path.parent.name != "versions"))


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


def noun_files() -> list[Path]:
    """The modules of the nouns of `db`: what is read and written of each."""
    return some(
        path for path in files("db") if len(path.relative_to(ROOT).parts) > 2 and not _is_machinery(path)
    )


def actions() -> dict[str, list[Function]]:
    """By dotted module, the public functions of the nouns that write and name the one who acts."""
    found = {path: _actions_of(tree_of(path)) for path in noun_files()}
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): functions
        for path, functions in found.items()
        if functions
    }


def writes(function: Function, known: dict[str, Function]) -> bool:
    """Whether a function opens a transaction for writing, itself or through the `known` helpers."""
    seen: set[str] = set()
    waiting = [function]
    while waiting:
        caller = waiting.pop()
        if opens_transaction(caller):
            return True
        names = {name_of(call) for call in calls(caller)} & known.keys() - seen
        waiting += [known[name] for name in names]
        seen |= names
    return False


def _actions_of(tree: ast.Module) -> list[Function]:
    known = {function.name: function for function in functions(tree)}
    return [
        function
        for name, function in known.items()
        if not name.startswith("_") and writes(function, known) and _names_actor(function)
    ]


def _names_actor(function: Function) -> bool:
    asked = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
    return {"store", "by"} <= set(asked)


def _is_machinery(path: Path) -> bool:
    return path.relative_to(ROOT / "db").parts[0] in {"tables", "migrations", "seed"}


def opens_transaction(function: Function) -> bool:
    """Whether the body itself says `store.write(…)`."""
    return any(ast.unparse(call.func) == "store.write" for call in calls(function))


def _python_files(place: Path) -> list[Path]:
    return [place] if place.is_file() else list(place.rglob("*.py"))
