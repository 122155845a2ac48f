"""When a page's script fails: the log gets everything, the person one sentence."""

import streamlit as st
import structlog

from tracking.messages import Message, Refusal, text
from tracking.vocabulary import Language

_LOG = structlog.get_logger()


def report_script_error(error: Exception) -> bool:
    """Show a refusal as its sentences and anything else as an apology; returns True so that Streamlit adds nothing."""
    if isinstance(error, Refusal):
        messages = error.messages
    else:
        _LOG.error("script_failed", exc_info=error)
        messages = (Message("server.script_failed"),)
    language = Language(st.session_state.get("language", Language.ZH_CN))
    for message in messages:
        st.error(text(message.key, language, **message.values))
    return True
