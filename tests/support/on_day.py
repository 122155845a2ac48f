"""Runs the tests with the clock on another day: `python -m tests.support.on_day 2028-02-29 [arguments of pytest]`.

Every process of the run is on that day, servers and their commands included; the hours pass as they do.
"""

import os
import sys
from datetime import datetime, time
from pathlib import Path

from db.clock import OFFICE_ZONE, now

PATH = Path(__file__).parent / "any_day"
# A day without an hour begins when the offices do.
OPENS = time(9)


def environment(moment: str) -> dict[str, str]:
    """What a process has to be started with to be at this moment, told by the clock of the offices."""
    wanted = datetime.fromisoformat(moment)
    if len(moment) == len("2028-02-29"):
        wanted = datetime.combine(wanted, OPENS)
    ahead = (wanted.replace(tzinfo=OFFICE_ZONE) - now()).total_seconds()
    return os.environ | {"CLOCK_AHEAD": str(ahead), "PYTHONPATH": str(PATH)}


if __name__ == "__main__":
    arguments = [sys.executable, "-m", "pytest", *sys.argv[2:]]
    os.execve(sys.executable, arguments, environment(sys.argv[1]))
