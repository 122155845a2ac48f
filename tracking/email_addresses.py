"""What counts as a work e-mail address."""

import re

from tracking.messages import Message, Refusal

LONGEST = 100
_SHAPE = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def checked_email(typed: str) -> str:
    """The address without surrounding spaces. Raises `Refusal` if it is not one."""
    address = typed.strip()
    if len(address) > LONGEST or not _SHAPE.fullmatch(address):
        raise Refusal(Message("message_choice.email_wrong"), fields=("email",))
    return address
