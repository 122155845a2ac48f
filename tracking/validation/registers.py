"""What must hold for a register entry before it is kept: every fault at once, each with its field."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeAlias
from urllib.parse import urlsplit

from tracking.messages import Message
from tracking.validation.days import day_problems
from tracking.validation.problems import Problem, text_problems

# Maximum characters by field name; the columns in db/tables hold as many.
REGISTER_LIMITS = {
    "document_number": 60,
    "lead_leader": 40,
    "member_units": 500,
    "ccpit_partner": 100,
    "partner_place": 60,
    "partner_body": 100,
    "standing": 40,
    "results": 1000,
    "channel": 60,
    "title": 200,
    "link": 300,
    "reason": 500,
}
_REQUIRED = frozenset({"lead_leader", "partner_place", "partner_body", "channel", "title"})
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+")


@dataclass(frozen=True, slots=True)
class MechanismDraft:
    """A coordination mechanism as it is written down."""

    established_on: date | None = None
    document_number: str = ""
    lead_leader: str = ""
    member_units: str = ""
    ccpit_partner: str = ""
    liaison_officer_id: int | None = None


@dataclass(frozen=True, slots=True)
class CooperationDraft:
    """A bilateral or multilateral mechanism with a partner abroad."""

    partner_place: str = ""
    partner_body: str = ""
    multilateral: bool = False
    established_on: date | None = None
    standing: str = ""
    results: str = ""


@dataclass(frozen=True, slots=True)
class PublicityDraft:
    """A piece of publicity."""

    published_on: date | None = None
    channel: str = ""
    title: str = ""
    link: str = ""


RegisterDraft: TypeAlias = MechanismDraft | CooperationDraft | PublicityDraft


def check_register(draft: RegisterDraft, today: date) -> list[Problem]:
    """Every fault of an entry: texts, missing or future days, the link."""
    problems: list[Problem] = []
    for field in fields(draft):
        value = getattr(draft, field.name)
        if isinstance(value, str):
            required = field.name in _REQUIRED
            problems += text_problems(field.name, value, required=required, limit=REGISTER_LIMITS[field.name])
        elif field.name.endswith("_on"):
            problems += _day_problems(field.name, value, today)
    if isinstance(draft, PublicityDraft):
        problems += _link_problems(draft.link)
    return problems


def _day_problems(field: str, value: date | None, today: date) -> Iterator[Problem]:
    if value is None:
        yield Problem(field, Message("validation.required"))
    elif value > today:
        yield Problem(field, Message("register.in_future", today=today.isoformat()))
    else:
        yield from day_problems(field, value, today)


def _link_problems(link: str) -> Iterable[Problem]:
    """A link must be a full https address without credentials, or empty."""
    given = link.strip()
    return [] if not given or _is_address(given) else [Problem("link", Message("register.not_https"))]


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
        host, named = parts.hostname or "", parts.username is not None
        parts.port  # noqa: B018 -- raises for what is no port
    except ValueError:
        return False
    spaced = any(sign.isspace() for sign in link)
    return parts.scheme == "https" and not named and not spaced and bool(_HOST.fullmatch(host))
