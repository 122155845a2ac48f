"""Reporting periods as a list words them."""

import pandas as pd

from pages.shared.choices import name_of
from pages.shared.wording import day, translate


def with_spans(periods: pd.DataFrame) -> pd.DataFrame:
    """The periods with `period`, `observed` and `window` in words."""
    return periods.assign(
        period=[name_of(row) for row in periods.itertuples()],
        observed=_spans(periods, "starts_on", "ends_on"),
        window=_spans(periods, "opens_on", "closes_on"),
    )


def _spans(periods: pd.DataFrame, first: str, last: str) -> list[str]:
    return [
        translate("periods_page.span", first=day(begin), last=day(end))
        for begin, end in zip(periods[first], periods[last], strict=True)
    ]
