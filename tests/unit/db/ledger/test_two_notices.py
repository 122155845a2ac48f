"""The file of a ledger says under which notice its tasks stand, where there are several."""

from datetime import date

from db.ledger.exports import LedgerFilter, export_ledger
from db.ledger.files import LedgerExtract, extract_of
from db.store import Store
from tests.support.factories import FIRST_QUARTER, YEAR, at, filed_plan, people, small_country
from tests.support.second_notice import second_notice
from tracking.vocabulary import Language


def _extract(store: Store, period_id: int) -> LedgerExtract:
    where = LedgerFilter()
    export = export_ledger(store, by=people().member, period_id=period_id, where=where, file_format="csv")
    return extract_of(store, export, where, Language.ZH_CN)


def test_the_title_names_the_notice_only_where_there_are_several(store: Store):
    with at(date(YEAR, 4, 5)):
        small_country(store)
        filed_plan(store)
        assert "专项行动实施情况跟踪" in _extract(store, FIRST_QUARTER).title
        second = second_notice(store, people().administrator)
        assert "专项行动" in _extract(store, FIRST_QUARTER).title
        assert "专精特新行动" in _extract(store, second.period_id).title
