"""A figure of the working group on the pages: supplied, seen beside the unit's own, contested with a proof, ruled on."""

from db.store import Store
from tests.app.acting import confirmed, press
from tests.app.conftest import Open
from tests.app.looping import MEMBER, OFFICER, every_word, person, typed

VIEW = {"show": "supplied"}


def test_a_figure_is_supplied_contested_and_replaced(open_page: Open, sample: Store):
    seen = open_page("extensions", MEMBER, **VIEW)
    seen = press(typed(seen, "累计值", "很多"), "提供一个数")
    assert "请填写" in every_word(seen)
    unit = next(box for box in seen.main.selectbox if box.label == "单位")
    seen = unit.set_value(person(sample, OFFICER).authority_id).run()
    seen = press(typed(typed(seen, "累计值", "12"), "数据来源", "海关 <b>统计</b>"), "提供一个数")
    assert "已提供" in every_word(seen)
    seen = open_page("extensions", OFFICER, **VIEW)
    seen.main.file_uploader[0].set_value([("总结.pdf", b"%PDF-1.7", "application/pdf")])
    seen = press(typed(seen, "异议理由", "口径不同"), "提出异议")
    assert "由工作组裁定" in every_word(seen)
    seen = open_page("extensions", MEMBER, **VIEW)
    assert "[总结.pdf](/supplied-proofs/1)" in every_word(seen).replace("\\", "")
    seen = typed(typed(seen, "裁定理由", "按单位口径"), next(_new_value(seen)), "10")
    seen = confirmed(seen, "更换")
    assert "已裁定" in every_word(seen)


def _new_value(seen):
    return (box.label for box in seen.main.text_input if box.label.startswith("更换为"))


def test_the_measure_page_labels_it_and_shows_the_own_figure_beside(open_page: Open, sample: Store):
    member = open_page("extensions", MEMBER, **VIEW)
    member = press(typed(typed(member, "累计值", "12"), "数据来源", "海关统计"), "提供一个数")
    seen = open_page("measure", MEMBER, measure="1")
    assert "家由工作组提供" in _tables(seen)
    assert not seen.exception
    assert "海关统计" in _tables(seen)


def _tables(seen) -> str:
    return "\n".join(table.value.to_string() for table in seen.main.dataframe)
