"""What a test process does at less than its price, where the price is not what a test is about."""

import structlog
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from db import passwords

# What the product hashes with, for the test that looks at the hash.
STRONG = passwords._HASHER


def hash_cheaply() -> None:
    """The weakest Argon2id: each test signs people in, and nobody steals what it keeps."""
    passwords._HASHER = PasswordHash((Argon2Hasher(memory_cost=8, time_cost=1, parallelism=1),))


def log_plainly() -> None:
    """Log a failure as its bare traceback: by itself structlog draws every value of every frame, for seconds."""
    structlog.reset_defaults()
    *others, _ = structlog.get_config()["processors"]
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*others, plain])
