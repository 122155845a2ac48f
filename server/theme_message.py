"""Puts the theme of the pages together once a process: Streamlit does it anew at every run, a seventh of a warm visit."""

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_POPULATE = "_populate_theme_msg"


def keep_the_theme() -> None:
    """Let Streamlit fill in what was put together the first time; the configuration does not change while it runs."""
    populate = getattr(app_session, _POPULATE)

    @cache
    def made(section: str) -> CustomThemeConfig:
        message = CustomThemeConfig()
        populate(message, section)
        return message

    def fill_in(message: CustomThemeConfig, section: str = "theme") -> None:
        if made(section).ByteSize():
            message.MergeFrom(made(section))

    setattr(app_session, _POPULATE, fill_in)
