"""Wording and adding entries of a notice's catalogue.

A text that is changed loses its mark: what was checked was another text.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlmodel import col

from db.identity import SignedIn
from db.reference.parts import PARTS, check_title, next_number
from db.reference.shares import is_shared
from db.row_changes import change, key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import (
    Indicator,
    IndicatorActual,
    KeyArea,
    ListedCountry,
    Measure,
    Notice,
    NoticeFact,
    Target,
)
from db.tables.reference import CITED
from db.texts import cleaned_texts
from tracking import permissions
from tracking.countries import country_names
from tracking.indicators import Nature, nature_of
from tracking.making import Making
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation import country_faults, refuse_all
from tracking.validation.days import check_days
from tracking.vocabulary import (
    CataloguePart,
    Currency,
    IndicatorKind,
    Language,
    NoticeFactKey,
    TitleSource,
)

# What may not change once there are targets or values.
_FIXED = frozenset({"unit", "additive", "kind", "currency", "making"})
LIMITS = {"title": 100, "short_title": 20, "name": 60, "unit": 20, "cited": CITED}
NOTICE_LIMITS = {"number": 60, "title": 200, "issued_by": 200}
UNCHECKED = TitleSource.TO_BE_CHECKED


def edit_entry(
    store: Store, *, by: SignedIn, part: CataloguePart, part_id: int, title: str, cited: str
) -> None:
    """Change the title of a key area, action, safeguard, tag or composite, and from where it is taken."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        row = tx.load(PARTS[part].table, part_id)
        check_title(tx, part, getattr(row, PARTS[part].within), title, but=part_id)
        tx.audit("edit_entry", row, changes=_word(part, row, _texts(part, title=title, cited=cited)))


def edit_measure(
    store: Store, *, by: SignedIn, measure_id: int, title: str, short_title: str, key_area_id: int, cited: str
) -> None:
    """Change the titles of a measure and its key area, and from where they are taken."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        measure = tx.load(Measure, measure_id)
        texts = _texts(CataloguePart.MEASURE, title=title, short_title=short_title, cited=cited)
        check_title(tx, CataloguePart.MEASURE, measure.notice_id, title, but=measure_id)
        if tx.load(KeyArea, key_area_id).notice_id != measure.notice_id:
            raise Refusal(Message("reference.area_of_other_notice"), fields=("key_area_id",))
        changes = _word(CataloguePart.MEASURE, measure, {**texts, "key_area_id": key_area_id})
        tx.audit("edit_measure", measure, changes=changes)


def list_countries(
    store: Store, *, by: SignedIn, notice_id: int, codes: Collection[str], cited: str, starts_on: date | None
) -> None:
    """Put countries on the list of those along the route, each after the last, from a day or from the beginning.

    Raises `Refusal` where none is given, one is unknown, or one stands on the list already.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        if not codes:
            raise Refusal(Message("reference.no_country"), fields=("countries",))
        refuse_all(list(country_faults(codes)))
        beside = select(ListedCountry.code).where(ListedCountry.notice_id == notice_id)
        if held := set(tx.session.scalars(beside)).intersection(codes):
            names = country_names(sorted(held), Language.ZH_CN)
            raise Refusal(Message("reference.listed_already", names=names), fields=("countries",))
        for code in codes:
            texts = _texts(CataloguePart.COUNTRY, cited=cited)
            add_part(tx, CataloguePart.COUNTRY, notice_id, starts_on, {**texts, "code": code})


def cite_country(store: Store, *, by: SignedIn, listed_id: int, cited: str) -> None:
    """Say from where it is taken that a country is on the list."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        listed = tx.load(ListedCountry, listed_id)
        tx.audit("cite_country", listed, changes=change(listed, **_texts(CataloguePart.COUNTRY, cited=cited)))


def cite_fact(store: Store, *, by: SignedIn, fact_id: int, cited: str) -> None:
    """Say from where a fact about a notice is taken."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        fact = tx.load(NoticeFact, fact_id)
        tx.audit("cite_fact", fact, changes=change(fact, **_texts(CataloguePart.FACT, cited=cited)))


def edit_notice(
    store: Store, *, by: SignedIn, notice_id: int, number: str, title: str, issued_by: str, issued_on: date
) -> None:
    """Change what is said of a notice itself; the facts that change lose their marks."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        notice = tx.load(Notice, notice_id)
        texts = cleaned_texts({"number": number, "title": title, "issued_by": issued_by}, NOTICE_LIMITS)
        check_days(tx.today, issued_on=issued_on)
        check_number(tx, notice_id, texts["number"])
        changes = change(notice, **texts, issued_on=issued_on)
        changed = col(NoticeFact.key).in_([NoticeFactKey(name) for name in changes])
        for fact in tx.session.scalars(select(NoticeFact).where(NoticeFact.notice_id == notice_id, changed)):
            change(fact, source=UNCHECKED, checked_on=None)
        tx.audit("edit_notice", notice, changes=changes)


def check_number(tx: Transaction, notice_id: int, number: str) -> None:
    """Raises `Refusal` for a number that another notice has."""
    if tx.session.scalar(select(Notice.id).where(Notice.number == number, Notice.id != notice_id)):
        raise Refusal(Message("reference.number_taken", number=number), fields=("number",))


def _texts(part: CataloguePart, **typed: str) -> dict[str, Any]:
    """The texts of an entry as stored; from where they are taken may be left open. Raises `Refusal`."""
    limits = LIMITS | {"title": PARTS[part].longest}
    return cleaned_texts(typed, limits, optional=frozenset({"cited"}))


def _word(part: CataloguePart, row: Any, values: Mapping[str, Any]) -> dict[str, dict[str, object]]:
    """Set the values and unmark what they change; the date is cleared with the last mark."""
    marks = PARTS[part].marks
    changes = change(row, **values)
    unmarked = TitleSource.PROJECT if part is CataloguePart.COMPOSITE else UNCHECKED
    changes |= change(row, **{marks[name]: unmarked for name in changes if name in marks})
    if TitleSource.CONFIRMED not in {getattr(row, mark) for mark in marks.values()}:
        changes |= change(row, checked_on=None)
    return changes


def add_entry(
    store: Store,
    *,
    by: SignedIn,
    part: CataloguePart,
    within_id: int,
    title: str,
    cited: str,
    starts_on: date | None,
) -> int:
    """Add a key area, safeguard or tag to a notice, or an action to a measure, and return its id.

    It is in force from a day, or from the beginning.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        return add_part(tx, part, within_id, starts_on, _texts(part, title=title, cited=cited))


