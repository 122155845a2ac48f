"""Something kept between uses, with what was seen while it was made: it stands until that would come out otherwise."""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from sqlalchemy import Engine

from db.seen import Seen, grown, note_seen, numbers_of, watching


class Kept:
    """One thing kept: made once for all who ask at the same time, and again once what it was made of has changed."""

    def __init__(self) -> None:
        self._making = Lock()
        self._value: Any = None
        self._seen: Seen | None = None
        # Whether it came out otherwise the last time that it was made anew.
        self._changes = False
        self._rests_on: Mapping[str, int] = {}

    def value(self, make: Callable[[], Any], engine: Engine, numbers: Mapping[str, int]) -> Any:
        """What is kept, or else made anew; `numbers` are the store's from before anything is read."""
        with self._making:
            seen = self._seen
            if seen is None or not self._stands(seen, engine, numbers):
                seen = self._make(make, numbers)
            note_seen(seen)
            return self._value

    def _stands(self, seen: Seen, engine: Engine, numbers: Mapping[str, int]) -> bool:
        # A run that began before another one's write may well be shown what rests on it.
        if not grown(numbers, self._rests_on):
            return True
        if self._changes:  # then it will again: to ask first would ask twice
            return False
        if stands := seen.stands(engine, numbers):
            self._rests_on = numbers_of(seen.names, numbers)
        return stands

    def _make(self, make: Callable[[], Any], numbers: Mapping[str, int]) -> Seen:
        before, self._seen = self._seen, None
        with watching(numbers) as seen:
            self._value = make()
        self._changes = before is not None and not seen.is_like(before)
        self._seen, self._rests_on = seen, numbers_of(seen.names, numbers)
        return seen
