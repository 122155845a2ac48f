"""Writing one value into a cell of a workbook."""

from datetime import date
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# Excel drops a whole text that is longer.
_LONGEST = 32_767


def write_value(
    sheet: Worksheet, place: tuple[int, int], value: str | float | Decimal | date | None, style: Format
) -> None:
    """Write a text, a number or a day at a row and column, from 0; what is missing or empty is a blank cell."""
    match value:
        case None | "":
            sheet.write_blank(*place, None, style)
        case str():
            sheet.write_string(*place, _fitting(value), style)
        case date():
            sheet.write_datetime(*place, value, style)
        case _:
            sheet.write_number(*place, float(value), style)


def _fitting(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
