"""Registers and their entries in the API's answers."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from tracking.vocabulary import Body, FieldKind, Keeper


class RegisterOption(BaseModel):
    """One of the values of a choice."""

    key: str
    title: str
    title_en: str


class RegisterField(BaseModel):
    """A field of a register; the sum of a number counts in the indicator, if any, over that of the denominator in a rate."""

    key: str
    title: str
    title_en: str
    kind: FieldKind
    required: bool
    longest: int
    unit: str
    options: list[RegisterOption]
    indicator_id: int | None
    denominator: str | None
    field_id: int


class Register(BaseModel):
    """A register with the fields that are asked for; the number of its entries counts in the indicator, if any."""

    register_id: int
    notice_id: int
    key: str
    title: str
    title_en: str
    keeper: Keeper
    single: bool
    measure_id: int | None
    safeguard_id: int | None
    indicator_id: int | None
    asked: list[RegisterField]


class RegisterEntry(BaseModel):
    """The newest version of an entry; its content by the keys of the fields."""

    entry_id: int
    authority_id: int | None
    authority_name: str | None
    body: Body | None
    content: dict[str, Any]
    recorded_at: datetime
    recorded_by: str | None
    withdrawn_at: datetime | None
    withdrawal_reason: str


class EntryId(BaseModel):
    """The version of an entry that was made or acted on."""

    entry_id: int


class RegisterId(BaseModel):
    """A register that was added."""

    register_id: int


class FieldId(BaseModel):
    """A field that was added."""

    field_id: int


class FileId(BaseModel):
    """A file that was kept; the content of an entry names it."""

    file_id: int
