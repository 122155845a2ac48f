"""The catalogue of a notice for administrators: each part with the source of its wording."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from db.reference.composites import composites_frame
from db.reference.parts import PARTS
from db.reference.queries import (
    actions_frame,
    indicators_frame,
    key_areas_frame,
    listed_countries_frame,
    measures_frame,
    notice_facts_frame,
    notices_frame,
    safeguards_frame,
    tags_frame,
    units_frame,
)
from db.reference.rows import (
    ActionRow,
    CompositeRow,
    FactRow,
    IndicatorRow,
    KeyAreaRow,
    ListedCountryRow,
    MeasureRow,
    SafeguardRow,
    TagRow,
)
from db.registers.definition_queries import register_definitions_frame, register_fields_frame
from db.registers.rows import FieldRow, RegisterRow
from db.typed_rows import rows_as
from pages.parts.registers.definitions import MEASURE, SAFEGUARD, indicator_names, serving_names
from pages.shared.reads import Reads
from pages.shared.wording import day, language, plain, translate
from tracking.countries import country_name
from tracking.vocabulary import CataloguePart, Language, NoticeFactKey, TitleSource


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the catalogue: how it is read as a frame and as rows, its key, and what is shown of it."""

    query: Callable[..., pd.DataFrame]
    rows: Callable[[pd.DataFrame], list[Any]]
    key: str
    columns: tuple[str, ...]


_LIFE = ("source", "checked_on", "begins_on", "retired_on", "cited")
VIEWS: Mapping[CataloguePart, PartView] = {
    CataloguePart.AREA: PartView(
        key_areas_frame, partial(rows_as, KeyAreaRow), "key_area_id", ("number", "title", *_LIFE)
    ),
    CataloguePart.MEASURE: PartView(
        measures_frame,
        partial(rows_as, MeasureRow),
        "measure_id",
        ("number", "title", "short_title", "key_area", "area_mark", *_LIFE),
    ),
    CataloguePart.ACTION: PartView(
        actions_frame,
        partial(rows_as, ActionRow),
        "action_id",
        ("numbered", "title", "area_mark", *_LIFE),
    ),
    CataloguePart.SAFEGUARD: PartView(
        safeguards_frame, partial(rows_as, SafeguardRow), "safeguard_id", ("number", "title", *_LIFE)
    ),
    CataloguePart.INDICATOR: PartView(
        indicators_frame,
        partial(rows_as, IndicatorRow),
        "indicator_id",
        (
            "numbered",
            "title",
            "indicator_kind",
            "measurement",
            "level",
            "additive",
            "value_made",
            "headline",
            *_LIFE,
        ),
    ),
    CataloguePart.TAG: PartView(tags_frame, partial(rows_as, TagRow), "tag_id", ("number", "title", *_LIFE)),
    CataloguePart.COUNTRY: PartView(
        listed_countries_frame,
        partial(rows_as, ListedCountryRow),
        "listed_id",
        ("number", "title", "code", *_LIFE),
    ),
    CataloguePart.COMPOSITE: PartView(
        composites_frame,
        partial(rows_as, CompositeRow),
        "composite_id",
        ("numbered", "title", "composite_form", "measurement", *_LIFE),
    ),
    CataloguePart.FACT: PartView(
        notice_facts_frame,
        partial(rows_as, FactRow),
        "fact_id",
        ("title", "stated", "source", "cited", "checked_on"),
    ),
    CataloguePart.REGISTER: PartView(
        register_definitions_frame,
        partial(rows_as, RegisterRow),
        "register_id",
        ("number", "title", "keeper_kind", "serves", "counts_in", "begins_on", "retired_on"),
    ),
    CataloguePart.FIELD: PartView(
        register_fields_frame,
        partial(rows_as, FieldRow),
        "field_id",
        (
            "numbered",
            "title",
            "field_kind",
            "required",
            "listed",
            "measurement",
            "counts_in",
            "begins_on",
            "retired_on",
        ),
    ),
}


def frame_of(reads: Reads, notice_id: int, part: CataloguePart) -> pd.DataFrame:
    """A part of the catalogue as returned by its query."""
    return reads.common(VIEWS[part].query, notice_id=notice_id)


def marks_of(frame: pd.DataFrame, part: CataloguePart) -> Iterable[TitleSource]:
    """Every mark of a part: some of its rows have two."""
    return (TitleSource(mark) for name in PARTS[part].marks.values() for mark in frame[name])