def add_measure(
    store: Store,
    *,
    by: SignedIn,
    key_area_id: int,
    title: str,
    short_title: str,
    cited: str,
    starts_on: date | None,
) -> int:
    """Add a measure to a key area, in force from a day or from the beginning, and return its id."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        texts = _texts(CataloguePart.MEASURE, title=title, short_title=short_title, cited=cited)
        notice_id = tx.load(KeyArea, key_area_id).notice_id
        values = {**texts, "key_area_id": key_area_id}
        return add_part(tx, CataloguePart.MEASURE, notice_id, starts_on, values)


def add_part(
    tx: Transaction, part: CataloguePart, within_id: int, starts_on: date | None, values: dict[str, Any]
) -> int:
    """Store an entry after the last of its kind, audited, and unchecked unless `values` has its marks; returns its id."""
    rule = PARTS[part]
    tx.load(rule.parent, within_id)
    check_title(tx, part, within_id, values.get("title", ""))
    if starts_on:
        check_days(tx.today, starts_on=starts_on)
    number = next_number(tx, part, within_id)
    if part is CataloguePart.SAFEGUARD:
        values |= {"key": f"added_{number}"}
    values = dict.fromkeys(rule.marks.values(), UNCHECKED) | values
    row = tx.add(rule.table(**{rule.within: within_id}, number=number, starts_on=starts_on, **values))
    tx.audit(
        "add_entry",
        row,
        number=number,
        title=values.get("title") or row.code,
        starts_on=starts_on and starts_on.isoformat(),
    )
    return key_of(row)


def edit_indicator(
    store: Store,
    *,
    by: SignedIn,
    indicator_id: int,
    name: str,
    unit: str,
    additive: bool,
    headline: bool,
    kind: IndicatorKind = IndicatorKind.COUNT,
    currency: Currency | None = None,
    making: Making = Making.ENTERED,
) -> None:
    """Change an indicator; once it has targets or values, only its name and prominence."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        indicator = tx.load(Indicator, indicator_id)
        nature = nature_of(kind, unit, currency, additive=additive, making=making)
        texts = _named(name, nature)
        check_title(tx, CataloguePart.INDICATOR, indicator.measure_id, name, but=indicator_id)
        changes = change(indicator, **{**asdict(nature), **texts}, headline=headline)
        if changes.keys() & _FIXED and (_in_use(tx, indicator_id) or is_shared(tx, indicator_id)):
            raise Refusal(Message("reference.indicator_in_use"), fields=("unit",))
        if changes.keys() & {"name", "unit"}:
            changes |= change(indicator, source=TitleSource.PROJECT, checked_on=None)
        tx.audit("edit_indicator", indicator, changes=changes)


def add_indicator(
    store: Store,
    *,
    by: SignedIn,
    measure_id: int,
    name: str,
    unit: str,
    additive: bool,
    headline: bool,
    kind: IndicatorKind = IndicatorKind.COUNT,
    currency: Currency | None = None,
    making: Making = Making.ENTERED,
) -> int:
    """Add an indicator to a measure, as the site's proposal, and return its id."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        measure = tx.load(Measure, measure_id)
        nature = nature_of(kind, unit, currency, additive=additive, making=making)
        texts = _named(name, nature)
        check_title(tx, CataloguePart.INDICATOR, measure_id, name)
        indicator = tx.add(
            Indicator(
                measure_id=measure_id,
                number=next_number(tx, CataloguePart.INDICATOR, measure_id),
                **{**asdict(nature), **texts},
                headline=headline,
                source=TitleSource.PROJECT,
            )
        )
        tx.audit("add_indicator", indicator, measure=measure.number, **{**asdict(nature), **texts})
        return key_of(indicator)


def _named(name: str, nature: Nature) -> dict[str, str]:
    """Name and unit as they are stored; the percent sign of a rate is nobody's to type."""
    typed = {"name": name, "unit": nature.unit}
    own = {"unit": typed.pop("unit")} if nature.kind is IndicatorKind.RATE else {}
    return cleaned_texts(typed, LIMITS) | own


def _in_use(tx: Transaction, indicator_id: int) -> bool:
    uses = (
        select(table.indicator_id).where(table.indicator_id == indicator_id).limit(1)
        for table in (Target, IndicatorActual)
    )
    return any(tx.session.scalar(use) is not None for use in uses)
