"""Messages: a rule names one with its values; the edge chooses language and wording.

Catalogues are the `.po` files under `tracking/locale/<language>/`, one file a noun, all merged.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from babel.messages.pofile import read_po

from tracking.rates import Rate
from tracking.vocabulary import Language

CATALOGUES = Path(__file__).parent / "locale"


@runtime_checkable
class Named(Protocol):
    """Anything that is called something in each language."""

    def named(self, language: Language) -> str:
        """Its name in a language."""


@dataclass(frozen=True)
class Message:
    """A sentence by name, with its values; `text` words it."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def __init__(self, key: str, /, **values: Any) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return text(self.key, Language.ZH_CN, **self.values)


class Refusal(Exception):
    """A request is not allowed; carries every reason at once, and `str` is fit to show.

    `fields` names the form field each message belongs to, "" for the whole form.
    """

    def __init__(self, *messages: Message, fields: tuple[str, ...] = ()) -> None:
        super().__init__(*messages)
        self.messages = messages
        self.fields = fields or ("",) * len(messages)

    def __str__(self) -> str:
        return " ".join(str(message) for message in self.messages)


def refusal(check: Callable[..., object], /, *args: Any, **kwargs: Any) -> Message | None:
    """The refusal a check would raise, or None: one rule for a disabled button and its explanation."""
    try:
        check(*args, **kwargs)
    except Refusal as refused:
        return refused.messages[0]
    return None


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Every message of a language, name → wording."""
    messages: dict[str, str] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            messages |= {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}
    return messages


def text(key: str, language: Language, /, **values: Any) -> str:
    """The wording of a message; values that are messages, closed words or have a name in a language are worded too.

    A closed word is looked up under its argument name: `right=Right.REVIEW` reads `right.review`; a `Decimal`
    is written as an indicator's value, a tuple as a list of such. Raises `KeyError` when the catalogue lacks the name.
    """
    worded = {name: _worded(name, value, language) for name, value in values.items()}
    return catalogue(language)[key].format(**worded)


def _worded(name: str, value: Any, language: Language) -> Any:
    if isinstance(value, Message):
        return text(value.key, language, **value.values)
    if isinstance(value, tuple):
        return catalogue(language)["access.list"].join(str(_worded(name, one, language)) for one in value)
    if isinstance(value, Decimal):
        return amount_words(value)
    if isinstance(value, Named):
        return value.named(language)
    return catalogue(language)[f"{name}.{value}"] if isinstance(value, StrEnum) else value


def amount_words(value: Decimal) -> str:
    """An indicator's value for reading: with thousands separators and no trailing zeros; a rate with its parts."""
    written = f"{value:,.2f}".rstrip("0").rstrip(".")
    if not isinstance(value, Rate):
        return written
    return f"{written}（{'/'.join(map(amount_words, value.parts))}）"
