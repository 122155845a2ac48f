"""`python -m tests.bench [PART …]`: what the product is to keep to, measured in one run, each figure beside its gate.

All parts, or those named. The stores are generated once under `data/bench` and kept. With all parts, what was measured is
written into docs/performance.md. Exit code 0 only when every gate is kept.
"""

import sys
from collections.abc import Callable, Iterator, Mapping

from db.seed import Scale
from tests.bench import figures_read, first_chart, growth, visits, writes
from tests.bench.gates import Measured, tell
from tests.bench.kept import generated_in, kept_store
from tests.bench.report import write_report

LONGEST_GENERATION = 240.0


def generation() -> Iterator[Measured]:
    """How long the large store took when it was made."""
    kept_store(Scale.L).engine.dispose()
    yield Measured("generate --scale L", generated_in(Scale.L), "s", LONGEST_GENERATION)


PARTS: Mapping[str, Callable[[], Iterator[Measured]]] = {
    "generation": generation,
    "figures": figures_read.measured,
    "visits": visits.measured,
    "writes": writes.measured,
    "browser": first_chart.measured,
    "growth": growth.measured,
}


def main(asked: list[str]) -> int:
    """Measure, print, and tell whether every gate is kept."""
    told = [line for part in asked or PARTS for line in tell(PARTS[part]())]
    if not asked:
        write_report(told)
    return 0 if all(line.met for line in told) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
