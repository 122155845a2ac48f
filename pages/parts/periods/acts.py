"""What can be done with reporting periods, each act with its consequence, as the workflow table allows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.periods import actions as acts
from db.periods.rows import PeriodRow
from pages.shared.choices import name_of
from pages.shared.forms import small_form
from pages.shared.wording import translate
from tracking.workflow import REPORTING_PERIOD, allows

LONGEST_REASON = 500


def period_acts(by: SignedIn, period: PeriodRow, today: date) -> None:
    """The forms allowed by the state of a period (a row of `periods_frame`)."""
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