def shown_part(reads: Reads, notice_id: int, part: CataloguePart) -> pd.DataFrame:
    """The part with its shown columns in words."""
    frame = frame_of(reads, notice_id, part)
    columns = ("source", "area_mark")
    more = {
        name: _worded(frame[mark]) for name, mark in zip(columns, PARTS[part].marks.values(), strict=False)
    }
    if part is CataloguePart.MEASURE:
        more["key_area"] = _numbered(frame, "key_area_number", "key_area_title")
    if part is CataloguePart.INDICATOR:
        more |= {"title": list(frame["name"]), "measurement": list(frame["unit"])}
        more["indicator_kind"] = [translate(f"indicator_kind.{kind}") for kind in frame["kind"]]
        more["value_made"] = [translate(f"making.{making}") for making in frame["making"]]
        more["level"] = [
            "—" if pd.isna(level) else translate(f"result_level.{level}") for level in frame["level"]
        ]
    if part is CataloguePart.COUNTRY:
        more["title"] = [country_name(code, language()) for code in frame["code"]]
    if part is CataloguePart.COMPOSITE:
        more["measurement"] = list(frame["unit"])
        more["composite_form"] = [translate(f"composite_form.{form}") for form in frame["form"]]
    if part is CataloguePart.FACT:
        notice = notice_row(reads, notice_id)
        more |= {"title": [fact_words(key) for key in frame["key"]]}
        more |= {"stated": [_stated(reads, notice, NoticeFactKey(key)) for key in frame["key"]]}
        return frame.assign(**more)
    if part in _DEFINED:
        more |= _DEFINED[part](reads, notice_id, frame)
    for within in {"measure_number", "register_number"} & set(frame):
        pairs = zip(frame[within], frame["number"], strict=True)
        more["numbered"] = [f"{outer}.{number}" for outer, number in pairs]
    return frame.assign(**more, begins_on=frame["starts_on"])


def _registers(reads: Reads, notice_id: int, frame: pd.DataFrame) -> dict[str, list[str]]:
    served = serving_names(reads, notice_id)
    keys = [
        f"{MEASURE}:{row.measure_id}" if row.measure_id else f"{SAFEGUARD}:{row.safeguard_id}"
        for row in rows_as(RegisterRow, frame)
    ]
    return {
        "title": _titles(frame),
        "keeper_kind": [translate(f"keeper.{keeper}") for keeper in frame["keeper"]],
        "serves": [served.get(key, "—") for key in keys],
        "counts_in": _counted_in(reads, notice_id, frame),
    }


def _fields(reads: Reads, notice_id: int, frame: pd.DataFrame) -> dict[str, list[str]]:
    return {
        "title": _titles(frame),
        "field_kind": [translate(f"field_kind.{kind}") for kind in frame["kind"]],
        "measurement": list(frame["unit"]),
        "counts_in": _counted_in(reads, notice_id, frame),
    }


def _titles(frame: pd.DataFrame) -> list[str]:
    """What registers or fields are called in the reader's language; in Chinese where there is no other name."""
    english = frame["title_en"] if language() is Language.EN else [""] * len(frame)
    return [other or title for title, other in zip(frame["title"], english, strict=True)]


def _counted_in(reads: Reads, notice_id: int, frame: pd.DataFrame) -> list[str]:
    names = indicator_names(reads, notice_id)
    return ["—" if pd.isna(key) else names.get(int(key), "—") for key in frame["indicator_id"]]


_DEFINED: Mapping[CataloguePart, Callable[[Reads, int, pd.DataFrame], dict[str, list[str]]]] = {
    CataloguePart.REGISTER: _registers,
    CataloguePart.FIELD: _fields,
}


def _worded(sources: pd.Series) -> list[str]:
    return [translate(f"title_source.{source}") for source in sources]


def _numbered(frame: pd.DataFrame, number: str, title: str) -> list[str]:
    return [f"{n} {words}" for n, words in zip(frame[number], frame[title], strict=True)]


def title_of(row: Any) -> str:
    """What an entry of any part is called."""
    if isinstance(row, FactRow):
        return fact_words(row.key)
    if isinstance(row, ListedCountryRow):
        return country_name(row.code, language())
    return plain(row.name if isinstance(row, IndicatorRow) else row.title)


def fact_words(key: str) -> str:
    """What a fact is about."""
    return translate(f"notice_fact_key.{key}")


def _stated(reads: Reads, notice: Any, key: NoticeFactKey) -> str:
    """What is said, from a row of `notices_frame` and the list of units."""
    if key is NoticeFactKey.UNITS:
        units = reads.common(units_frame, notice_id=int(notice.notice_id))
        return translate("reference_page.units", count=int(units["reports"].sum()))
    if key is NoticeFactKey.ISSUED_ON:
        return _issued(notice)
    return str(getattr(notice, key))


def notice_row(reads: Reads, notice_id: int) -> Any:
    """The row of `notices_frame` of a notice."""
    frame = reads.common(notices_frame)
    return next(frame[frame["notice_id"] == notice_id].itertuples())


def _issued(notice: Any) -> str:
    return day(notice.issued_on) if pd.notna(notice.issued_on) else translate("reference_page.no_day")


def checked_sentence(reads: Reads, notice_id: int) -> str:
    """How much of the catalogue has been checked against the notice, and how much stands by its sense only."""
    marks = [
        mark
        for part in VIEWS
        if PARTS[part].marks
        for mark in marks_of(frame_of(reads, notice_id, part), part)
    ]
    checked, total = marks.count(TitleSource.CONFIRMED), len(marks)
    if checked == total:
        return translate("reference_page.sentence_done", total=total)
    unchecked = sum(mark != TitleSource.CONFIRMED for mark in marks)
    paraphrased = marks.count(TitleSource.PARAPHRASE)
    return translate(
        "reference_page.sentence", total=total, checked=checked, open=unchecked, paraphrased=paraphrased
    )


def notice_line(reads: Reads, notice_id: int) -> str:
    """A line about the notice."""
    notice = notice_row(reads, notice_id)
    return translate(
        "reference_page.notice",
        number=plain(notice.number),
        title=plain(notice.title),
        issuer=plain(notice.issued_by),
        day=_issued(notice),
    )
