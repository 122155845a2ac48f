"""Messages stored as JSON in a notification's details."""

from typing import Any

from tracking.messages import Message

KEY, VALUES = "message", "values"


def pack(message: Message) -> dict[str, Any]:
    """A message as plain JSON."""
    return {KEY: message.key, VALUES: message.values}


def unpack(details: dict[str, Any]) -> dict[str, Any]:
    """The values of a notification, with packed messages restored."""
    return {name: _unpacked(value) for name, value in details.items()}


def _unpacked(value: Any) -> Any:
    return Message(value[KEY], **value[VALUES]) if isinstance(value, dict) else value
