"""Changing the catalogue of a notice, and marking what was checked against the notice's own text.

A text that is changed loses its mark: what was checked was another text.
"""

from collections.abc import Iterable
from datetime import date

from sqlmodel import func

from db.identity import SignedIn
from db.row_changes import change, key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Indicator, IndicatorActual, KeyArea, Measure, Target
from db.texts import cleaned_texts
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation.days import check_days
from tracking.vocabulary import TitleSource

LIMITS = {"title": 100, "short_title": 20, "name": 60, "unit": 20}


def edit_key_area(store: Store, *, by: SignedIn, key_area_id: int, title: str) -> None:
    """Change the title of a key area."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        area = tx.load(KeyArea, key_area_id)
        changes = change(area, **cleaned_texts({"title": title}, LIMITS))
        if changes:
            changes |= change(area, title_source=TitleSource.TO_BE_CHECKED, checked_on=None)
        tx.audit("edit_key_area", area, changes=changes)


def edit_measure(
    store: Store, *, by: SignedIn, measure_id: int, title: str, short_title: str, key_area_id: int
) -> None:
    """Change the titles of a measure and its key area."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        measure = tx.load(Measure, measure_id)
        texts = cleaned_texts({"title": title, "short_title": short_title}, LIMITS)
        if tx.load(KeyArea, key_area_id).notice_id != measure.notice_id:
            raise Refusal(Message("reference.area_of_other_notice"), fields=("key_area_id",))
        changes = change(measure, **texts, key_area_id=key_area_id)
        changes |= _unmark(measure, changes)
        tx.audit("edit_measure", measure, changes=changes)


def _unmark(measure: Measure, changed: Iterable[str]) -> dict[str, dict[str, object]]:
    """Unmark whatever was changed; the date is cleared with the last mark."""
    sources = {"title": "title_source", "key_area_id": "area_source"}
    changes = change(
        measure, **{sources[name]: TitleSource.TO_BE_CHECKED for name in changed if name in sources}
    )
    if TitleSource.CONFIRMED not in (measure.title_source, measure.area_source):
        changes |= change(measure, checked_on=None)
    return changes


def edit_indicator(
    store: Store, *, by: SignedIn, indicator_id: int, name: str, unit: str, additive: bool, headline: bool
) -> None:
    """Change an indicator; once it has targets or values, only its name and prominence."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        indicator = tx.load(Indicator, indicator_id)
        texts = cleaned_texts({"name": name, "unit": unit}, LIMITS)
        changes = change(indicator, **texts, additive=additive, headline=headline)
        if changes.keys() & {"unit", "additive"} and _in_use(tx, indicator_id):
            raise Refusal(Message("reference.indicator_in_use"), fields=("unit",))
        if changes.keys() & {"name", "unit"}:
            changes |= change(indicator, source=TitleSource.PROJECT, checked_on=None)
        tx.audit("edit_indicator", indicator, changes=changes)


def add_indicator(
    store: Store, *, by: SignedIn, measure_id: int, name: str, unit: str, additive: bool, headline: bool
) -> int:
    """Add an indicator to a measure, as the site's proposal, and return its id."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        measure = tx.load(Measure, measure_id)
        texts = cleaned_texts({"name": name, "unit": unit}, LIMITS)
        last = tx.session.scalar(select(func.max(Indicator.number)).where(Indicator.measure_id == measure.id))
        indicator = tx.add(
            Indicator(
                measure_id=measure_id,
                number=(last or 0) + 1,
                **texts,
                additive=additive,
                headline=headline,
                source=TitleSource.PROJECT,
            )
        )
        tx.audit("add_indicator", indicator, measure=measure.number, **texts, additive=additive)
        return key_of(indicator)


def confirm_key_area(store: Store, *, by: SignedIn, key_area_id: int, checked_on: date) -> None:
    """Mark the title of a key area as checked against the notice's own text."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        area = tx.load(KeyArea, key_area_id)
        _check_day(tx, checked_on)
        changes = change(area, title_source=TitleSource.CONFIRMED, checked_on=checked_on)
        tx.audit("confirm_key_area", area, changes=changes)


def confirm_measure(
    store: Store, *, by: SignedIn, measure_id: int, title: bool, area: bool, checked_on: date
) -> None:
    """Mark the title of a measure, its key area, or both as checked against the notice's own text."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        measure = tx.load(Measure, measure_id)
        _check_day(tx, checked_on)
        if not (title or area):
            raise Refusal(Message("reference.nothing_confirmed"), fields=("title",))
        marks = {"title_source": title, "area_source": area}
        confirmed = {name: TitleSource.CONFIRMED for name, wanted in marks.items() if wanted}
        changes = change(measure, **confirmed, checked_on=checked_on)
        tx.audit("confirm_measure", measure, changes=changes)


def confirm_indicator(store: Store, *, by: SignedIn, indicator_id: int, checked_on: date) -> None:
    """Mark an indicator as checked against the notice's own text."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        indicator = tx.load(Indicator, indicator_id)
        _check_day(tx, checked_on)
        changes = change(indicator, source=TitleSource.CONFIRMED, checked_on=checked_on)
        tx.audit("confirm_indicator", indicator, changes=changes)


def _check_day(tx: Transaction, checked_on: date) -> None:
    if checked_on > tx.today:
        raise Refusal(Message("reference.checked_in_future"), fields=("checked_on",))
    check_days(tx.today, checked_on=checked_on)


def _in_use(tx: Transaction, indicator_id: int) -> bool:
    uses = (
        select(table.indicator_id).where(table.indicator_id == indicator_id).limit(1)
        for table in (Target, IndicatorActual)
    )
    return any(tx.session.scalar(use) is not None for use in uses)
