"""Reporting periods as a list words them."""

from typing import Any

import pandas as pd

from pages.shared.choices import name_of
from pages.shared.wording import day, translate


def with_spans(periods: pd.DataFrame) -> pd.DataFrame:
    """The periods with `period`, `observed` and `window` in words."""
    return periods.assign(
        period=[name_of(row) for row in periods.itertuples()],
        observed=_spans(periods, "starts_on", "ends_on"),
        window=[_window(row) for row in periods.itertuples()],
    )


def _window(row: Any) -> str:
    """When a period takes reports, and the day it was closed where that came first; one only proposed has none."""
    span = translate("periods_page.span", first=day(row.opens_on), last=day(row.closes_on))
    closed_on = getattr(row, "closed_on", None)
    if closed_on is None or closed_on >= row.closes_on:
        return span
    return span + translate("periods_page.closed_early", day=day(closed_on))


def _spans(periods: pd.DataFrame, first: str, last: str) -> list[str]:
    return [
        translate("periods_page.span", first=day(begin), last=day(end))
        for begin, end in zip(periods[first], periods[last], strict=True)
    ]
