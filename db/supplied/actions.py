"""The working group supplies a figure for an authority, which agrees or contests it; every step is audited."""

from typing import Any

from sqlmodel import col

from db.authorities.standing import standing
from db.identity import SignedIn
from db.kept_files import digest_of, keep_bytes
from db.notifications.sending import notify_authority, notify_role
from db.row_changes import key_of
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import Authority, Indicator, Measure, ReportingPeriod, SuppliedFigure
from db.texts import cleaned_texts
from tracking import permissions, workflow
from tracking.evidence import HandedIn, checked_file
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.scales import as_typed, parts_of, read_value, value_problem
from tracking.supplied import ENDED, FigureRuling, SuppliedStatus
from tracking.vocabulary import PeriodStatus, Role

LIMITS = {"source": 500, "reason": 1000, "ruling": 500}


def supply_figure(
    store: Store,
    *,
    by: SignedIn,
    indicator_id: int,
    authority_id: int,
    period_id: int,
    value: str,
    source: str,
) -> int:
    """Supply the cumulative value of an indicator for an authority and a period, as typed: 12, 5/6, 是; gives its id.

    Raises `Refusal` for a period that is frozen or has not begun, and where one was supplied already.
    """
    permissions.check(by, Right.REVIEW, authority_id)
    with store.write(by) as tx:
        indicator = tx.load(Indicator, indicator_id)
        _check_place(tx, indicator, authority_id, period_id)
        texts = cleaned_texts({"source": source}, LIMITS)
        place = {"indicator_id": indicator_id, "authority_id": authority_id, "period_id": period_id}
        return _supply(tx, by, indicator, value, source=texts["source"], **place)


def agree_to_figure(store: Store, *, by: SignedIn, figure_id: int) -> None:
    """Agree to a figure, as the authority it is of."""
    with store.write(by) as tx:
        figure = tx.load(SuppliedFigure, figure_id)
        permissions.check(by, Right.MAKE_REQUEST, figure.authority_id)
        _step(figure, "agree")
        tx.audit("agree_to_figure", figure, figure.authority_id)


def contest_figure(
    store: Store, *, by: SignedIn, figure_id: int, reason: str, proof: HandedIn | None = None
) -> None:
    """Contest a figure, as the authority it is of, with a file that proves it if there is one."""
    checked = checked_file(proof.name, proof.content) if proof else None
    with store.write(by) as tx:
        figure = tx.load(SuppliedFigure, figure_id)
        permissions.check(by, Right.MAKE_REQUEST, figure.authority_id)
        texts = cleaned_texts({"reason": reason}, LIMITS)
        _step(figure, "contest")
        figure.reason, figure.contested_at, figure.contested_by_id = texts["reason"], tx.now, by.officer_id
        if checked:
            keep_bytes(store, checked.content)
            figure.proof_name, figure.proof_type = checked.name, checked.media_type
            figure.proof_sha256 = digest_of(checked.content)
        tx.audit("contest_figure", figure, figure.authority_id, sha256=figure.proof_sha256)
        unit = tx.session.get_one(Authority, figure.authority_id).short_name
        notify_role(tx, Role.MEMBER, "notification.figure_contested", _link(figure), unit=unit)


def rule_figure(
    store: Store, *, by: SignedIn, figure_id: int, decision: FigureRuling, ruling: str, value: str = ""
) -> int:
    """Keep, replace by another value, or withdraw a figure, as the working group; gives the id of what stands.

    What was supplied, said against it and ruled stays beside a replacement. Raises `Refusal` for one of a frozen period
    that is to change.
    """
    with store.write(by) as tx:
        figure = tx.load(SuppliedFigure, figure_id)
        permissions.check(by, Right.RULE_REQUEST, figure.authority_id)
        if decision is not FigureRuling.KEEP:
            _check_not_frozen(tx.load(ReportingPeriod, figure.period_id))
        texts = cleaned_texts({"ruling": ruling}, LIMITS)
        _step(figure, decision)
        figure.ruling, figure.ruled_at, figure.ruled_by_id = texts["ruling"], tx.now, by.officer_id
        figure.ended_at = tx.now if figure.status in ENDED else None
        tx.audit("rule_figure", figure, figure.authority_id, decision=decision)
        if decision is FigureRuling.REPLACE:
            return _replace(tx, by, figure, value)
        indicator = tx.session.get_one(Indicator, figure.indicator_id)
        _tell(tx, f"figure_{figure.status}", figure, indicator)
        return figure_id


def _replace(tx: Transaction, by: SignedIn, figure: SuppliedFigure, value: str) -> int:
    tx.session.flush()
    place = {name: getattr(figure, name) for name in ("indicator_id", "authority_id", "period_id")}
    indicator = tx.session.get_one(Indicator, figure.indicator_id)
    return _supply(tx, by, indicator, value, source=figure.ruling, **place)


def _supply(
    tx: Transaction, by: SignedIn, indicator: Indicator, typed: str, *, source: str, **place: int
) -> int:
    value = _read(typed, indicator)
    said_of: dict[str, Any] = {**place, **parts_of(value)}
    figure = tx.add(
        SuppliedFigure(
            value=value,
            **said_of,
            source=source,
            supplied_at=tx.now,
            supplied_by_id=by.officer_id,
        )
    )
    said = {"indicator": indicator.name, "value": as_typed(value, indicator), "source": source}
    tx.audit("supply_figure", figure, figure.authority_id, period_id=figure.period_id, **said)
    _tell(tx, "figure_supplied", figure, indicator)
    return key_of(figure)


def _read(typed: str, indicator: Indicator) -> Any:
    try:
        value = read_value(typed, indicator)
    except Refusal as refused:
        raise Refusal(*refused.messages, fields=("value",) * len(refused.messages)) from None
    problem = value_problem(value, indicator)
    if problem is not None:
        raise Refusal(problem, fields=("value",))
    return value


def _check_place(tx: Transaction, indicator: Indicator, authority_id: int, period_id: int) -> None:
    """One standing figure for a standing authority and a period of the indicator's notice that has begun."""
    period = tx.load(ReportingPeriod, period_id)
    _check_not_frozen(period)
    of_notice = tx.session.get_one(Measure, indicator.measure_id).notice_id == period.notice_id
    if not of_notice or period.starts_on > tx.today:
        raise Refusal(Message("supplied.other_period"), fields=("period_id",))
    there = select(Authority.id).where(Authority.id == authority_id, *standing(tx.today))
    if not tx.session.execute(there).first():
        raise NotFound(Message("store.not_found"))
    already = select(SuppliedFigure.id).where(
        SuppliedFigure.indicator_id == indicator.id,
        SuppliedFigure.authority_id == authority_id,
        SuppliedFigure.period_id == period_id,
        col(SuppliedFigure.ended_at).is_(None),
    )
    if tx.session.execute(already).first():
        raise Refusal(Message("supplied.supplied_already"))


def _check_not_frozen(period: ReportingPeriod) -> None:
    if period.status is PeriodStatus.FROZEN:
        raise Refusal(Message("supplied.frozen"))


def _step(figure: SuppliedFigure, verb: str) -> None:
    status: SuppliedStatus = workflow.step(workflow.SUPPLIED, figure.status, verb)
    figure.status = status


def _link(figure: SuppliedFigure) -> str:
    return f"extensions?show=supplied&figure={figure.id}"


def _tell(tx: Transaction, what: str, figure: SuppliedFigure, indicator: Indicator) -> None:
    notify_authority(tx, figure.authority_id, f"notification.{what}", _link(figure), indicator=indicator.name)
