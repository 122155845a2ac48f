"""The rows of accounts and of the tokens of programs, as their frames hold them."""

from dataclasses import dataclass
from datetime import date, datetime

from tracking.vocabulary import Role, TokenScope


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A row of `accounts_frame`."""

    account_id: int
    officer_id: int
    sign_in_name: str
    name: str
    authority_id: int | None
    authority_name: str | None
    roles: tuple[Role, ...]
    active: bool
    locked_until: datetime | None
    last_signed_in_at: datetime | None
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A row of `tokens_frame`."""

    token_id: int
    name: str
    scope: TokenScope
    issued_at: datetime
    expires_on: date
    last_used_at: datetime | None
    revoked_at: datetime | None
