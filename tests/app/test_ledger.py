"""The ledger's page: what it says, narrowed by its address, and where it is taken from."""

from html import escape

import openpyxl
import pytest
from sqlmodel import select

from db.prepared import prepared
from db.store import Store
from db.tables import TaskRevision
from pages.parts.ledger import files as ledger_files
from tests.app.conftest import Open
from tests.app.looping import MEMBER, person


def _sentence(seen) -> str:
    return next(element.value for element in seen.markdown if "台账" in element.value)


def test_a_member_reads_every_line_of_the_newest_period(open_page: Open):
    seen = open_page("ledger", "member")
    lines = seen.dataframe[0].value
    suspended = (lines["light"] == "‖ 中止").sum()
    assert suspended > 0
    assert f"**{len(lines) - suspended} 项**（另有中止 {suspended} 项）" in _sentence(seen)
    assert len(lines.columns) == 30


def test_the_sentence_from_the_summaries_says_what_the_lines_say(open_page: Open):
    for query in ({}, {"region": "华东"}, {"measure": "3"}, {"unit": "11"}):
        seen = open_page("ledger", "member", **query)
        counts = seen.dataframe[0].value["light"].value_counts()
        red, amber, blue = (counts.get(light, 0) for light in ("■ 滞后", "▲ 预警", "✔ 完成"))
        assert f"滞后 {red} 项**]，预警 {amber} 项，完成 {blue} 项" in _sentence(seen)


def test_the_address_narrows_the_lines_and_the_files(open_page: Open):
    seen = open_page("ledger", "member", light="red")
    lines = seen.dataframe[0].value
    assert set(lines["light"]) == {"■ 滞后"}
    assert "符合所选条件" in _sentence(seen)
    links = [element.proto.url for element in seen.get("link_button")]
    assert [link.partition("?")[0] for link in links] == ["/ledger.xlsx", "/ledger.csv"]
    assert all("light=red" in link and "period=" in link for link in links)


def test_a_unit_reads_its_own_lines_only(open_page: Open):
    lines = open_page("ledger", "zhejiang.officer").dataframe[0].value
    assert set(lines["authority"]) == {"浙江省中小企业主管部门"}


def test_where_nothing_matches_the_page_says_so_and_offers_the_way_back(open_page: Open):
    seen = open_page("ledger", "leadership", text="没有这样的任务")
    assert not seen.dataframe
    assert any("没有符合所选条件的任务" in element.value for element in seen.markdown)
    assert [button.label for button in seen.main.button] == ["清除条件"]


def test_a_large_workbook_is_made_first_and_then_fetched(
    open_page: Open, sample: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ledger_files, "MOST_AT_ONCE", 10)
    seen = open_page("ledger", "member", measure="3")
    assert [element.proto.url.partition("?")[0] for element in seen.get("link_button")] == ["/ledger.csv"]
    next(button for button in seen.main.button if button.label == "生成 Excel").click().run()
    address = seen.get("link_button")[0].proto.url
    file = prepared(sample, person(sample, MEMBER), address.removeprefix("/prepared?ticket="))
    rows = openpyxl.load_workbook(file).active.max_row
    assert rows == len(seen.dataframe[0].value) + 4, "title, header, an empty line and the foot"


def test_paper_holds_every_line_as_text_with_nothing_of_it_read_as_markup(open_page: Open, sample: Store):
    with sample.write(None) as tx:
        said = tx.session.scalars(select(TaskRevision).order_by(TaskRevision.id)).first()
        said.title = "<b>参展</b> & 洽谈"
        tx.audit("plant", said)
    seen = open_page("ledger", "member")
    (paper,) = (found.proto.body for found in seen.main.get("html") if "<table>" in found.proto.body)
    lines = seen.dataframe[0].value
    assert paper.count("<tr>") == len(lines) + 1
    assert lines["task"].map(escape).map(paper.count).min() >= 1


def test_what_a_line_is_about_and_how_it_is_stand_before_its_unit(open_page: Open):
    order = list(open_page("ledger", "member").dataframe[0].proto.column_order)
    assert order[:6] == ["seq", "task", "light", "completion", "due_on", "authority"]
