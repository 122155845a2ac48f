"""A register made by page has its form, list, filters, sheet and feeding at once: nobody starts anything anew."""

from streamlit.testing.v1 import AppTest

from db.authorities.scope import NATION
from db.registers.definitions import registers_of
from db.registers.queries import RegisterFilter, register_frame
from db.store import Store
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.support.register_cases import PDF
from tests.support.trail import last_event
from tracking.vocabulary import FieldKind


def boxes(seen: AppTest, label: str, place: int = 0):
    fields = (*seen.main.text_input, *seen.main.text_area, *seen.main.selectbox, *seen.main.date_input)
    return [found for found in fields if found.label == label][place]


def add_field(open_page: Open, register_id: int, title: str, kind: str, options: str = "") -> None:
    seen = open_page("reference_data", "sysadmin", part="register_field", register=str(register_id))
    boxes(seen, "字段类型").set_value(kind).run()
    boxes(seen, "名称").input(title).run()
    if options:
        boxes(seen, "选项，每行一个：中文名称 / 英文名称").input(options).run()
    assert "字段已新增" in words(press(seen, "新增登记册字段"))


def test_a_register_with_a_field_of_every_kind_is_filled_in_at_once(open_page: Open, sample: Store):
    seen = open_page("reference_data", "member", part="register")
    boxes(seen, "名称").input("示范项目").run()
    boxes(seen, "名称", 1).input("项目名称").run()
    seen = press(seen, "新增登记册")
    assert "登记册已新增" in words(seen)
    made = registers_of(sample, notice_id=1)[-1]
    assert (made.title, [one.title for one in made.asked]) == ("示范项目", ["项目名称"])
    for kind in FieldKind:
        add_field(open_page, made.register_id, f"字段{kind}", kind, "甲 / A\n乙" if kind == "choice" else "")
    made = registers_of(sample, notice_id=1)[-1]
    assert {one.kind for one in made.asked} == set(FieldKind)
    seen = open_page("registers", "zhejiang.officer", register=made.key)
    boxes(seen, "项目名称（选填）").input("某项目").run()
    boxes(seen, "字段number（选填）").input("12").run()
    boxes(seen, "字段choice（选填）").set_value("option_1").run()
    boxes(seen, "字段yes_no（选填）").set_value("no").run()
    uploader = next(found for found in seen.main.file_uploader if found.label == "字段files（选填）")
    uploader.upload("总结.pdf", PDF, "application/pdf").run()
    seen = press(seen, "登记")
    assert last_event(sample).action == "record_entry"
    shown = open_page("registers", "member", register=made.key, entry="某项目").main.dataframe[0].value
    assert shown["field_added_1"].tolist() == ["某项目"]
    where = {"register_id": made.register_id, "where": RegisterFilter()}
    (row,) = register_frame(sample, NATION, **where).to_dict("records")
    keys = {one.kind: one.key for one in made.asked}
    assert (row[keys[FieldKind.CHOICE]], row[keys[FieldKind.YES_NO]]) == ("option_1", False)
    opened = open_page(
        "registers", "zhejiang.officer", **{"register": made.key, made.key: str(row["entry_id"])}
    )
    assert f"[总结.pdf](/register-files/{row[keys[FieldKind.FILES]][0]})" in words(opened).replace("\\", "")
