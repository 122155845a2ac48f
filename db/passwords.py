"""Passwords: hashing, comparing, generating for new accounts, and the rules for chosen ones."""

import secrets
import unicodedata
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from tracking.messages import Message, Refusal

SHORTEST = 12
LONGEST = 128
# Without look-alike characters: initial passwords are often copied by hand from paper.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
# 19 MiB, two passes, one lane: the OWASP minimum for Argon2id, 66 ms on one core.
_HASHER = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))


def hashed(password: str) -> str:
    """The Argon2id hash to store."""
    return _HASHER.hash(_plain(password))


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password matches the hash; without an account it takes as long to say no."""
    if len(password) > LONGEST:
        return False
    known = _HASHER.verify(_plain(password), password_hash or _nobodys_hash())
    return known and password_hash is not None


def generated() -> str:
    """An initial password of almost 80 random bits, in four groups, to be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def check_chosen(password: str, *, sign_in_name: str) -> None:
    """Refuse a password shorter than 12 or longer than 128 characters, or containing the sign-in name.

    Raises `Refusal` with every reason, all for the field `password`.
    """
    reasons = [
        Message(key, shortest=SHORTEST, longest=LONGEST)
        for key, broken in (
            ("account.password_short", len(password) < SHORTEST),
            ("account.password_long", len(password) > LONGEST),
            ("account.password_has_name", sign_in_name.casefold() in password.casefold()),
        )
        if broken
    ]
    if reasons:
        raise Refusal(*reasons, fields=("password",) * len(reasons))


def _plain(password: str) -> str:
    # The same character can be typed as one or two code points, depending on the keyboard.
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys_hash() -> str:
    return hashed(secrets.token_urlsafe())
