"""Spooling batches to disk until they are needed again, so that memory stays bounded."""

import pickle
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Generic, TypeVar

Batch = TypeVar("Batch")


class Spool(Generic[Batch]):
    """Batches in an anonymous file that vanishes with the spool; iterated in order, any number of times."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 -- it lives as long as the spool

    def put(self, batch: Batch) -> None:
        """Append a batch."""
        pickle.dump(batch, self._file)

    def __iter__(self) -> Iterator[Batch]:
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield pickle.load(self._file)  # noqa: S301 -- nobody else writes to this file
