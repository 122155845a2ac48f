"""Figures that the working group supplies, among those of tasks."""

import pandas as pd

# Stands where the rows of tasks name theirs.
NO_TASK = 0
_WHOSE = ["indicator_id", "authority_id"]


def with_supplied(actuals: pd.DataFrame, supplied: pd.DataFrame) -> pd.DataFrame:
    """The values of tasks, with the newest supplied figure of an authority in the place of its own up to that period.

    Both have the columns of `actuals_frame`. What the authority itself reports for a later period counts again.
    """
    if supplied.empty:
        return actuals
    newest = supplied.sort_values("period_number").drop_duplicates(_WHOSE, keep="last")
    own = actuals.groupby(_WHOSE)["period_number"].max().rename("own")
    later = newest.join(own, on=_WHOSE)["own"] > newest["period_number"]
    standing = newest[~later]
    whose = pd.MultiIndex.from_frame(actuals[_WHOSE])
    replaced = whose.isin(pd.MultiIndex.from_frame(standing[_WHOSE]))
    return pd.concat([actuals[~replaced], standing[list(actuals.columns)]], ignore_index=True)
