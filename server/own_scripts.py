"""Our scripts in the page: truthful history, corrected ARIA roles, printing, widget wording.

Every message `widget.…` is one entry of the words, its English wording what Streamlit's widgets say.
"""

import json
from pathlib import Path

from tracking.messages import catalogue
from tracking.vocabulary import Language

ASSETS = Path(__file__).parent / "assets"


def own_scripts(language: Language) -> tuple[str, ...]:
    """The scripts for a language, for the head of the page before Streamlit's own."""
    return *map(_script, ("history.js", "roles.js", "print.js")), _wording(language)


def _wording(language: Language) -> str:
    english, wanted = catalogue(Language.EN), catalogue(language)
    words = {english[key]: wanted[key] for key in english if key.startswith("widget.")}
    # A wording must not close the element it is in.
    entries = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return f"({_script('wording.js')})({entries})"


def _script(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
