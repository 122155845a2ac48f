"""When a page's script fails: the log gets everything, the person one sentence.

Where the sign-in is over or the store is away, the connection ends instead: what stands on the page is not replaced.
"""

import logging

import streamlit as st
import structlog
from streamlit import config

from db.engine import STORE_AWAY
from db.identity import PasswordFirst, SignedOut
from server import connections
from server.connections import CONNECTIONS
from tracking.messages import Message, Refusal, text
from tracking.vocabulary import Language

_LOG = structlog.get_logger()
# Where Streamlit writes the whole traceback of whatever ends a script, before it asks us.
ITS_LOG = "streamlit.error_util"


def report_script_error(error: Exception) -> bool:
    """Show a refusal as its sentences and anything else as an apology; True, so that Streamlit adds nothing."""
    if isinstance(error, Refusal):
        _LOG.info("script_ended", why=[message.key for message in error.messages])
    else:
        _LOG.error("script_failed", exc_info=error)
    if not _ended(error):
        _show(error.messages if isinstance(error, Refusal) else (Message("server.script_failed"),))
    return True


def is_unexpected(record: logging.LogRecord) -> bool:
    """Whether a record is of more than a refusal: a sign-in that is over, or what is not there, is no fault of ours."""
    return not (record.exc_info and isinstance(record.exc_info[1], Refusal))


def quiet_refusals() -> None:
    """Keep the tracebacks of refusals out of Streamlit's own log, which with rich it would go round."""
    config.set_option("logger.enableRich", False)
    logging.getLogger(ITS_LOG).addFilter(is_unexpected)


def _ended(error: Exception) -> bool:
    code = code_of(error)
    session_hash = st.user.get("session_hash")
    return code is not None and bool(session_hash) and CONNECTIONS.end(str(session_hash), code)


def code_of(error: Exception) -> int | None:
    """The code with which an error ends the connection; None for those that the page itself shows."""
    if isinstance(error, SignedOut):
        return connections.SIGNED_OUT
    if isinstance(error, PasswordFirst):
        return connections.PASSWORD_FIRST
    return connections.STORE_AWAY if isinstance(error, STORE_AWAY) else None


def _show(messages: tuple[Message, ...]) -> None:
    language = Language(st.session_state.get("language", Language.ZH_CN))
    for message in messages:
        st.error(text(message.key, language, **message.values))
