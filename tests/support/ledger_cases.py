"""The cases of the ledger that is filled in offline; its upload is planted by `tests.support.action_cases`."""

from db.identity import SignedIn
from db.store import Store
from db.uploads import actions as uploads, committing, drops, legacy_ledgers
from db.uploads.retention import GivenFile
from tests.support.cases import of
from tests.support.factories import FIRST_QUARTER
from tests.support.ledgers import filled, form_of, made
from tests.support.legacy_ledgers import grid
from tracking.documents.legacy_layout import Layout, LegacyColumn
from tracking.documents.legacy_words import Meaning
from tracking.ledgers.rows import RowKey, check_of
from tracking.permissions import Right

# A ledger of somebody's own making, and what its columns mean.
OWN = grid(["序号", "进展"], [1, "离线填报"])
COLUMNS = (LegacyColumn(1, "序号", Meaning.NUMBER), LegacyColumn(2, "进展", Meaning.PROGRESS))
LAYOUT = Layout("Sheet", 1, 1, COLUMNS)
# The form of an authority without a task, with one row of somebody else's.
STRANGE = filled(made([]), {("task", 0): "9", ("check", 0): check_of(RowKey(9, 1, 0, "0" * 12))})


def fill_in_ledger(store: Store, by: SignedIn) -> None:
    """Upload the form with one field filled in."""
    ledger = filled(form_of(store, by), {("progress", 0): "离线填报"})
    uploads.upload_ledger(store, by=by, name="台账.xlsx", content=ledger)
    uploads.upload_ledger(store, by=by, name="自用.xlsx", content=OWN, period_id=FIRST_QUARTER)


LEDGERS = [
    *of(Right.REPORT_PROGRESS, (committing.commit_upload, {"upload_id": 1}), bound=True),
    *of(
        Right.REPORT_PROGRESS,
        (uploads.export_ledger_form, {"period_id": FIRST_QUARTER}),
        (legacy_ledgers.preview_legacy_ledger, {"upload_id": 2, "layouts": [LAYOUT]}),
        (legacy_ledgers.answer_ledger, {"upload_id": 2, "cells": {"Sheet!B2": "已办"}, "rows": {}}),
        (uploads.upload_ledger, {"name": "台账.xlsx", "content": STRANGE}),
        (drops.upload_ledgers, {"files": [GivenFile("台账.xlsx", STRANGE)]}),
        bound=False,
    ),
]
