"""The note that says by which tree a page groups its figures, and who has moved since."""

import streamlit as st

from db.hierarchy.queries import moves_frame
from pages.parts.figures.extract import Extract
from pages.shared.reads import Reads
from pages.shared.wording import day, plain, translate


def tree_note(reads: Reads, extract: Extract) -> None:
    """One line under the figures."""
    as_of = extract.choice.as_of
    shown = "today" if extract.todays_tree else "day"
    said = translate(f"hierarchy.shows_{shown}", day=day(reads.today if extract.todays_tree else as_of))
    moves = reads.common(moves_frame, after=as_of, upto=reads.today)
    told = [
        translate(
            "hierarchy.move",
            name=plain(row["authority_name"]),
            old=plain(row["from_name"]),
            new=plain(row["to_name"]),
            day=day(row["moved_on"]),
        )
        for row in moves.to_dict("records")
    ]
    if told:
        said += translate("hierarchy.moved_since", moves=translate("access.list").join(told))
    st.caption(said)
