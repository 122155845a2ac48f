"""Lets a server that starts with this folder on its path tell how long its interpreter was held: see `tests.bench.holds`.

A thread that asks for a turn every five milliseconds writes down when it had to wait, and how long. A run that computes
in Python gives way every five milliseconds; one that computes inside a library holds the interpreter until it is done.
"""

import os
import time
from pathlib import Path
from threading import Thread

EVERY = 0.005
WORTH_TELLING = 0.02


def _beat(log: Path) -> None:
    before = time.monotonic()
    with log.open("a", buffering=1, encoding="ascii") as told:
        while True:
            time.sleep(EVERY)
            now = time.monotonic()
            if now - before - EVERY > WORTH_TELLING:
                told.write(f"{before} {now - before - EVERY}\n")
            before = now


if _folder := os.environ.get("HEARTBEAT"):
    Thread(target=_beat, args=[Path(_folder) / f"{os.getpid()}.beats"], daemon=True).start()
