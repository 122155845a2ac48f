"""Which indicator of another notice an indicator is the same figure as, since when, and the form to declare it."""

import streamlit as st

from db.identity import SignedIn
from db.reference.queries import indicators_frame
from db.reference.rows import IndicatorRow, ShareRow
from db.reference.shares import share_indicator, shares_frame
from db.typed_rows import rows_as
from pages.shared.choices import notice_names
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import day, plain, translate


def share_form(reads: Reads, by: SignedIn, notice_id: int, row: IndicatorRow) -> None:
    """What was declared, and the form to declare it anew; nothing while there is one notice."""
    others = _others(reads, notice_id)
    if not others:
        return
    st.markdown(f"**{translate('reference_page.share')}**")
    st.caption(translate("reference_page.share_note"))
    held = rows_as(ShareRow, reads.common(shares_frame, indicator_id=row.indicator_id))
    for one in held:
        said = others.get(one.same_as_id, translate("reference_page.share_none"))
        st.caption(translate("reference_page.share_since", day=day(one.from_on), indicator=said))
    form = small_form(f"share_{row.indicator_id}")
    names = {None: translate("reference_page.share_none"), **others}
    now = held[0].same_as_id if held else None
    same_as_id = form.choice("same_as_id", translate("reference_page.same_as"), names, now)
    from_on = form.day("share_from_on", translate("reference_page.share_from"), reads.today)
    form.save(
        translate("reference_page.share_save"),
        share_indicator,
        done=translate("reference_page.share_saved"),
        by=by,
        indicator_id=row.indicator_id,
        same_as_id=same_as_id,
        from_on=from_on,
    )


def _others(reads: Reads, notice_id: int) -> dict[int | None, str]:
    """Indicator of another notice → its name, unit, number and notice."""
    return {
        row.indicator_id: f"{name} {row.measure_number}.{row.number} {plain(row.name)}（{plain(row.unit)}）"
        for other, name in notice_names(reads).items()
        if other != notice_id
        for row in rows_as(IndicatorRow, reads.common(indicators_frame, notice_id=other))
    }
