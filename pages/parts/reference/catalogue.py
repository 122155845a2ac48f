"""The catalogue of a notice for administrators: each part with the source of its wording."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from db.reference.queries import actions_frame, indicators_frame, key_areas_frame, measures_frame
from db.reference.rows import ActionRow, IndicatorRow, KeyAreaRow, MeasureRow
from db.typed_rows import rows_as
from pages.shared.reads import Reads
from pages.shared.wording import day, plain, translate
from tracking.vocabulary import TitleSource


@dataclass(frozen=True, slots=True)
class CataloguePart:
    """One part of the catalogue: how it is read as a frame and as rows, its key, the column of its source, and what is shown of it."""

    query: Callable[..., pd.DataFrame]
    rows: Callable[[pd.DataFrame], list[Any]]
    key: str
    source: str
    columns: tuple[str, ...]


PARTS: Mapping[str, CataloguePart] = {
    "area": CataloguePart(
        key_areas_frame,
        partial(rows_as, KeyAreaRow),
        "key_area_id",
        "title_source",
        ("number", "title", "source", "checked_on"),
    ),
    "measure": CataloguePart(
        measures_frame,
        partial(rows_as, MeasureRow),
        "measure_id",
        "title_source",
        ("number", "title", "short_title", "key_area", "source", "area_mark", "checked_on"),
    ),
    "indicator": CataloguePart(
        indicators_frame,
        partial(rows_as, IndicatorRow),
        "indicator_id",
        "source",
        ("measure", "title", "measurement", "additive", "headline", "source", "checked_on"),
    ),
    "action": CataloguePart(
        actions_frame, partial(rows_as, ActionRow), "action_id", "", ("measure", "title")
    ),
}


def frame_of(reads: Reads, notice_id: int, name: str) -> pd.DataFrame:
    """A part of the catalogue as returned by its query."""
    return reads.common(PARTS[name].query, notice_id=notice_id)


def shown_part(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The frame with its shown columns in words."""
    part, more = PARTS[name], {}
    if part.source:
        more["source"] = [translate(f"title_source.{source}") for source in frame[part.source]]
    if name == "measure":
        more["area_mark"] = [translate(f"title_source.{source}") for source in frame["area_source"]]
        more["key_area"] = _numbered(frame, "key_area_number", "key_area_title")
    if name == "indicator":
        more |= {"title": list(frame["name"]), "measurement": list(frame["unit"])}
    if "measure_number" in frame:
        more["measure"] = [str(number) for number in frame["measure_number"]]
    return frame.assign(**more)


def _numbered(frame: pd.DataFrame, number: str, title: str) -> list[str]:
    return [f"{n} {words}" for n, words in zip(frame[number], frame[title], strict=True)]


def checked_sentence(reads: Reads, notice_id: int) -> str:
    """How much of the catalogue has been checked against the notice."""
    sources = [
        source
        for name, part in PARTS.items()
        if part.source
        for source in frame_of(reads, notice_id, name)[part.source]
    ]
    checked, total = sources.count(TitleSource.CONFIRMED), len(sources)
    if checked == total:
        return translate("reference_page.sentence_done", total=total)
    unchecked = sum(source != TitleSource.CONFIRMED for source in sources)
    return translate("reference_page.sentence", total=total, checked=checked, open=unchecked)


def notice_line(notice: Any) -> str:
    """A line about the notice, from a row of `notices_frame`."""
    known = pd.notna(notice.issued_on)
    return translate(
        "reference_page.notice",
        number=plain(notice.number),
        title=plain(notice.title),
        issuer=plain(notice.issued_by),
        day=day(notice.issued_on) if known else translate("reference_page.no_day"),
        mark=translate(
            "reference_page.day_checked" if notice.issued_on_checked else "reference_page.day_unchecked"
        ),
    )
