"""A ledger too long to wait for, made into a workbook beside the server and kept for its maker."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from db.beside import Tell
from db.identity import SignedIn
from db.ledger.exports import LedgerExport, LedgerFilter, export_ledger
from db.ledger.files import WORKBOOK, extract_of
from db.prepared import prepare
from db.store import Store
from tracking.vocabulary import Language


def prepared_workbook(
    store: Store, tell: Tell, *, by: SignedIn, period_id: int, where: LedgerFilter, language: Language
) -> str:
    """Make the workbook and return its ticket; `tell` is given the lines written and all there are."""
    export = export_ledger(store, by=by, period_id=period_id, where=where, file_format=WORKBOOK.ending)
    extract = extract_of(store, replace(export, batches=_told(export, tell)), where, language)
    return prepare(store, by, f"{extract.name}.{WORKBOOK.ending}", WORKBOOK.parts(extract))


def _told(export: LedgerExport, tell: Tell) -> Iterator[pd.DataFrame]:
    """The batches, and how many lines of them are read."""
    seen = 0
    for batch in export.batches:
        seen += len(batch)
        tell(seen, export.lines)
        yield batch
