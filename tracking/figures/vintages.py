"""The vintage of figures: which knowledge they are made of, in the statistical sense."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Vintage:
    """All that is known now; or, with `known_on`, what was known at the end of that day.

    `published` asks for the official figures of frozen periods, as they were known when each was frozen;
    of periods not frozen there are only the newest.
    """

    known_on: date | None = None
    published: bool = False


NEWEST = Vintage()
