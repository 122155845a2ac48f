"""Owns the words that Streamlit's widgets bring along in English: a script in the page words them.

Every message `widget.…` is one entry, its English wording what the widgets say.
"""

import json
from pathlib import Path

from tracking.messages import catalogue
from tracking.words import Language

_SCRIPT = Path(__file__).parent / "assets" / "wording.js"


def wording_script(language: Language) -> str:
    """The script for a language, to stand in the head of the page; English needs no word of it."""
    english, wanted = catalogue(Language.EN), catalogue(language)
    words = {english[key]: wanted[key] for key in english if key.startswith("widget.")}
    # A wording must not end the element it stands in.
    entries = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return f"({_SCRIPT.read_text(encoding='utf-8')})({entries})"
