"""Wording on pages: the signed-in officer's language, and user text made harmless."""

import re
from datetime import date, datetime

import pandas as pd
import streamlit as st

from db.clock import OFFICE_ZONE
from tracking.messages import Message, text
from tracking.vocabulary import Language

_SPEAKS = "language"
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&:])")
# Text that is read as an icon, link or address even when escaped is broken up by an invisible joiner.
_PARTED = re.compile(r":(?=\w)|(?<=www)\.|(?<=:)//|@", re.IGNORECASE)


def speak(chosen: Language) -> None:
    """Use this language from here on."""
    st.session_state[_SPEAKS] = chosen


def language() -> Language:
    """The language of this visit."""
    return Language(st.session_state.get(_SPEAKS, Language.ZH_CN))


def translate(key: str, /, **values: object) -> str:
    """The wording of a message of the catalogue; user text among the values must go through `plain` first."""
    return text(key, language(), **values)


def message_text(message: Message) -> str:
    """The wording of a message returned by a rule."""
    return text(message.key, language(), **message.values)


def plain(user_text: object) -> str:
    """User text on one line, with every Markdown character escaped."""
    line = " ".join(str(user_text).split())
    return _MARKUP.sub(r"\\\1", _PARTED.sub("\u2060\\g<0>\u2060", line))


def percent(permille: float | None) -> str:
    """Tenths of a percent as a percentage with one decimal; a dash if unknown."""
    return "—" if pd.isna(permille) else f"{permille / 10:.1f}%"


def points(permille: float | None) -> str:
    """A difference of two percentages, in percentage points with its sign."""
    if pd.isna(permille):
        return "—"
    return translate("page.points", value=f"{permille / 10:+.1f}".replace("-", "−"))


def day(value: date | None) -> str:
    """A day as 2026-09-30."""
    return "—" if pd.isna(value) else f"{value:%Y-%m-%d}"


def moment(value: datetime | None) -> str:
    """An instant as 2026-09-30 14:05, in office local time."""
    return "—" if pd.isna(value) else f"{value.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"


def lines(user_text: str) -> str:
    """User text of several lines, escaped, with line breaks kept."""
    return "  \n".join(plain(line) for line in user_text.splitlines() if line.strip())
