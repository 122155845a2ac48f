"""Which addresses are public, which are closed, and which need a sign-in."""

from enum import Enum, auto

# Programs show a token there, which the API asks for itself; a cookie opens nothing of it.
_API = "/api/"
# What a browser needs before anybody is signed in, and what a machine asks about health.
_PUBLIC = frozenset({"/login", "/healthz", "/_stcore/health", "/favicon.ico", "/favicon.png", "/robots.txt"})
_PUBLIC_FOLDERS = ("/static/", "/assets/")
# Of Streamlit's own addresses only those the browser needs: no metrics, no agent endpoints, no debugging.
_CORE_OPEN = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
_CORE_OPEN_FOLDERS = ("/_stcore/upload_file/", "/_stcore/bidi-components/")
_CLOSED_FOLDERS = ("/component/", "/app/", "/auth/", "/oauth2callback")
# Open to somebody who must change the initial password before anything else.
_BEFORE_PASSWORD = frozenset({"/password", "/logout", "/language"})
# Asked for by a page that is open already.
_ASKED_BY_PAGES = ("/_stcore/", "/media/")
# Asked by the browser by itself, when it reconnects: no action of a person.
_BY_ITSELF = frozenset({"/_stcore/host-config", "/_stcore/stream"})


class Door(Enum):
    """Who may use an address."""

    EVERYBODY = auto()
    API = auto()
    SIGNED_IN = auto()
    NOBODY = auto()


def door_of(path: str) -> Door:
    """Who may use this address; what is not known is for somebody signed in."""
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
    """Whether this address takes files."""
    return path.startswith("/_stcore/upload_file/")


def asks_who(path: str) -> bool:
    """Whether it matters at this address who is signed in: files that everybody gets are not looked up for."""
    return not path.startswith((*_PUBLIC_FOLDERS, _API))


def counts_as_action(path: str) -> bool:
    """Whether asking for this address is something a person does, rather than their browser by itself."""
    return path not in _BY_ITSELF
