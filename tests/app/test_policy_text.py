"""The page of the notice's text: everybody reads it, an administrator enters it and links it."""

from db.reference.passages import notice_texts_frame, passages_frame
from db.store import Store
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.support.people import WHO
from tracking.vocabulary import Role


def _area(seen, label):
    return next(field for field in seen.main.text_area if field.label == label)


def test_the_summary_says_that_it_is_none_of_the_original_and_is_read_by_everybody(open_page: Open):
    for name in (WHO[Role.LEADERSHIP], WHO[Role.REPORTING_OFFICER], WHO[Role.AUDIT_ADMINISTRATOR]):
        seen = open_page("policy_text", name)
        assert "条目摘要，不是原文" in words(seen)
        assert "10 条举措中 10 条已对应到条目" in words(seen)
        assert not seen.main.text_area


def test_a_measure_leads_to_its_article_alone(open_page: Open):
    shown = words(open_page("policy_text", "member", measure="3"))
    assert "单品直供基地" in shown
    assert "涉外法律服务" not in shown


def test_a_text_is_pasted_as_a_new_version_and_an_article_linked_by_hand(open_page: Open, sample: Store):
    seen = open_page("policy_text", "sysadmin")
    _area(seen, "通知全文").input("一、总则\n（一）开展专题培训。办班。\n（二）其他")
    next(field for field in seen.main.text_input if field.label == "出处").input("印发件")
    seen = press(seen.run(), "录入新版原文")
    assert "新版原文已保存" in words(seen)
    assert "录入的**通知原文**" in words(seen)
    newest = notice_texts_frame(sample, notice_id=1).iloc[0]
    found = passages_frame(sample, text_id=int(newest["text_id"]))
    assert found["measure_number"].fillna(0).tolist() == [0, 8, 0]
    seen = press(seen, "标注核对")
    assert notice_texts_frame(sample, notice_id=1).iloc[0]["source"] == "confirmed"


def test_a_text_without_its_source_is_refused_and_stays_typed(open_page: Open):
    seen = open_page("policy_text", "sysadmin")
    _area(seen, "通知全文").input("一、总则")
    seen = press(seen.run(), "录入新版原文")
    assert _area(seen, "通知全文").value == "一、总则"
    assert seen.main.error
