"""Functions are short and files are few screens long."""

import ast
import statistics

from tests.unit.structure import source

MEDIAN_LINES, NEARLY_ALL_LINES = 8, 35
FILE_LINES, PAGE_LINES = 400, 120


def lengths() -> dict[str, int]:
    """Lines of every function of the product, docstring included."""
    return {
        f"{source.short(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in source.files(*source.PRODUCT)
        for node in ast.walk(source.tree_of(path))
        if isinstance(node, source.Function)
    }


def test_functions_are_short(record_property):
    found = lengths()
    median = statistics.median(found.values())
    nearly_all = statistics.quantiles(found.values(), n=20)[-1]
    longest = sorted(found, key=found.__getitem__)[-10:]
    report = f"{len(found)} functions: median {median} lines, 95 % within {nearly_all:.0f}; longest {longest}"
    assert (median <= MEDIAN_LINES, nearly_all <= NEARLY_ALL_LINES) == (True, True), report
    record_property("functions", report)


def test_files_are_short():
    paths = source.files(*source.PRODUCT, "tests")
    sizes = {source.short(path): path.read_text(encoding="utf-8").count("\n") for path in paths}
    assert {name: lines for name, lines in sizes.items() if lines > _most(name)} == {}


def _most(name: str) -> int:
    is_page = name.startswith("pages/") and name.count("/") == 1
    return PAGE_LINES if is_page else FILE_LINES
