"""The line that says whether a completion rests on activities, outputs or outcomes."""

import streamlit as st

from db.traces.result_levels import levels_on, measured_weights_frame
from pages.parts.figures.extract import Extract, measures_of, rows_of
from pages.shared.reads import Reads
from pages.shared.wording import percent, translate
from tracking.figures.indicators import Headline
from tracking.figures.result_levels import rests_on


def rests_on_line(reads: Reads, extract: Extract, head: Headline) -> None:
    """The shares of the weight, for the figures of today's plans; what was planned on a past day is not told apart."""
    if reads.known_on is not None or extract.choice.vintage.published or not head.weight_tenths:
        return
    shares = reads.made(_shares, extract, head.weight_tenths)
    said = (translate(f"overview.on_{name}", share=percent(share)) for name, share in shares.items())
    st.caption(translate("overview.rests_on", shares=translate("sentence.comma").join(said)))


def _shares(reads: Reads, extract: Extract, weight_tenths: int) -> dict[str, float]:
    choice = extract.choice
    weights = reads.scoped(measured_weights_frame, notice_id=choice.notice_id, year=choice.year)
    weights = rows_of(reads, extract, weights)
    weights = weights[weights["measure_id"].isin(measures_of(reads, extract)["measure_id"])]
    return rests_on(weights, reads.common(levels_on, on=choice.as_of), weight_tenths)
