"""`python -m tests.bench`: reads at S and at L against the bare rows and against the naive way, in one run.

The stores are generated once under `data/bench/` and kept. Exit code 0 only when every target is met.
"""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from db import clock, migrations
from db.figures.summaries import keep_current
from db.seed import Scale, generate
from db.store import Store, open_store
from tests.bench import reads
from tests.bench.reads import Subject
from tests.bench.timing import interleaved, ratio, seconds

FOLDER = Path("data/bench")
ROUNDS = 200
AGAINST_BARE_ROWS = 16.0
AGAINST_NAIVE = 5000.0
L_AGAINST_S = 1.3
PAST_AGAINST_NEWEST = 1.3
PAGES = {"overview": reads.overview, "measure": reads.measure, "region": reads.region}


def kept_store(scale: Scale) -> Store:
    """The generated store of a scale, made when it is not there, brought to today."""
    folder = FOLDER / scale.value
    store = open_store(data_dir=folder)
    if not (folder / "whole").exists() or not migrations.is_current(store):
        store.engine.dispose()
        shutil.rmtree(folder)
        store = open_store(data_dir=folder)
        migrations.upgrade(store)
        generate(store, scale, clock.today(), _say)
        (folder / "whole").touch()
    keep_current(store)
    return store


def _say(what: str, done: int, total: int) -> None:
    print(f"\r{what} {done:,} / {total:,}      ", end="", file=sys.stderr, flush=True)


def main() -> int:
    """Measure, print, and tell whether every target is met."""
    subjects = {scale: Subject.of(kept_store(scale)) for scale in (Scale.S, Scale.L)}
    ways = {
        f"{page} {scale.value}": read(subject)
        for page, read in PAGES.items()
        for scale, subject in subjects.items()
    }
    for scale, subject in subjects.items():
        ways[f"overview rows {scale.value}"] = reads.bare_rows(
            subject, subject.period_id, subject.previous_id
        )
        ways[f"rows {scale.value}"] = reads.bare_rows(subject, subject.period_id)
    first = {scale: seconds(reads.first_look(subject)) for scale, subject in subjects.items()}
    for scale, subject in subjects.items():
        ways[f"past {scale.value}"] = reads.past_overview(subject)
    taken = interleaved(ways, rounds=ROUNDS)
    naive = {scale: seconds(reads.naive(subject)) for scale, subject in subjects.items()}
    for name, times in taken.items():
        print(f"{name:<18} {median(times) * 1000:9.3f} ms")
    for scale, time in first.items():
        print(f"first past {scale.value:<7} {time * 1000:9.0f} ms")
    for scale, time in naive.items():
        print(f"naive {scale.value:<12} {time * 1000:9.0f} ms")
    met = [_told(line) for line in _targets(taken, naive)]
    return 0 if all(met) else 1


def _targets(
    taken: Mapping[str, list[float]], naive: Mapping[Scale, float]
) -> list[tuple[str, float, str, float]]:
    """What is compared, its figure, the sense of its bound, and the bound."""
    against_naive = naive[Scale.L] / median(taken["overview L"])
    rows = [
        ("overview L / its rows", ratio(taken, "overview L", "overview rows L"), "at most", AGAINST_BARE_ROWS)
    ]
    rows.append(("naive L / overview L", against_naive, "at least", AGAINST_NAIVE))
    rows.append(("past L / overview L", ratio(taken, "past L", "overview L"), "at most", PAST_AGAINST_NEWEST))
    rows += [
        (f"{page} L / {page} S", ratio(taken, f"{page} L", f"{page} S"), "at most", L_AGAINST_S)
        for page in PAGES
    ]
    return rows


def _told(line: tuple[str, float, str, float]) -> bool:
    name, figure, sense, bound = line
    met = figure <= bound if sense == "at most" else figure >= bound
    print(f"{name:<24} {figure:10.2f}   {sense} {bound:g}   {'met' if met else 'MISSED'}")
    return met


if __name__ == "__main__":
    sys.exit(main())
