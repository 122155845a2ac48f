"""Timing: several ways in turn, round after round, so that a drifting machine slows all alike."""

from collections.abc import Callable, Mapping
from gc import collect
from statistics import median
from time import perf_counter

Way = Callable[[], object]


def interleaved(ways: Mapping[str, Way], *, rounds: int) -> dict[str, list[float]]:
    """Seconds of each way in each round; one round before is not counted."""
    for way in ways.values():
        way()
    collect()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(seconds(way))
    return taken


def seconds(way: Way) -> float:
    """How long one call takes."""
    start = perf_counter()
    way()
    return perf_counter() - start


def ratio(taken: Mapping[str, list[float]], way: str, against: str) -> float:
    """The median of the ratios, round by round."""
    return median(a / b for a, b in zip(taken[way], taken[against], strict=True))
