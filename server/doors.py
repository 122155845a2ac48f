"""Which addresses are public, which are closed, and which need a sign-in."""

from enum import Enum, auto

# Programs present a token there, which the API checks itself; a cookie opens nothing in it.
_API = "/api/"
# What a browser needs before sign-in, and health checks by machines.
_PUBLIC = frozenset({"/login", "/healthz", "/_stcore/health", "/favicon.ico", "/favicon.png", "/robots.txt"})
_PUBLIC_FOLDERS = ("/static/", "/assets/")
# Of Streamlit's own addresses, only those the browser needs: no metrics, agent endpoints or debugging.
_CORE_OPEN = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
_CORE_OPEN_FOLDERS = ("/_stcore/upload_file/", "/_stcore/bidi-components/")
_CLOSED_FOLDERS = ("/component/", "/app/", "/auth/", "/oauth2callback")
# Open to somebody who must first change the initial password.
_BEFORE_PASSWORD = frozenset({"/password", "/logout", "/language"})
# Requested by a page that is already open.
_ASKED_BY_PAGES = ("/_stcore/", "/media/")
# Requested by the browser on its own when it reconnects: not an action of a person.
_BY_ITSELF = frozenset({"/_stcore/host-config", "/_stcore/stream"})


class Door(Enum):
    """Who may use an address."""

    EVERYBODY = auto()
    API = auto()
    SIGNED_IN = auto()
    NOBODY = auto()


def door_of(path: str) -> Door:
    """Who may use this address; unknown ones require sign-in."""
    if path in _PUBLIC or path.startswith(_PUBLIC_FOLDERS):
        return Door.EVERYBODY
    if path.startswith(_API):
        return Door.API
    core = "/_stcore" in path and path not in _CORE_OPEN and not path.startswith(_CORE_OPEN_FOLDERS)
    return Door.NOBODY if core or path.startswith(_CLOSED_FOLDERS) else Door.SIGNED_IN


def open_before_password(path: str) -> bool:
    """Whether somebody may use this address before changing the initial password."""
    return path in _BEFORE_PASSWORD


def is_opened_by_people(path: str) -> bool:
    """Whether a person may have opened this address directly and should be redirected rather than refused."""
    return not path.startswith(_ASKED_BY_PAGES)


def is_upload(path: str) -> bool:
    """Whether this address accepts files."""
    return path.startswith("/_stcore/upload_file/")


def asks_who(path: str) -> bool:
    """Whether this address depends on who is signed in; public files need no lookup."""
    return not path.startswith((*_PUBLIC_FOLDERS, _API))


def counts_as_action(path: str) -> bool:
    """Whether a request for this address is an action of a person rather than of the browser on its own."""
    return path not in _BY_ITSELF
