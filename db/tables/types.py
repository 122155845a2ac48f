"""Column types on which both databases must agree: instants, amounts, closed vocabularies and short lists."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

# Marks a table that no export takes along.
KEPT_IN = {"kept_in": True}


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; rejects a datetime without a time zone, which would be read differently elsewhere."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _in_utc(value).replace(tzinfo=None)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """SQLite keeps text: written in one step, which large loads feel."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def _as_text(value: datetime | None) -> str | None:
    # The zone, always the same, is left out.
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds")[:26]


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"an instant needs its zone: {value!r}")
    return value.astimezone(UTC)


class Amount(TypeDecorator[Decimal]):
    """An indicator value with two decimals, stored as whole hundredths so that sums are exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int((Decimal(value) * 100).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class Word(TypeDecorator[StrEnum]):
    """A word of a closed vocabulary, stored by its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.words(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


class Several(TypeDecorator[tuple[Any, ...]]):
    """Several codes or keys in order, as one text with blanks between them; `db.listed.names` looks for one of them."""

    impl = String
    cache_ok = True

    def __init__(self, read: Callable[[str], Any], length: int = 200) -> None:
        super().__init__(length)
        self.read = read

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else " ".join(map(str, value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else tuple(map(self.read, value.split()))


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The constraint that limits a column to its words, in the database as well."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


def who_checks_since_when() -> CheckConstraint:
    """The constraint that what is being checked says who checks it, and whoever checks says since when."""
    return CheckConstraint(
        "(status <> 'checking' OR checker_id IS NOT NULL)"
        " AND (checker_id IS NULL OR received_at IS NOT NULL)",
        name="checked_by_somebody",
    )


def handed_over_has_its_instant() -> CheckConstraint:
    """The constraint that work handed over to the signatory says since when, and a draft does not."""
    return CheckConstraint(
        "status NOT IN ('draft', 'handed_over')"
        " OR (status = 'handed_over') = (sign_off_requested_at IS NOT NULL)",
        name="handed_over_has_its_instant",
    )
