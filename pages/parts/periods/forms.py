"""What can be done with reporting periods, each act with its consequence, as the workflow table allows."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.periods import actions as acts
from db.periods.rows import PeriodRow
from pages.shared.choices import name_of
from pages.shared.forms import small_form
from pages.shared.tables import plain_table
from pages.shared.wording import day, translate
from tracking.period_years import dates_of_year
from tracking.periods import CYCLES
from tracking.workflow import REPORTING_PERIOD, allows

LONGEST_REASON = 500


def period_forms(by: SignedIn, period: PeriodRow, today: date) -> None:
    """Everything that the state of a period (a row of `periods_frame`) allows."""
    draws: dict[str, Callable[[SignedIn, PeriodRow, date], None]] = {
        "open": _open,
        "edit": _edit,
        "extend": _extend,
        "close": _close,
        "reopen": _reopen,
        "freeze": _freeze,
    }
    possible = [verb for verb in draws if allows(REPORTING_PERIOD, period.status, verb)]
    for place, verb in zip(st.columns(max(2, len(possible)), gap="large"), possible, strict=False):
        with place:
            st.markdown(f"**{translate('periods_page.edit' if verb == 'edit' else f'period_act.{verb}')}**")
            draws[verb](by, period, today)


def _open(by: SignedIn, period: PeriodRow, _today: date) -> None:
    _ask(by, period, "open", acts.open_period, done="opened", primary=True)


def _close(by: SignedIn, period: PeriodRow, _today: date) -> None:
    _ask(by, period, "close", acts.close_period, done="closed")


def _freeze(by: SignedIn, period: PeriodRow, _today: date) -> None:
    _ask(by, period, "freeze", acts.freeze_period, done="was_frozen")


def _ask(
    by: SignedIn,
    period: PeriodRow,
    verb: str,
    action: Callable[..., Any],
    *,
    done: str,
    primary: bool = False,
) -> None:
    form, name = small_form(f"{verb}_{period.period_id}"), name_of(period)
    consequence = translate(f"periods_page.{verb}_consequence", period=name)
    st.caption(consequence)
    form.save(
        translate(f"period_act.{verb}"),
        action,
        done=translate(f"periods_page.{done}", period=name),
        consequence=consequence,
        primary=primary,
        by=by,
        period_id=period.period_id,
    )


def _extend(by: SignedIn, period: PeriodRow, today: date) -> None:
    form = small_form(f"extend_{period.period_id}")
    closes_on = form.day("closes_on", translate("periods_page.closes_on"), max(period.closes_on, today))
    form.save(
        translate("period_act.extend"),
        acts.extend_period,
        done=translate("periods_page.extended", period=name_of(period)),
        by=by,
        period_id=period.period_id,
        closes_on=closes_on,
    )


def _reopen(by: SignedIn, period: PeriodRow, today: date) -> None:
    form = small_form(f"reopen_{period.period_id}")
    closes_on = form.day("closes_on", translate("periods_page.closes_on"), today)
    reason = form.area("reason", translate("periods_page.reason"), max_chars=LONGEST_REASON)
    st.caption(translate("periods_page.reason_note"))
    form.save(
        translate("period_act.reopen"),
        acts.reopen_period,
        done=translate("periods_page.reopened", period=name_of(period)),
        by=by,
        period_id=period.period_id,
        closes_on=closes_on,
        reason=reason,
    )


def _edit(by: SignedIn, period: PeriodRow, _today: date) -> None:
    form = small_form(f"edit_{period.period_id}")
    days: dict[str, Any] = {
        name: form.day(name, translate(f"periods_page.{name}"), getattr(period, name))
        for name in ("starts_on", "ends_on", "opens_on", "closes_on")
    }
    form.save(
        translate("periods_page.edit"),
        acts.change_period_dates,
        done=translate("periods_page.moved", period=name_of(period)),
        by=by,
        period_id=period.period_id,
        **days,
    )


def new_year_form(by: SignedIn, notice_id: int, taken: Iterable[int], today: date) -> None:
    """The periods of a year that has none, with the days they will have."""
    form = small_form("new_year")
    years, known = range(today.year - 1, today.year + 3), set(taken)
    free = {year: str(year) for year in years if year not in known} or {today.year: str(today.year)}
    left, right = st.columns(2)
    with left:
        year = form.choice("year", translate("periods_page.year"), free)
    with right:
        cycle = form.choice(
            "cycle", translate("periods_page.cycle"), {c: translate(f"cycle.{c}") for c in CYCLES}, "quarter"
        )
    if year in known:
        st.caption(translate("periods_page.year_taken", year=str(year)))
        return
    dates = pd.DataFrame([asdict(dates) for dates in dates_of_year(year, cycle)])
    st.caption(translate("periods_page.preview", count=len(dates)))
    plain_table(with_spans(dates), "period", "observed", "window")
    form.save(
        translate("periods_page.create"),
        acts.create_year_of_periods,
        done=translate("periods_page.created", year=str(year)),
        by=by,
        notice_id=notice_id,
        year=year,
        cycle=cycle,
    )


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
