"""The theme that is put together once is the one that Streamlit would put together each time."""

import pytest
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from server.theme_message import keep_the_theme

SECTIONS = (
    "theme",
    "theme.light",
    "theme.dark",
    "theme.sidebar",
    "theme.light.sidebar",
    "theme.dark.sidebar",
)


def _of_a_run() -> NewSession:
    """The message as Streamlit fills it in at the beginning of a run."""
    message = NewSession()
    theme = message.custom_theme
    places = (theme, theme.light, theme.dark, theme.sidebar, theme.light.sidebar, theme.dark.sidebar)
    for place, section in zip(places, SECTIONS, strict=True):
        app_session._populate_theme_msg(place, section)
    return message


def test_every_run_is_told_the_same_theme_and_it_is_put_together_once(monkeypatch: pytest.MonkeyPatch):
    told, populate, asked = _of_a_run(), app_session._populate_theme_msg, []
    assert told.custom_theme.light.primary_color == "#1F4E8C"

    def counted(message: object, section: str = "theme") -> None:
        asked.append(section)
        populate(message, section)

    monkeypatch.setattr(app_session, "_populate_theme_msg", counted)
    keep_the_theme()
    for _ in range(3):
        assert _of_a_run().SerializeToString(deterministic=True) == told.SerializeToString(deterministic=True)
    assert asked == list(SECTIONS)
