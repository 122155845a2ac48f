"""The registers' page: who writes, who reads, what is wrong beside its field, and that nothing is lost."""

from streamlit.testing.v1 import AppTest

from db.authorities.scope import NATION
from db.reference.queries import units_frame
from db.registers.queries import RegisterFilter, register_frame
from db.store import Store
from tests.app.acting import button, confirmed, press, words
from tests.app.conftest import Open
from tests.support.register_cases import key_of
from tests.support.trail import last_event
from tracking.vocabulary import Body


def entries(sample: Store, register: str, **where):
    asked = {"register_id": key_of(sample, register), "where": RegisterFilter(**where)}
    return register_frame(sample, NATION, **asked)


def zhejiang(sample: Store) -> int:
    return int(units_frame(sample).set_index("short_name").loc["浙江", "unit_id"])


def field(seen: AppTest, label: str):
    return next(found for found in (*seen.main.text_input, *seen.main.text_area) if found.label == label)


def test_a_member_reads_every_unit_and_writes_nothing(open_page: Open, sample: Store):
    stored = entries(sample, "cooperation")
    seen = open_page("registers", "member", register="cooperation")
    assert f"{stored['authority_id'].nunique()} 个登记单位现有记录 {len(stored)} 条" in words(seen)
    opened = open_page(
        "registers", "member", register="cooperation", cooperation=str(stored["entry_id"].iloc[0])
    )
    assert stored["partner_body"].iloc[0][:4] in words(opened)
    assert [found.label for found in opened.main.button] == ["登记"], (
        "only entries of the working group's own"
    )


def test_a_member_enters_what_the_working_group_did_itself(open_page: Open, sample: Store):
    seen = open_page("registers", "member", register="fairs")
    field(seen, "展会名称").input("某博览会").run()
    next(box for box in seen.main.date_input if box.label == "开幕日期").set_value("2026-01-05").run()
    next(box for box in seen.main.selectbox if box.label == "登记单位").set_value("ccpit").run()
    next(box for box in seen.main.multiselect if box.label == "国家（地区）（选填）").set_value(["KZ"]).run()
    press(seen, "登记")
    stored = entries(sample, "fairs", country="KZ", body=Body.CCPIT)
    assert "某博览会" in stored["title"].tolist()
    read = open_page("registers", "zhejiang.officer", register="fairs", country="KZ")
    assert "某博览会" in read.main.dataframe[0].value["field_title"].tolist()


def test_an_officer_records_a_cooperation_mechanism(open_page: Open, sample: Store):
    seen = open_page("registers", "zhejiang.officer", register="cooperation")
    field(seen, "伙伴国家（地区）或组织").input("某国").run()
    field(seen, "伙伴机构").input("某商会").run()
    next(box for box in seen.main.date_input if box.label == "建立日期").set_value("2026-01-05").run()
    next(box for box in seen.main.selectbox if box.label == "类别").set_value("bilateral").run()
    seen = press(seen, "登记")
    assert any("已登记" in element.value for element in seen.success)
    assert last_event(sample).action == "record_entry"
    assert "某商会" in entries(sample, "cooperation")["partner_body"].tolist()


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(open_page: Open, sample: Store):
    seen = open_page("registers", "zhejiang.officer", register="publicity")
    before = sample.data_version()
    field(seen, "网址（选填）").input("http://example.org").run()
    seen = press(seen, "登记")
    said = words(seen)
    assert "以 https://" in said.replace("\\", "").replace("\u2060", "")
    assert "请填写" in said
    assert field(seen, "网址（选填）").value == "http://example.org"
    assert sample.data_version() == before


def test_a_correction_shows_the_version_before(open_page: Open, sample: Store):
    entry = entries(sample, "coordination", authority_id=zhejiang(sample)).iloc[0]
    seen = open_page(
        "registers", "zhejiang.officer", register="coordination", coordination=str(entry["entry_id"])
    )
    labels = [found.label for found in seen.main.button]
    assert "登记" not in labels, "one stands already"
    field(seen, "文号（选填）").input("示例函〔2026〕99号").run()
    seen = press(seen, "保存更正")
    assert any("原版本保留" in element.value for element in seen.success)
    versions = seen.main.dataframe[-1].value
    assert versions["field_document_number"].tolist() == ["示例函〔2026〕99号", entry["document_number"]]


def test_a_withdrawal_asks_once_and_keeps_the_reason(open_page: Open, sample: Store):
    entry = entries(sample, "coordination", authority_id=zhejiang(sample)).iloc[0]
    seen = open_page(
        "registers", "zhejiang.officer", register="coordination", coordination=str(entry["entry_id"])
    )
    field(seen, "撤销原因").input("机构调整").run()
    before = sample.data_version()
    assert button(seen, "撤销记录")
    assert sample.data_version() == before
    seen = confirmed(seen, "撤销记录")
    assert last_event(sample).action == "withdraw_entry"
    assert entries(sample, "coordination", authority_id=zhejiang(sample)).empty
    gone = open_page(
        "registers", "member", kept="withdrawn", register="coordination", coordination=str(entry["entry_id"])
    )
    assert "机构调整" in gone.main.info[0].value


def test_an_entry_out_of_reach_is_not_shown(open_page: Open, sample: Store):
    stored = entries(sample, "coordination")
    other = stored[stored["authority_name"] != "浙江"].iloc[0]
    seen = open_page(
        "registers", "zhejiang.officer", register="coordination", coordination=str(other["entry_id"])
    )
    assert not seen.main.subheader


def test_the_sample_has_corrected_and_withdrawn_entries(open_page: Open, sample: Store):
    seen = open_page("registers", "leadership", register="publicity", kept="withdrawn")
    assert len(seen.main.dataframe[0].value) > 0
    (link,) = seen.main.get("link_button")
    assert link.proto.url == f"/registers.xlsx?register={key_of(sample, 'publicity')}&kept=withdrawn"


def uploader(seen: AppTest):
    return next(found for found in seen.main.file_uploader if found.label.startswith("填好的表格"))


def test_a_workbook_is_looked_at_before_it_is_taken(open_page: Open, sample: Store):
    seen = open_page("registers", "zhejiang.officer", register="fairs")
    before = sample.data_version()
    bad = "记录编号,展会名称,开幕日期,国家（地区）\n,某表格展会,2026-01-05,火星".encode("utf-8-sig")
    uploader(seen).upload("fairs.csv", bad, "text/csv").run()
    assert "D2：没有名为“火星”" in seen.main.dataframe[-1].value["why"][0]
    assert button(seen, "全部登记").disabled
    good = bad.replace("火星".encode(), "俄罗斯".encode())
    uploader(seen).upload("fairs.csv", good, "text/csv").run()
    assert "展会名称：— → 某表格展会" in seen.main.dataframe[-1].value["why"][0]
    assert sample.data_version() == before
    confirmed(seen, "全部登记")
    assert "某表格展会" in entries(sample, "fairs", country="RU")["title"].tolist()
