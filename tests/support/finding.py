"""What a test looks at, which must be there: a rule over nothing holds and says nothing."""

from collections.abc import Iterable
from typing import TypeVar

Found = TypeVar("Found")


def some(found: Iterable[Found], *, least: int = 1) -> list[Found]:
    """What was found, at least so many of it, else the test fails."""
    listed = list(found)
    assert len(listed) >= least, f"{len(listed)} found where a test looks for {least} or more"
    return listed
