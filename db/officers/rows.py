"""The rows of posts with whoever holds them on a day, and of the people known, as their frames hold them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PostRow:
    """A row of `posts_frame`."""

    post_id: int
    authority_id: int
    authority_name: str
    post_title: str
    appointment_id: int | None
    officer_id: int | None
    officer_name: str | None
    office_phone: str | None
    since_on: date | None
    until_on: date | None
    open_tasks: int
    vacant_since_on: date | None
    vacant_days: int | None
    alarm: bool


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """A row of `officers_of`."""

    officer_id: int
    name: str
    office_phone: str
