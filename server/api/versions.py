"""`If-Match`: a change names the version it changes, and is refused if someone saved meanwhile."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Header, Response

from db.store import Conflict
from server.api.problems import Fault
from tracking.messages import Message

IfMatch = Annotated[
    str | None, Header(description='The `ETag` of what is changed; `"0"` where nothing is begun.')
]


def version_of(if_match: str | None) -> int:
    """The version a request names. Raises `Fault`: 428 if none is named, 412 if it cannot exist."""
    if if_match is None:
        raise Fault(428, Message("api.refused.428"))
    found = re.fullmatch(r'"(\d{1,9})"', if_match)
    if found is None:
        raise Fault(412, Message("store.changed_meanwhile"))
    return int(found[1])


def etag_of(row_version: int) -> str:
    """A version as a header value."""
    return f'"{row_version}"'


@contextmanager
def saving(if_match: str | None, response: Response) -> Iterator[int]:
    """Wraps a save against the version named by the request; the answer carries the next as its `ETag`.

    A save by somebody else in the meantime is 412, as `If-Match` promises. Raises `Fault` as `version_of`
    does.
    """
    version = version_of(if_match)
    try:
        yield version
    except Conflict as refused:
        raise Fault(412, refused.messages[0]) from None
    response.headers["ETag"] = etag_of(version + 1)
