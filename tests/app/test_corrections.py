"""The corrections page: proposed from a published update, signed, and approved or refused; the register keeps both values."""

from decimal import Decimal

import pytest

from db.authorities.scope import NATION
from db.corrections.queries import corrections_frame
from db.store import Store
from db.tables import Correction
from tests.app.acting import button, confirmed, press, words
from tests.app.conftest import Open
from tests.support.trail import row
from tracking.vocabulary import CorrectionStatus

OFFICER, SIGNATORY, MEMBER = "zhejiang.officer", "zhejiang.signatory", "member"


def _of(sample: Store, status: CorrectionStatus) -> int:
    found = corrections_frame(sample, NATION, notice_id=1, status=status)
    return int(found["correction_id"].iloc[-1])


def test_the_register_shows_what_was_published_beside_what_it_was_corrected_to(open_page: Open):
    seen = open_page("corrections", "leadership")
    assert "已更正 **2** 项" in words(seen)
    shown = seen.dataframe[0].value
    assert len(shown) == 4
    assert (shown["corrected_permille"] < shown["published_permille"]).all()


def test_the_register_is_narrowed_by_the_address(open_page: Open):
    assert len(open_page("corrections", MEMBER, state="refused").dataframe[0].value) == 1
    assert "没有符合条件的更正" in words(open_page("corrections", MEMBER, state="withdrawn"))


def test_what_waits_to_be_signed_is_seen_by_its_own_authority_only(open_page: Open, sample: Store):
    own = open_page("corrections", OFFICER)
    assert "待本单位审签 1 项" in words(own)
    correction = str(_of(sample, CorrectionStatus.DRAFT))
    assert "要找的内容不存在" in words(open_page("corrections", MEMBER, correction=correction))


def test_the_signatory_signs_and_the_working_group_approves(open_page: Open, sample: Store):
    correction_id = _of(sample, CorrectionStatus.DRAFT)
    confirmed(open_page("corrections", SIGNATORY, correction=str(correction_id)), "审签")
    assert row(sample, Correction, correction_id).status is CorrectionStatus.REQUESTED
    seen = open_page("corrections", MEMBER, correction=str(correction_id))
    seen.text_area[0].set_value("同意").run()
    confirmed(seen, "批准更正")
    approved = row(sample, Correction, correction_id)
    assert (approved.status, approved.ruling) == (CorrectionStatus.APPROVED, "同意")


def test_a_refusal_needs_its_reason(open_page: Open, sample: Store):
    correction_id = _of(sample, CorrectionStatus.REQUESTED)
    seen = press(open_page("corrections", MEMBER, correction=str(correction_id)), "不同意")
    assert row(sample, Correction, correction_id).status is CorrectionStatus.REQUESTED
    seen.text_area[1].set_value("请补充原始台账").run()
    press(seen, "不同意")
    assert row(sample, Correction, correction_id).status is CorrectionStatus.REFUSED


def test_the_officer_may_take_it_back(open_page: Open, sample: Store):
    correction_id = _of(sample, CorrectionStatus.DRAFT)
    press(open_page("corrections", OFFICER, correction=str(correction_id)), "撤回")
    assert row(sample, Correction, correction_id).status is CorrectionStatus.WITHDRAWN


@pytest.mark.parametrize("who", ["leadership", "ningbo.officer"])
def test_whoever_may_do_nothing_is_told_who_may(open_page: Open, sample: Store, who):
    seen = open_page("corrections", who, correction=str(_of(sample, CorrectionStatus.REQUESTED)))
    assert "批准更正" not in [found.label for found in seen.main.button]


def test_a_correction_is_proposed_with_its_consequence_in_view(open_page: Open, sample: Store):
    taken_back = _of(sample, CorrectionStatus.DRAFT)
    press(open_page("corrections", OFFICER, correction=str(taken_back)), "撤回")
    update_id = row(sample, Correction, taken_back).update_id
    seen = open_page("corrections", OFFICER, update=str(update_id))
    field = seen.text_input[0]
    value = Decimal(field.value.replace(",", "")) - 1
    field.set_value(f"{value:f}").run()
    assert "累计完成率：公布" in words(seen)
    refused = press(seen, "送审签")
    assert "理由" in words(refused)
    assert refused.text_input[0].value == f"{value:f}"
    refused.text_area[0].set_value("重复统计一家").run()
    press(refused, "送审签")
    found = corrections_frame(sample, NATION, notice_id=1, status=CorrectionStatus.DRAFT)
    assert found["reason"].tolist() == ["重复统计一家"]


def test_a_value_that_is_no_number_is_told_beside_its_field(open_page: Open, sample: Store):
    draft = _of(sample, CorrectionStatus.DRAFT)
    press(open_page("corrections", OFFICER, correction=str(draft)), "撤回")
    seen = open_page("corrections", OFFICER, update=str(row(sample, Correction, draft).update_id))
    seen.text_input[0].set_value("四场").run()
    seen = press(seen, "送审签")
    assert seen.text_input[0].value == "四场"
    assert seen.main.error


def test_what_is_not_published_is_not_corrected(open_page: Open, sample: Store):
    refused = row(sample, Correction, _of(sample, CorrectionStatus.APPROVED))
    seen = open_page("corrections", OFFICER, update=str(refused.update_id))
    assert "送审签" not in [found.label for found in seen.main.button]
    assert "要找的内容不存在" in words(open_page("corrections", OFFICER, update="999999"))


def test_the_task_page_leads_to_the_correction_of_what_is_published(open_page: Open, sample: Store):
    found = corrections_frame(sample, NATION, notice_id=1, status=CorrectionStatus.DRAFT)
    task = str(found["task_id"].iloc[0])
    for who, leads in ((OFFICER, True), (MEMBER, False)):
        links = open_page("task", who, task=task).main.get("page_link")
        assert ("申请更正" in [link.proto.label for link in links]) is leads


def test_a_review_of_a_frozen_period_says_that_it_is_corrected_instead(open_page: Open, sample: Store):
    update_id = row(sample, Correction, _of(sample, CorrectionStatus.REQUESTED)).update_id
    seen = open_page("review", MEMBER, update=str(update_id))
    assert "该报告期已冻结公布" in words(seen)
    with pytest.raises(StopIteration):
        button(seen, "重新打开")


def test_after_a_proposal_the_page_shows_the_request_and_the_signatory_may_send_it_back(
    open_page: Open, sample: Store
):
    correction_id = _of(sample, CorrectionStatus.DRAFT)
    update = str(row(sample, Correction, correction_id).update_id)
    seen = open_page("corrections", OFFICER, update=update)
    assert "送审签" not in [found.label for found in seen.main.button]
    assert "撤回" in [found.label for found in seen.main.button]
    seen = open_page("corrections", SIGNATORY, correction=str(correction_id))
    assert "请写明" in words(press(seen, "退回填报人"))
    seen.text_area[0].set_value("请附统计表").run()
    press(seen, "退回填报人")
    assert row(sample, Correction, correction_id).status is CorrectionStatus.WITHDRAWN
    assert "请附统计表" in words(open_page("corrections", OFFICER, correction=str(correction_id)))
