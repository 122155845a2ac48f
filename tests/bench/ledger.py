"""`python -m tests.bench.ledger`: a ledger of 100,000 rows through the product, beside one of 1,000.

Each stage runs in a process of its own, on a copy of a store that is made once under `data/bench/ledger`. Printed are
seconds, the time a row takes in the large ledger against the small one, and the peak memory of the process and of
the limited process in which it opens the workbook. Nothing is asserted but that every stage comes to its end.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.ledger_stages import STAGES, Took
from tests.bench.ledger_store import LARGE, SMALL, kept_store


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(kept_store(), Path(folder) / "store"))
        for stage in STAGES:
            _tell(stage, {tasks: _taken(stage, copy, tasks) for tasks in (SMALL, LARGE)})
    return 0


def _taken(stage: str, folder: Path, tasks: int) -> Took:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.ledger_stages", stage, str(folder), str(tasks)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(f"{stage} of {tasks:,} rows came to no end")
    took: Took = json.loads(done.stdout)
    return took


def _tell(stage: str, taken: dict[int, Took]) -> None:
    small, large = taken[SMALL], taken[LARGE]
    for name, value in large.items():
        a_row = (value / LARGE) / (small[name] / SMALL) if small[name] else 0.0
        print(f"{stage:<9} {name:<13} {small[name]:12,.2f} {value:12,.2f}   a row {a_row:5.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
