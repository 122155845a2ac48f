"""Owns how an office phone is shown to those who may not see it whole."""

SHOWN = 4


def masked(phone: str) -> str:
    """The phone with all but its first characters starred; nothing stays nothing."""
    return phone[:SHOWN] + "*" * max(len(phone) - SHOWN, 0)
