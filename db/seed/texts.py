"""The invented wording of sample data: notes, reasons, partners and names, drawn from `sample_data/`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from db.seed.draws import Draw
from db.seed.files import Line, lines
from tracking.difficulties import DifficultyCause


@cache
def _phrases() -> Mapping[tuple[str, str], Sequence[str]]:
    phrases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in lines("phrase"):
        phrases[line["kind"], line["measure"]].append(line["text"])
    return phrases


def phrase(draw: Draw, kind: str, **values: object) -> str:
    """A phrase of a kind, its placeholders filled."""
    return draw.choice(_phrases()[kind, ""]).format(**values)


@cache
def cause_of(difficulty: str) -> DifficultyCause:
    """The cause of a difficulty in these words."""
    return DifficultyCause(next(line["cause"] for line in lines("phrase") if line["text"] == difficulty))


def progress_of(measure: int, turn: int, **values: object) -> str:
    """What was done under a measure, by number; phrases take turns, so that none repeats at once."""
    choices = _phrases()["progress", str(measure)]
    return choices[turn % len(choices)].format(**values)


def partner(draw: Draw) -> Line:
    """A country and an invented body in it."""
    return draw.choice(lines("partner"))


def names(draw: Draw) -> Iterator[str]:
    """Invented names, no two of the same surname."""
    known = lines("officer_name")
    pairs = zip(draw.sample(known, len(known)), draw.sample(known, len(known)), strict=True)
    return (surname["surname"] + given["given_name"] for surname, given in pairs)
