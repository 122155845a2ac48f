"""The forms about briefings: a new one, and the editing of a draft, version after version."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from db.briefings import actions as acts
from db.briefings.actions import LIMITS
from db.briefings.material import BriefingRequest
from db.briefings.queries import BriefingSheet
from db.identity import SignedIn
from db.reference.queries import units_frame
from db.reference.rows import UnitRow
from db.typed_rows import rows_as
from pages.shared.choices import begun_periods, measure_names
from pages.shared.conflicts import conflict_box
from pages.shared.faults import error_summary
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import language, plain, translate
from tracking.documents.briefing import heading_of
from tracking.vocabulary import BriefingKind

# Pixels for this many lines of text.
_LEAST, _MOST, _LINE, _SIGNS = 80, 320, 26, 40


def draft_form(reads: Reads, by: SignedIn, notice_id: int) -> None:
    """Kind, period and subject; the draft is then generated."""
    periods = begun_periods(reads, notice_id)
    if periods.empty:
        return
    with st.expander(translate("briefings_page.new")):
        form = small_form("new_briefing")
        left, right = st.columns(2, gap="large")
        with left:
            kinds = {word: translate(f"briefing_kind.{word}") for word in BriefingKind}
            kind = form.choice("kind", translate("briefings_page.kind"), kinds)
            names = dict(zip(periods["period_id"].tolist(), periods["name"], strict=True))
            period_id = form.choice("period_id", translate("briefings_page.period"), names)
        with right:
            place = _place(form, reads, notice_id, kind)
            published = _published(form, periods, period_id)
        form.save(
            translate("briefings_page.draft"),
            acts.draft_briefing,
            done=translate("briefings_page.drafted"),
            primary=True,
            by=by,
            period_id=period_id,
            wanted=BriefingRequest(kind, published=published, **place),
            language=language(),
        )


def _place(form: Form, reads: Reads, notice_id: int, kind: BriefingKind) -> dict[str, Any]:
    units = reads.common(units_frame, notice_id=notice_id)
    units = units[units["reports"]]
    if kind == BriefingKind.UNIT_SHEET:
        names = {row.unit_id: plain(row.short_name) for row in rows_as(UnitRow, units)}
        return {"unit_id": form.choice("unit_id", translate("briefings_page.unit"), names)}
    if kind == BriefingKind.MEASURE_SHEET:
        measures = measure_names(reads, notice_id)
        return {"measure_id": form.choice("measure_id", translate("briefings_page.measure"), measures)}
    regions = {name: plain(name) for name in units["region_seven"].dropna().unique()}
    nation = {None: translate("briefings_page.nation")}
    return {"region": form.choice("region", translate("briefings_page.region"), nation | regions)}


def _published(form: Form, periods: Any, period_id: int) -> bool:
    """The choice of figures, if the period has two kinds."""
    frozen = periods[periods["period_id"] == period_id]["frozen_at"]
    if frozen.isna().all():
        return False
    kinds = {word: translate(f"briefings_page.{word}") for word in ("newest", "official")}
    return bool(form.choice("published", translate("briefings_page.figures_of"), kinds) == "official")


def edit_form(by: SignedIn, sheet: BriefingSheet) -> None:
    """Title and sections as plain text; changes saved by somebody else are shown beside one's own."""
    kept = stored_texts(sheet)
    filled = Form.under_way(
        f"briefing_{sheet.briefing.id}", row_version=sheet.briefing.row_version, draft=kept
    )
    typed = {name: filled.typed(name, words) for name, words in filled.draft.items()}
    filled.touched = typed != filled.draft
    if filled.is_stale(sheet.briefing.row_version):
        different = [
            (_label(name, sheet), kept[name], typed[name]) for name in kept if kept[name] != typed[name]
        ]
        conflict_box(filled, sheet.briefing.row_version, translate("briefings_page.changed"), different)
    error_summary(filled.refused, {name: _label(name, sheet) for name in kept})
    for name, words in filled.draft.items():
        _field(filled, name, _label(name, sheet), words)
    if st.button(translate("briefings_page.save"), key=filled.key("save"), type="primary"):
        _save(by, sheet, filled, typed)


def stored_texts(sheet: BriefingSheet) -> dict[str, str]:
    """Field → stored text: the title and each section."""
    content = sheet.version.content
    return {"title": content["title"], **content["sections"]}


def _label(name: str, sheet: BriefingSheet) -> str:
    if name == "title":
        return translate("briefings_page.title_field")
    return heading_of(name, sheet.briefing.kind, language())


def _field(filled: Form, name: str, label: str, words: str) -> None:
    if name == "title":
        filled.text(name, label, words, max_chars=LIMITS["title"])
    else:
        filled.area(name, label, words, height=_height(words), max_chars=LIMITS["section"])


def _height(words: str) -> int:
    lines = sum(len(line) // _SIGNS + 1 for line in words.splitlines())
    return min(max(_LEAST, lines * _LINE), _MOST)


def _save(by: SignedIn, sheet: BriefingSheet, filled: Form, typed: Mapping[str, str]) -> None:
    filled.perform(
        acts.save_briefing,
        done=translate("briefings_page.saved"),
        by=by,
        briefing_id=sheet.briefing.id,
        row_version=filled.row_version,
        title=typed["title"],
        sections={name: words for name, words in typed.items() if name != "title"},
    )
