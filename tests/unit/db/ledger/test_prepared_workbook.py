"""A ledger too long to wait for becomes a workbook for its maker, who is told how far it is."""

from datetime import date

import openpyxl

from db.ledger.exports import LedgerFilter
from db.ledger.prepared_workbook import prepared_workbook
from db.prepared import prepared
from db.store import Store
from tests.support.factories import FIRST_QUARTER, YEAR, at, filed_plan, people, small_country
from tests.support.trail import last_event
from tracking.vocabulary import Language


def test_it_is_kept_for_its_maker_and_told_line_by_line(store: Store):
    told: list[tuple[int, int]] = []
    by = people().member
    with at(date(YEAR, 3, 20)):
        small_country(store)
        filed_plan(store)
        ticket = prepared_workbook(
            store,
            lambda *said: told.append(said),
            by=by,
            period_id=FIRST_QUARTER,
            where=LedgerFilter(),
            language=Language.ZH_CN,
        )
    file = prepared(store, by, ticket)
    assert file.suffix == ".xlsx"
    assert openpyxl.load_workbook(file).sheetnames == ["台账", "复算", "复算说明"]
    assert told == [(1, 1)]
    assert last_event(store).action == "export_ledger"
