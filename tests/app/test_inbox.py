"""The page of messages, as each role, and what may be chosen there."""

import pytest
from sqlalchemy import update

from db.notifications.sending import notify_role
from db.periods.queries import current_period
from db.store import Store
from db.tables import Account, MessageChoice, Notification, Officer
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.support.people import WHO
from tests.support.trail import only, rows
from tracking.periods import period_name
from tracking.vocabulary import Role


def _tell(store: Store, times: int = 1) -> None:
    with store.write(None) as tx:
        for role in Role:
            for number in range(times):
                notify_role(tx, role, "notification.plan_filed", "work_plan", year=2100 + number)
        tx.audit("tell", tx.load(Officer, 1))


@pytest.mark.parametrize("role", Role)
def test_everybody_has_messages_of_their_own_and_may_choose(open_page: Open, sample: Store, role: Role):
    _tell(sample)
    seen = open_page("inbox", WHO[role])
    assert [error.message for error in seen.exception] == []
    assert "2100 年工作计划已备案。" in words(seen)
    assert "新消息" in [box.label for box in seen.main.checkbox]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("member", "待审核"), ("ningbo.officer", "被退回、尚未重新报送"), ("ningbo.signatory", "已过完成时限")],
)
def test_what_waits_today_stands_beside_the_messages(open_page: Open, name: str, kind: str):
    assert kind in words(open_page("inbox", name))


def test_an_administrator_is_reminded_of_no_business(open_page: Open):
    seen = open_page("inbox", "sysadmin")
    assert "今天没有需要提醒的事项。" in words(seen)
    assert "还没有消息" in words(seen)


def test_a_message_is_laid_aside_and_stays_under_all(open_page: Open, sample: Store):
    _tell(sample, 2)
    seen = open_page("inbox", "member")
    assert "未读消息 **2 条**" in words(seen)
    press(seen, "标为已读")
    assert "未读消息 **1 条**" in words(seen)
    assert "消息已标为已读。" in words(seen)
    press(seen, "将最新 1 条未读标为已读")
    assert "2100 年工作计划已备案。" in words(seen)
    assert "已读 · " in words(seen)


def test_a_unit_that_has_not_reported_has_not_read_that_the_period_opened(open_page: Open, sample: Store):
    seen = open_page("inbox", "zhejiang.officer")
    assert "未读消息 **0 条**" not in words(seen)
    period = current_period(sample, notice_id=1)
    assert period
    name = period_name(year=period.year, number=period.number, cycle=period.cycle)
    assert str(name) in words(seen)


def test_a_link_that_leads_nowhere_is_not_drawn(open_page: Open, sample: Store):
    _tell(sample)
    with sample.upkeep() as session:
        session.execute(update(Notification).values(link="https://elsewhere.test"))
    seen = open_page("inbox", "member")
    assert [error.message for error in seen.exception] == []


def test_the_digest_by_email_is_chosen_with_its_address(open_page: Open, sample: Store):
    seen = open_page("inbox", "zhejiang.officer")
    box = {one.label: one for one in seen.main.checkbox}
    box["用邮件接收每日提醒"].check().run()
    box = {one.label: one for one in seen.main.checkbox}
    box["长期没有进展报送"].uncheck().run()
    press(seen, "保存")
    assert "请填写有效的工作邮箱地址" in words(seen)
    seen.main.text_input[0].set_value("zhang@office.test").run()
    press(seen, "保存")
    assert "接收方式已保存" in words(seen)
    (kept,) = [row for row in rows(sample, MessageChoice) if row.by_email]
    assert (kept.email, kept.muted) == ("zhang@office.test", ["stale"])
    assert only(sample, Account, sign_in_name="zhejiang.officer").officer_id == kept.officer_id
