"""The rows of registers and their fields as they are defined, as their frames hold them."""

from dataclasses import dataclass
from datetime import date

from tracking.registers.definitions import Option
from tracking.vocabulary import FieldKind, Keeper


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of `register_definitions_frame`."""

    register_id: int
    number: int
    title: str
    title_en: str
    keeper: Keeper
    single: bool
    measure_id: int | None
    safeguard_id: int | None
    indicator_id: int | None
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of `register_fields_frame`."""

    field_id: int
    register_id: int
    register_number: int
    register_title: str
    number: int
    title: str
    title_en: str
    kind: FieldKind
    required: bool
    listed: bool
    longest: int
    unit: str
    options: tuple[Option, ...]
    indicator_id: int | None
    denominator_id: int | None
    starts_on: date | None
    retired_on: date | None
