"""Writing docs/performance.md: what was measured goes between two marks, the rest of the page is written by hand."""

import os
import platform
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import matplotlib.pyplot as plt

from db import clock
from tests.bench.gates import Measured

PAGE, PICTURE = Path("docs/performance.md"), Path("docs/images/growth.png")
_MARKS = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)
_GROWN = re.compile(r"(?P<what>.+) at (?P<scale>[SML]), (?P<database>SQLite|PostgreSQL)")


def write_report(told: Sequence[Measured]) -> None:
    """Ratios first, then times; growth as a picture."""
    with_gate = [line for line in told if line.gate is not None or line.aim is not None]
    ordered = sorted(with_gate, key=lambda line: bool(line.unit))
    rest = [line for line in told if line not in with_gate and not _GROWN.fullmatch(line.what)]
    picture = "![Growth from S to L](images/growth.png)"
    body = "\n".join([_machine(), "", *_table(ordered), "", *_table(rest), "", picture, ""])
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_MARKS.sub(lambda found: f"{found[1]}{body}{found[2]}", page), encoding="utf-8")
    _draw(told)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured on {clock.today()} with {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, "
        "loopback, SQLite unless said."
    )


def _table(lines: Sequence[Measured]) -> Iterator[str]:
    yield "| What | Measured | Gate | Aim | |"
    yield "|---|---|---|---|---|"
    yield from (f"| {' | '.join(line.cells)} |" for line in lines)


def _draw(told: Sequence[Measured]) -> None:
    """One panel a thing, milliseconds over authorities, a line a database."""
    found = [(match, line.figure) for line in told if (match := _GROWN.fullmatch(line.what))]
    names = list(dict.fromkeys(match["what"] for match, _ in found))
    drawn, panels = plt.subplots(1, len(names), figsize=(4 * len(names), 3), squeeze=False)
    for panel, name in zip(panels[0], names, strict=True):
        for database in ("SQLite", "PostgreSQL"):
            points = [(m["scale"], y) for m, y in found if (m["what"], m["database"]) == (name, database)]
            panel.plot([scale for scale, _ in points], [y for _, y in points], marker="o", label=database)
        panel.set(title=name, ylabel="ms")
        panel.set_ylim(bottom=0)
        panel.legend()
    drawn.tight_layout()
    drawn.savefig(PICTURE, dpi=110)
