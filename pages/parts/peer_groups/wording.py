"""The comparison in words: one sentence, its figures, and why no position is given."""

import pandas as pd
import streamlit as st

from db.peer_groups.queries import peer_groups_frame
from db.site.queries import site_settings
from pages.parts.figures.address import trace_address
from pages.parts.figures.extract import Extract, unit_name
from pages.parts.peer_groups.figures import ALL, Compared
from pages.shared.components import Figure, figures
from pages.shared.reads import Reads
from pages.shared.wording import message_text, percent, plain, points, translate
from tracking.peer_groups import LEAST_UNITS, Comparison

# Percentage points; a smaller difference is shown as none.
LEAST_SEEN = 0.05


def comparison_sentence(reads: Reads, asked: Compared, comparison: Comparison) -> str:
    """One's own unit against the median; without one, the median and the spread of the units."""
    told = {"period": asked.choice.period, "group": _group_name(reads, asked.group)}
    told |= {"units": str(len(comparison.units)), "counted": str(comparison.counted)}
    if comparison.median_permille is None:
        return translate("comparison.sentence_few", least=LEAST_UNITS, **told)
    told["median"] = percent(comparison.median_permille)
    own = _own(asked, comparison)
    if own is None or pd.isna(own["completion_permille"]):
        return translate("comparison.sentence", spread=_spread(comparison), **told)
    gap = own["gap_permille"] / 10
    key = "same" if abs(gap) < LEAST_SEEN else "above" if gap > 0 else "below"
    return translate(
        f"comparison.sentence_{key}",
        unit=plain(unit_name(reads, asked.unit_id, "short_name")),
        completion=percent(own["completion_permille"]),
        points=f"{abs(gap):.1f}",
        **told,
    )


def comparison_figures(asked: Compared, comparison: Comparison) -> None:
    """One's own unit with its gap, the median, the spread, the share reported, and the place if shown."""
    frame, own = comparison.units, _own(asked, comparison)
    shown = [
        Figure(translate("column.median_permille"), percent(comparison.median_permille)),
        Figure(translate("comparison.spread"), _spread(comparison)),
        Figure(
            translate("comparison.reported"),
            translate(
                "figure.of_tasks", reported=int(frame["reported"].sum()), tasks=int(frame["tasks"].sum())
            ),
        ),
    ]
    if own is not None:
        gap = own["gap_permille"]
        known = None if pd.isna(gap) else points(gap)
        better = None if pd.isna(gap) or abs(gap / 10) < LEAST_SEEN else gap > 0
        completion = percent(own["completion_permille"])
        shown.insert(
            0,
            Figure(
                translate("figure.task_completion"),
                completion,
                known,
                translate("comparison.to_median"),
                good=better,
                trace=trace_address(
                    Extract(asked.choice, unit_id=asked.unit_id, measure_id=asked.measure_id)
                ),
            ),
        )
        shown += _place(own, comparison)
    figures(shown)


def _place(own: pd.Series, comparison: Comparison) -> list[Figure]:
    if not comparison.ranked or pd.isna(own["place"]):
        return []
    place = translate("comparison.place", place=int(own["place"]), counted=comparison.counted)
    if pd.isna(own["place_change"]):
        return [Figure(translate("comparison.position"), place)]
    change = int(own["place_change"])
    key = "same" if not change else "risen" if change > 0 else "fallen"
    changed = translate(f"comparison.{key}", places=abs(change))
    # Not judged: places depend on completion alone.
    return [Figure(translate("comparison.position"), place, changed, translate("figure.since_last"))]


def position_note(reads: Reads, comparison: Comparison) -> None:
    """Why no place is shown although the site shows places."""
    if reads.common(site_settings).ranking and comparison.withheld is not None:
        st.caption(message_text(comparison.withheld))


def _group_name(reads: Reads, group: str) -> str:
    if group == ALL:
        return translate("comparison.everybody")
    groups = reads.scoped(peer_groups_frame, on=reads.today)
    return plain(next(iter(groups[groups["group_id"] == int(group)]["name"]), ""))


def _own(asked: Compared, comparison: Comparison) -> pd.Series | None:
    rows = comparison.units[comparison.units["unit_id"] == asked.unit_id]
    return None if rows.empty else rows.iloc[0]


def _spread(comparison: Comparison) -> str:
    values = comparison.units["completion_permille"]
    return translate("comparison.from_to", lowest=percent(values.min()), highest=percent(values.max()))
