"""Long lists, shown part by part."""

import pandas as pd
import streamlit as st

ON_A_PAGE = 30


def shown_part(frame: pd.DataFrame, name: str, most: int = ON_A_PAGE) -> pd.DataFrame:
    """What is shown of a list at once; the pages are turned where this is called."""
    parts = -(-len(frame) // most)
    if parts <= 1:
        return frame
    number = st.pagination(parts, key=f"parts_{name}", max_visible_pages=5)
    return frame.iloc[(number - 1) * most : number * most]
