"""Supplying a figure, agreeing to it, contesting it and ruling on it."""

from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.reference.queries import indicators_frame
from db.reference.rows import IndicatorRow
from db.supplied import actions as acts
from db.supplied.rows import SuppliedRow
from db.typed_rows import rows_as
from pages.shared.choices import begun_periods, units_in_reach
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.catalogue import offered
from tracking.evidence import LIMIT_MEGABYTES, MEDIA_TYPES, HandedIn
from tracking.permissions import Right, may_act
from tracking.supplied import FigureRuling
from tracking.vocabulary import PeriodStatus
from tracking.workflow import SUPPLIED, allows


def supply_form(by: SignedIn, reads: Reads, notice_id: int) -> None:
    """Which indicator, for whom, of which period; its value and where it is from."""
    periods = begun_periods(reads, notice_id)
    periods = periods[periods["status"] != PeriodStatus.FROZEN]
    indicators = rows_as(
        IndicatorRow, offered(reads.common(indicators_frame, notice_id=notice_id), reads.today)
    )
    units = units_in_reach(reads)
    units = units[units["reports"]]
    if periods.empty or not indicators or units.empty:
        st.caption(translate("supplied.none_open"))
        return
    form = small_form(f"supply_{notice_id}")
    names = {
        row.indicator_id: f"{row.measure_number}.{row.number} {row.name}（{row.unit}）" for row in indicators
    }
    left, middle, right = st.columns([5, 3, 3])
    with left:
        indicator_id = form.choice("indicator_id", translate("supplied.indicator"), names)
    with middle:
        of_units = dict(zip(units["unit_id"], units["short_name"], strict=True))
        authority_id = form.choice("authority_id", translate("supplied.unit"), of_units)
    with right:
        of_periods = dict(zip(periods["period_id"], periods["name"], strict=True))
        period_id = form.choice("period_id", translate("supplied.period"), of_periods)
    value = form.text("value", translate("supplied.value"), note=translate("supplied.value_note"))
    source = form.area("source", translate("supplied.source"), max_chars=acts.LIMITS["source"])
    form.save(
        translate("supplied.supply"),
        acts.supply_figure,
        done=translate("supplied.done_supply"),
        primary=True,
        by=by,
        indicator_id=indicator_id,
        authority_id=authority_id,
        period_id=period_id,
        value=value,
        source=source,
    )


def figure_acts(by: SignedIn, row: SuppliedRow) -> None:
    """What this person may do with a figure; nothing where they only follow."""
    if may_act(by, Right.MAKE_REQUEST, row.authority_id) and allows(SUPPLIED, row.status, "contest"):
        _answer(by, row)
    if may_act(by, Right.RULE_REQUEST, row.authority_id) and allows(SUPPLIED, row.status, "withdraw"):
        _rule(by, row)


def _answer(by: SignedIn, row: SuppliedRow) -> None:
    form = small_form(f"answer_figure_{row.figure_id}")
    reason = form.area("reason", translate("supplied.reason"), max_chars=acts.LIMITS["reason"])
    proof = _proof(form)
    asked: dict[str, Any] = {"by": by, "figure_id": row.figure_id}
    with st.container(horizontal=True):
        form.save(
            translate("verb.contest"),
            acts.contest_figure,
            button="contest",
            done=translate("supplied.done_contest"),
            reason=reason,
            proof=proof,
            **asked,
        )
        done = translate("supplied.done_agree")
        form.save(
            translate("verb.agree"), acts.agree_to_figure, button="agree", done=done, primary=True, **asked
        )


def _proof(form: Form) -> HandedIn | None:
    given = st.file_uploader(
        translate("supplied.proof"),
        type=list(MEDIA_TYPES),
        key=form.key("evidence"),
        max_upload_size=LIMIT_MEGABYTES,
    )
    form.labels["evidence"] = translate("supplied.proof")
    return HandedIn(given.name, given.getvalue()) if given else None


def _rule(by: SignedIn, row: SuppliedRow) -> None:
    form = small_form(f"rule_figure_{row.figure_id}")
    label = translate("supplied.new_value", unit=plain(row.unit))
    value = form.text("value", label, note=translate("supplied.value_note"))
    ruling = form.area("ruling", translate("supplied.ruling"), max_chars=acts.LIMITS["ruling"])
    with st.container(horizontal=True):
        for decision in FigureRuling:
            if allows(SUPPLIED, row.status, decision):
                form.save(
                    translate(f"verb.{decision}"),
                    acts.rule_figure,
                    button=str(decision),
                    done=translate("supplied.done_rule"),
                    consequence=_consequence(decision),
                    primary=decision is FigureRuling.KEEP,
                    by=by,
                    figure_id=row.figure_id,
                    decision=decision,
                    ruling=ruling,
                    value=value,
                )


def _consequence(decision: FigureRuling) -> str:
    return "" if decision is FigureRuling.KEEP else translate(f"supplied.consequence_{decision}")
