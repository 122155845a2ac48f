"""The address of a page that an entry names: shown as text, never followed by the product."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+")


def is_address(link: str) -> bool:
    """Whether it is a full https address without credentials."""
    try:
        parts = urlsplit(link)
        host, named = parts.hostname or "", parts.username is not None
        parts.port  # noqa: B018 -- raises for what is no port
    except ValueError:
        return False
    spaced = any(sign.isspace() for sign in link)
    return parts.scheme == "https" and not named and not spaced and bool(_HOST.fullmatch(host))
