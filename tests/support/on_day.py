"""Runs the tests with the clock on another day: `python -m tests.support.on_day 2028-02-29 [arguments of pytest]`.

Every Python process of the run is on that day, servers and their commands included; the hours pass as they do. The
browser keeps the machine's clock: no page asks it for the day.
"""

import os
import sys
from datetime import datetime, time
from pathlib import Path

from db.clock import OFFICE_ZONE, now

AHEAD = "CLOCK_AHEAD"
ON_PATH = Path(__file__).parent / "any_day"
# A day without an hour begins when the offices do.
OPENS = time(9)


def environment(moment: str) -> dict[str, str]:
    """What a process has to be started with to be at this moment, told by the clock of the offices."""
    wanted = datetime.fromisoformat(moment)
    if "T" not in moment:
        wanted = datetime.combine(wanted, OPENS)
    seconds = (wanted.replace(tzinfo=OFFICE_ZONE) - now()).total_seconds()
    already = float(os.environ.get(AHEAD, "0"))
    return os.environ | {AHEAD: str(already + seconds), "PYTHONPATH": str(ON_PATH)}


if __name__ == "__main__":
    os.execve(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[2:]], environment(sys.argv[1]))
