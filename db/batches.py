"""Batch sizes for large reads and writes, so that memory and statement parameters stay bounded."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
BATCH = 1000


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in order, `BATCH` at a time."""
    left = iter(items)
    while taken := list(islice(left, BATCH)):
        yield taken
