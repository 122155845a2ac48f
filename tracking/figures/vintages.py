"""The vintage of figures: which knowledge they are made of, in the statistical sense."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Vintage:
    """Everything known now or, with `known_on`, what was known at the end of that day.

    `published` asks for the official figures of frozen periods, as known when each was frozen; periods not
    yet frozen only have the newest figures.
    """

    known_on: date | None = None
    published: bool = False


NEWEST = Vintage()
