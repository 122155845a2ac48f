from tracking.ledgers.columns import LEDGER_COLUMNS, ledger_headers
from tracking.vocabulary import Language

ORDER = (
    "序号、重点工作、措施、工作任务、年度目标、单位、牵头单位、配合单位、分管领导、责任人、职务、联系电话、联络员、"
    "开始时间、完成时限、季度节点、本期进展、累计完成、完成率、序时进度、偏差、亮灯、存在问题、下步措施、佐证、审核状态、报送时间、合作国别、合作领域与方向、备注"
)


def test_the_ledger_has_the_columns_of_these_offices_in_their_order():
    headers = ledger_headers(Language.ZH_CN)
    assert tuple(headers) == LEDGER_COLUMNS
    assert [header.partition("（")[0] for header in headers.values()] == ORDER.split("、")


def test_every_column_has_an_english_header_too():
    assert len(set(ledger_headers(Language.EN).values())) == len(LEDGER_COLUMNS)
