"""The list of corrections: its sentence and its lines."""

import pandas as pd

from db.corrections.queries import corrections_frame
from db.corrections.rows import CorrectionRow
from db.typed_rows import rows_as
from pages.shared.choices import name_of
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.vocabulary import CorrectionStatus


def corrections_sentence(reads: Reads) -> str:
    """How many corrections there are, from how many units, and how many wait for whom."""
    found = reads.scoped(corrections_frame)
    states = found["correction_status"].value_counts()
    approved = found[found["correction_status"] == CorrectionStatus.APPROVED]
    return translate(
        "correction.sentence",
        approved=len(approved),
        units=approved["unit_name"].nunique(),
        unsigned=int(states.get(CorrectionStatus.DRAFT, 0)),
        waiting=int(states.get(CorrectionStatus.REQUESTED, 0)),
    )


def word_corrections(found: pd.DataFrame) -> pd.DataFrame:
    """Rows of `corrections_frame` with `period` and `correction_state` in words."""
    return found.assign(
        period=[name_of(row) for row in rows_as(CorrectionRow, found)],
        correction_reason=found["reason"],
        correction_state=[translate(f"correction_status.{status}") for status in found["correction_status"]],
    )
