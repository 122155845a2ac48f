"""What a register is: its name, its fields in order, who keeps it, and which indicators its entries feed."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracking.vocabulary import FieldKind, Keeper, Language

TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PARTNER, FieldKind.LINK})
# What holds the keys of rows that have names.
NAMED = frozenset({FieldKind.UNIT, FieldKind.OFFICER, FieldKind.FILES})


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values of a choice, with its names."""

    key: str
    title: str
    title_en: str = ""

    def named(self, language: Language) -> str:
        """Its name in a language; in Chinese if it has no other."""
        return _in(language, self.title, self.title_en)


@dataclass(frozen=True, slots=True)
class RegisterField:
    """A field of a register.

    `longest` limits a text in characters; `unit` is what a number counts. The sum of a number feeds the indicator, if any,
    over the sum of the field with the key `denominator` if that is a rate.
    Only a `listed` field has a column in the list. A `retired` one is shown where it was filled in and asked for no more.
    """

    key: str
    title: str
    kind: FieldKind
    title_en: str = ""
    required: bool = False
    longest: int = 200
    unit: str = ""
    options: tuple[Option, ...] = ()
    listed: bool = True
    retired: bool = False
    indicator_id: int | None = None
    denominator: str | None = None
    field_id: int = 0

    def named(self, language: Language) -> str:
        """Its name in a language, with the unit of a number."""
        name = _in(language, self.title, self.title_en)
        if not self.unit:
            return name
        return f"{name} ({self.unit})" if language is Language.EN else f"{name}（{self.unit}）"


@dataclass(frozen=True, slots=True)
class Register:
    """A register under a notice, with its fields in order.

    `single`: a keeper has one entry, corrected from then on. The number of entries feeds the indicator, if any.
    Nothing new is entered in a `retired` one.
    """

    key: str
    title: str
    keeper: Keeper
    fields: tuple[RegisterField, ...]
    title_en: str = ""
    single: bool = False
    measure_id: int | None = None
    safeguard_id: int | None = None
    indicator_id: int | None = None
    retired: bool = False
    register_id: int = 0
    notice_id: int = 0

    def named(self, language: Language) -> str:
        """Its name in a language; in Chinese if it has no other."""
        return _in(language, self.title, self.title_en)

    @property
    def asked(self) -> tuple[RegisterField, ...]:
        """The fields that a new version is asked for."""
        return tuple(field for field in self.fields if not field.retired)

    @property
    def day(self) -> RegisterField | None:
        """The field that says when an entry happened: the first day, or None."""
        return next((field for field in self.asked if field.kind is FieldKind.DAY), None)

    def of_kind(self, *kinds: FieldKind) -> tuple[RegisterField, ...]:
        """The fields of some kinds, retired ones too."""
        return tuple(field for field in self.fields if field.kind in kinds)


def register_named(registers: Sequence[Register], key: str | None) -> Register | None:
    """The register with a key, or None."""
    return next((register for register in registers if register.key == key), None)


def _in(language: Language, title: str, title_en: str) -> str:
    return title_en or title if language is Language.EN else title
