"""The reads of figures: the product's against the bare rows and the naive way, at S and at L, newest and past."""

from collections.abc import Iterator, Mapping
from statistics import median

from db.seed import Scale
from tests.bench import reads
from tests.bench.gates import Measured
from tests.bench.kept import kept_store
from tests.bench.reads import Subject
from tests.bench.timing import Way, interleaved, ratio, seconds

ROUNDS = 200
PAGES = {"overview": reads.overview, "measure": reads.measure, "region": reads.region}


def measured() -> Iterator[Measured]:
    """Medians of rounds in turn."""
    subjects = {scale: Subject.of(kept_store(scale)) for scale in (Scale.S, Scale.L)}
    taken = interleaved(_ways(subjects), rounds=ROUNDS)
    large = median(taken["overview L"])
    yield Measured("overview's read at L", large * 1000, "ms")
    yield Measured("overview's read ÷ its bare rows at L", ratio(taken, "overview L", "rows L"), "", 6, 3)
    naive = seconds(reads.naive(subjects[Scale.L]))
    yield Measured("everything through the ORM at L", naive, "s")
    yield Measured(
        "everything through the ORM ÷ overview's read at L", naive / large, "", 8_000, 20_000, at_least=True
    )
    for page in PAGES:
        grown = ratio(taken, f"{page} L", f"{page} S")
        yield Measured(f"{page}: read at L ÷ at S", grown, "", 1.3)
    yield Measured(
        "overview of a past day that is kept ÷ the newest", ratio(taken, "past L", "overview L"), "", 1.3
    )


def _ways(subjects: Mapping[Scale, Subject]) -> Mapping[str, Way]:
    ways = {
        f"{page} {scale}": read(subject)
        for page, read in PAGES.items()
        for scale, subject in subjects.items()
    }
    large = subjects[Scale.L]
    reads.first_look(large)()
    ways["past L"] = reads.past_overview(large)
    ways["rows L"] = reads.bare_rows(large, large.period_id, large.previous_id)
    return ways
