"""One update, read-only: beside the last one and the target, new text set apart from copied text."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from db.reference.queries import indicators_frame
from db.reference.rows import IndicatorRow
from db.typed_rows import rows_as
from db.updates.queries import ReportItem
from pages.parts.evidence.list import show_file
from pages.parts.updates.checks import marks_of
from pages.parts.updates.form import TEXTS
from pages.parts.updates.news import Indicators, Named
from pages.shared.choices import notice_names
from pages.shared.reads import Reads
from pages.shared.wording import day, lines, moment, percent, plain, points, translate
from tracking.carrying import copied_texts
from tracking.scales import bare_words


def names_of_indicators(reads: Reads, notice_id: int | None = None) -> Indicators:
    """Indicator of a notice or of all → its name and scale."""
    notices = notice_names(reads) if notice_id is None else [notice_id]
    frames = (reads.common(indicators_frame, notice_id=one) for one in notices)
    rows = (row for frame in frames for row in rows_as(IndicatorRow, frame))
    return {row.indicator_id: Named(row.name, row.unit, row.kind) for row in rows}


def update_sheet(item: ReportItem, indicators: Indicators) -> None:
    """The content of an update, read-only."""
    if item.update is None:
        return
    st.markdown(
        translate(
            "report.written",
            author=plain(item.author) or "—",
            when=moment(item.update.written_at),
            completion=percent(item.update.completion_permille),
            last=percent(item.facts.last_completion_permille),
            change=points(item.update.completion_permille - item.facts.last_completion_permille),
        )
    )
    if item.draft.no_change:
        st.markdown(translate("report.is_no_change"))
    told = marks_of(item)
    _figures(item, indicators, told)
    _milestones(item)
    _told(told, "typed_permille", "completion_requested", "explanation")
    _texts(item, told)
    for file in item.evidence:
        show_file(file)


def _told(told: Mapping[str, Sequence[str]], *fields: str) -> None:
    """What the checks say, and what was answered, beside what it is about."""
    for said in (line for field in fields for line in told.get(field, ())):
        st.markdown(f":orange[{plain(said)}]")


def _figures(item: ReportItem, indicators: Indicators, told: Mapping[str, Sequence[str]]) -> None:
    rows = [
        {
            "indicator": f"{indicators[key].name}（{indicators[key].unit}）",
            "target": bare_words(target, indicators[key]),
            "last": _or_dash(item.facts.last_actuals.get(key), indicators[key]),
            "now": _or_dash(item.draft.actuals.get(key), indicators[key]),
        }
        for key, target in item.facts.targets.items()
    ]
    if rows:
        noted = [told.get(f"actuals.{key}", ()) for key in item.facts.targets]
        names: tuple[str, ...] = ("indicator", "target", "last", "now")
        if any(noted):
            rows = [row | {"checks": plain("　".join(said))} for row, said in zip(rows, noted, strict=True)]
            names = (*names, "checks")
        st.table(
            pd.DataFrame(rows).rename(columns={name: translate(f"report.column_{name}") for name in names})
        )


def _or_dash(value: Decimal | None, named: Named) -> str:
    return "—" if value is None else bare_words(value, named)


def _milestones(item: ReportItem) -> None:
    for step in item.planned.draft.milestones:
        reached = step.number in item.draft.milestones_reached
        new = reached and step.number not in item.last.milestones_reached
        state = "newly_reached" if new else "reached_already" if reached else "not_reached"
        st.markdown(
            translate(
                f"report.{state}",
                number=step.number,
                title=plain(step.title),
                day=day(step.due_on),
                share=percent(step.share_permille),
            )
        )


def _texts(item: ReportItem, told: Mapping[str, Sequence[str]]) -> None:
    copied = copied_texts(item.draft, item.last)
    for name in (*TEXTS, "explanation"):
        text = getattr(item.draft, name)
        if text:
            st.markdown(f"**{translate(f'report.{name}')}**  \n{lines(text)}")
            _told(told, name)
            last = getattr(item.last, name) if name in TEXTS and name not in copied else ""
            if last:
                st.caption(translate("report.last_text", text=lines(last)))
