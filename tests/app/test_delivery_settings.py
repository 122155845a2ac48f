"""The part of the settings on writing to people outside the product."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db.messages.deliveries import webhooks_frame
from db.store import Store
from db.tables import Delivery, WebhookTarget
from tests.app.acting import button, confirmed, press, words
from tests.app.conftest import Open
from tests.support.trail import only, rows

SECRET = "a-secret-of-enough-length"


def _add(seen: AppTest, name: str, address: str, secret: str) -> AppTest:
    for label, value in (("名称（必填）", name), ("地址（必填）", address), ("签名密钥（必填）", secret)):
        next(one for one in seen.main.text_input if one.label == label).set_value(value).run()
    return press(seen, "添加")


def test_a_webhook_is_added_tried_switched_and_removed_and_its_secret_is_not_shown(
    open_page: Open, sample: Store
):
    seen = open_page("settings", "sysadmin")
    assert "尚未添加接收端。" in words(seen)
    _add(seen, "", "http://robot.test", "short")
    assert "地址须以" in words(seen)
    assert rows(sample, WebhookTarget) == []
    _add(seen, "督办群", "https://robot.test/send?key=hidden-token", SECRET)
    assert "**督办群** · 通用（HMAC-SHA256 签名） · robot" in words(seen)
    shown = words(seen) + "".join(str(box.value) for box in seen.main.text_input)
    assert "hidden-token" not in shown
    assert SECRET not in shown
    press(seen, "发送测试消息")
    assert "测试消息已放入发送队列" in words(seen)
    assert only(sample, Delivery).details == {"test": True}
    assert "督办群" in seen.dataframe[0].value["recipient"].tolist()
    press(seen, "停用")
    assert not only(sample, WebhookTarget).active
    press(seen, "启用")
    confirmed(seen, "删除")
    assert webhooks_frame(sample).empty


def test_days_of_reminders_are_changed(open_page: Open, sample: Store):
    seen = open_page("settings", "sysadmin")
    next(one for one in seen.main.number_input if one.value == 100).set_value(60).run()
    press(seen, "保存")
    assert "现行设置：**60 天**" in words(seen)


def test_a_mail_server_is_told_and_tried_on_oneself(open_page: Open, monkeypatch: pytest.MonkeyPatch):
    assert "未配置：" in words(open_page("settings", "sysadmin"))
    monkeypatch.setenv("SMTP_HOST", "mail.office.test")
    monkeypatch.setenv("SMTP_PASSWORD", "word-of-the-post")
    monkeypatch.setenv("MAIL_FROM", "tracker@office.test")
    st.cache_resource.clear()
    seen = open_page("settings", "sysadmin")
    assert "mail\\.office\\.test:587" in words(seen)
    assert "word-of-the-post" not in words(seen)
    press(seen, "向本人发送测试邮件")
    assert "请先在“消息”页填写本人的工作邮箱" in words(seen)


@pytest.mark.parametrize(
    ("error", "next_try", "said"), [("SMTP 451", True, "将重试"), ("HTTP 500", False, "已放弃")]
)
def test_failures_are_told_to_the_administrator(
    open_page: Open, sample: Store, error: str, next_try: bool, said: str
):
    with sample.write(None) as tx:
        row = tx.add(
            Delivery(
                channel="email",
                officer_id=1,
                digest_key="email:1:2026-01-01",
                created_at=tx.now,
                attempts=3,
                next_try_at=tx.now if next_try else None,
                last_error=error,
            )
        )
        tx.audit("plant", row)
    seen = open_page("settings", "sysadmin")
    assert "有 1 条发送失败或正在重试" in "".join(one.value for one in seen.main.warning)
    assert seen.dataframe[0].value["error"].tolist() == [error]
    assert seen.dataframe[0].value["standing"].iloc[0].startswith(said)
    assert button(seen, "开启小型部署")


def test_what_was_sent_says_when(open_page: Open, sample: Store):
    with sample.write(None) as tx:
        sent = {"created_at": tx.now, "sent_at": tx.now, "attempts": 1}
        row = tx.add(Delivery(channel="email", officer_id=1, digest_key="email:1", **sent))
        tx.audit("plant", row)
    seen = open_page("settings", "sysadmin")
    assert seen.dataframe[0].value["standing"].iloc[0].startswith("已发出")
