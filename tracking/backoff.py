"""When a failed delivery is retried."""

from datetime import timedelta

FIRST, LONGEST, ATTEMPTS = timedelta(minutes=2), timedelta(hours=4), 10


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after this many attempts: doubled each time, up to four hours; None to give up."""
    return None if attempts >= ATTEMPTS else min(FIRST * 2 ** (attempts - 1), LONGEST)
