"""Our scripts in the page: where the server is, truthful history, ARIA roles, printing, focus, typing, the grid, connection, wording.

Every message `widget.…` is one entry of the words, its English wording what Streamlit's widgets say; every message
`connection.…` is one of the words that say why a page is cut off.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from server.host_config import CONFIG
from tracking.messages import catalogue
from tracking.vocabulary import Language

ASSETS = Path(__file__).parent / "assets"


def own_scripts(language: Language) -> tuple[str, ...]:
    """The scripts for a language, to stand in the head of the page before Streamlit's own."""
    plain = map(_script, ("history.js", "roles.js", "print.js", "typing.js", "grid.js"))
    skip = _called("focus.js", catalogue(language)["page.skip"])
    connection = _called("connection.js", _connection(language))
    return _called("backend.js", CONFIG), *plain, skip, connection, _called("wording.js", _wording(language))


def _wording(language: Language) -> Mapping[str, str]:
    english, wanted = catalogue(Language.EN), catalogue(language)
    return {english[key]: wanted[key] for key in english if key.startswith("widget.")}


def _connection(language: Language) -> Mapping[str, str]:
    wanted = catalogue(language)
    return {key.partition(".")[2]: words for key, words in wanted.items() if key.startswith("connection.")}


def _called(name: str, words: Mapping[str, Any] | str) -> str:
    # A wording must not end the element it stands in.
    entries = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return f"({_script(name)})({entries})"


def _script(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
