"""The log: one JSON line per event, without the values a failing function held, which may name people."""

import structlog


def configure_log() -> None:
    """Configure logging for this process."""
    plain_traceback = structlog.processors.ExceptionRenderer(
        structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            plain_traceback,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
