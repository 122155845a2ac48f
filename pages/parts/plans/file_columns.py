"""What the columns of an office's own plan mean, told by its officer where the headers do not."""

from collections.abc import Sequence

import streamlit as st

from db.plans.files import PlanFile
from pages.shared.forms import Form
from pages.shared.wording import plain, translate
from tracking.documents.plan_layout import PlanLayout
from tracking.documents.plan_words import PlanField

_IN_A_ROW = 3


def columns_told(filled: Form, file: PlanFile) -> Sequence[PlanLayout]:
    """The layouts as told; none for our own form. What is brought in confirms them."""
    if file.ours:
        return ()
    with st.expander(translate("plan_file.columns"), expanded=not file.confirmed):
        st.markdown(translate("plan_file.confirmed" if file.confirmed else "plan_file.confirm_columns"))
        told = [_told(filled, layout) for layout in file.layouts]
    return [layout for layout in told if layout.usable]


def _told(filled: Form, layout: PlanLayout) -> PlanLayout:
    st.caption(
        translate("plan_file.sheet_and_rows", sheet=plain(layout.sheet), first=layout.first, last=layout.last)
    )
    options = {str(name): translate(f"plan_field.{name}") for name in PlanField}
    places = st.columns(_IN_A_ROW, gap="small")
    fields = {}
    for at, column in enumerate(layout.columns):
        with places[at % _IN_A_ROW]:
            name = f"column_{layout.sheet}_{column.at}"
            fields[column.at] = PlanField(
                filled.choice(name, plain(column.header), options, str(column.field))
            )
    return layout.with_fields(fields)
