"""The list of briefings: its sentence and its lines."""

from typing import Any

import pandas as pd

from db.briefings.queries import briefings_frame
from pages.shared.choices import name_of
from pages.shared.reads import Reads
from pages.shared.wording import moment, translate
from tracking.vocabulary import BriefingStatus


def briefings_sentence(reads: Reads, notice_id: int, *, drafts: bool) -> str:
    """How many are issued, and when the last one was; for authors, also how many drafts there are."""
    found = reads.scoped(briefings_frame, drafts=drafts, notice_id=notice_id)
    issued = found[found["status"] == BriefingStatus.ISSUED]
    said = translate("briefings_page.sentence_none")
    if len(issued):
        said = translate(
            "briefings_page.sentence", issued=len(issued), day=moment(issued["issued_at"].max())[:10]
        )
    if drafts and len(found) > len(issued):
        said += translate("briefings_page.sentence_drafts", drafts=len(found) - len(issued))
    return said


def word_briefings(found: pd.DataFrame) -> pd.DataFrame:
    """Rows of `briefings_frame` in words."""
    rows: list[Any] = list(found.itertuples())
    return found.assign(
        briefing_title=[translate(f"briefing_kind.{row.kind}") for row in rows],
        briefing_place=[place_of(row) for row in rows],
        period=[name_of(row) for row in rows],
        briefing_state=[translate(f"briefing_status.{row.status}") for row in rows],
        briefing_version=[translate("briefings_page.version", version=row.version) for row in rows],
        briefing_at=[moment(row.written_at if pd.isna(row.issued_at) else row.issued_at) for row in rows],
        briefing_by=[row.author if pd.isna(row.issuer) else row.issuer for row in rows],
    )


def place_of(row: Any) -> str:
    """The subject of a briefing: a unit, a region or the nation, and the measure, if any."""
    names = (row.unit_name, row.region)
    place = next((str(name) for name in names if not pd.isna(name)), translate("briefings_page.nation"))
    if pd.isna(row.measure_number):
        return place
    return f"{place} · {int(row.measure_number)} {row.measure_short_title}"
