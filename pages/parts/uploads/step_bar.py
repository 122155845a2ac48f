"""A progress bar for long work that the page waits for."""

import streamlit as st

from pages.shared.wording import translate
from tracking.steps import OnStep, Step, share


def step_bar() -> OnStep:
    """A progress bar here, drawn once the work reports progress; leaving the page ends the work."""
    place = st.empty()

    def tell(step: Step, done: int, total: int) -> None:
        place.progress(
            share(done, total), translate(f"import_step.{step}", done=f"{done:,}", total=f"{total:,}")
        )

    return tell
