"""Office phone numbers: accepted formats, and how much of one everybody sees."""

import re

from tracking.messages import Message
from tracking.validation import Problem

# Digits with the usual separators and an extension: 010-12345678, +86 (10) 1234 5678, 0571-87654321转802.
_PHONE = re.compile(r"\+?[0-9 ()（）\-]{5,24}(?:(?:转|ext\.?|x) ?[0-9]{1,6})?")
HIDDEN = "*"
SHOWN_FIRST, SHOWN_LAST = 3, 2


def masked(phone: str) -> str:
    """The number with all digits but the first three and last two hidden; a short one is hidden entirely."""
    digits = [position for position, character in enumerate(phone) if character.isdigit()]
    enough = len(digits) > SHOWN_FIRST + SHOWN_LAST
    hidden = set(digits[SHOWN_FIRST:-SHOWN_LAST] if enough else digits)
    return "".join(HIDDEN if position in hidden else character for position, character in enumerate(phone))


def check_phone(field: str, phone: str) -> list[Problem]:
    """What is wrong with a typed number; an empty one is fine."""
    fits = not phone or _PHONE.fullmatch(phone)
    return [] if fits else [Problem(field, Message("officer.phone_unclear"))]
