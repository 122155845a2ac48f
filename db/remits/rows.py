"""The rows of remits, as their frames hold them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RemitRow:
    """A row of `remits_frame`."""

    remit_id: int
    measure_number: int | None
    measure_name: str | None
    unit_name: str | None
    starts_on: date
    ends_on: date | None
