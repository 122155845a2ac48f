"""What an exported ledger holds besides the register, so that whoever has the file can recompute every page.

Each line has its part of the two sums that a unit's completion is divided from; each indicator has a column of values
that count and one of the targets they count against, a rate two more of its parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracking.ledgers.columns import ledger_headers
from tracking.messages import text
from tracking.rates import Rate
from tracking.scales import STATES, Measured, value_words
from tracking.vocabulary import IndicatorKind, Language

# `counted`, `reported` and `accepted` are 1 or 0; `done` and `due` are weight × completion and weight × expected progress.
FIGURE_COLUMNS = (
    "authority_code",
    "task_number",
    "unit_code",
    "unit",
    "region_seven",
    "region_four",
    "province",
    "area_number",
    "measure_number",
    "action",
    "task_status",
    "counted",
    "weight",
    "done",
    "due",
    "reported",
    "accepted",
    "counted_period",
    "lowered",
)
_ACTUAL, _TARGET = "actual.", "target."


@dataclass(frozen=True, slots=True)
class LedgerIndicator:
    """An indicator whose values are columns of a file; `code` is the numbers of its measure and its own."""

    id: int
    code: str
    name: str
    unit: str
    additive: bool
    kind: IndicatorKind = IndicatorKind.COUNT

    @property
    def parts(self) -> tuple[str, ...]:
        """The columns of numerator and denominator; only a rate has them."""
        if self.kind is not IndicatorKind.RATE:
            return ()
        return f"{_ACTUAL}{self.id}.numerator", f"{_ACTUAL}{self.id}.denominator"

    @property
    def columns(self) -> tuple[str, ...]:
        """All its columns, in order."""
        return (*self.parts, self.actual, self.target)

    def values(self, value: Decimal) -> dict[str, Decimal]:
        """Column → what a value that counts puts there."""
        parts = value.parts if isinstance(value, Rate) else ()
        return {self.actual: value, **dict(zip(self.parts, parts, strict=False))}

    def told(self, value: Decimal) -> str:
        """A value with its name and unit, without a space."""
        return f"{self.name}{compact_words(value, self)}"

    @property
    def actual(self) -> str:
        """The column of the cumulative values that count."""
        return f"{_ACTUAL}{self.id}"

    @property
    def target(self) -> str:
        """The column of the targets they count against."""
        return f"{_TARGET}{self.id}"


def is_sparse(column: str) -> bool:
    """Whether a column is of one indicator, and so empty in most lines."""
    return column.startswith((_ACTUAL, _TARGET))


def file_headers(indicators: Sequence[LedgerIndicator], language: Language) -> dict[str, str]:
    """Column → header of an exported ledger: the register, then the figures, then two columns an indicator, four a rate."""
    figures = {column: text(f"ledger_figure.{column}", language) for column in FIGURE_COLUMNS}
    return ledger_headers(language) | figures | _of_indicators(indicators, language)


def _of_indicators(indicators: Sequence[LedgerIndicator], language: Language) -> dict[str, str]:
    headers = {}
    for one in indicators:
        said = {"code": one.code, "name": one.name, "unit": one.unit}
        for column in one.parts:
            headers[column] = text(f"ledger_figure.{column.rpartition('.')[2]}", language, **said)
        headers[one.actual] = text("ledger_figure.actual", language, **said)
        headers[one.target] = text("ledger_figure.target", language, **said)
    return headers


def share_of(weight_tenths: int, permille: int) -> Decimal:
    """A task's part of a sum: weight × permille ÷ 1000, exact; what is over 1000 counts as 1000."""
    return Decimal(weight_tenths * min(permille, 1000)) / 10_000


def lowered_targets(
    first: Mapping[int, Decimal], now: Mapping[int, Decimal], names: Mapping[int, str]
) -> str:
    """The targets that are smaller now than those that count, each as "name 100→80"; empty for none."""
    smaller = {key: value for key, value in first.items() if now.get(key, Decimal()) < value}
    return "；".join(
        f"{names[key]} {plain(value)}→{plain(now.get(key, Decimal()))}" for key, value in smaller.items()
    )


def compact_words(value: Decimal, scale: Measured) -> str:
    """A value with its unit as a ledger writes it, without a space."""
    return value_words(value, scale) if scale.kind in STATES else f"{plain(value)}{scale.unit}"


def plain(value: Decimal) -> str:
    """The number without needless zeros."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said
