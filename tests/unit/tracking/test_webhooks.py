"""What group robots are sent, how it is signed, and what their answers mean.

The expected signatures were worked out apart from the product, by `openssl dgst -sha256 -hmac`.
"""

import json
from datetime import UTC, datetime

import pytest

from tracking.messages import Refusal
from tracking.webhooks import (
    IDEMPOTENCY,
    SIGNATURE,
    TIMESTAMP,
    WebhookFormat,
    WebhookRequest,
    check_target,
    fault_of_answer,
    host_of,
    is_safe_address,
    request_for,
)

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SECRET = "a-secret-of-enough-length"


def request(target: WebhookFormat, address: str = "https://robot.test/send?access_token=1") -> WebhookRequest:
    return request_for(
        target,
        address=address,
        secret=SECRET,
        key="webhook:1:2026-11-23",
        words="提醒",
        facts={"n": 1},
        at=AT,
    )


def test_the_general_format_is_signed_over_timestamp_and_body():
    sent = request(WebhookFormat.GENERAL)
    assert json.loads(sent.body) == {"id": "webhook:1:2026-11-23", "text": "提醒", "n": 1}
    assert sent.headers[TIMESTAMP] == "1795395600"
    assert sent.headers[IDEMPOTENCY] == "webhook:1:2026-11-23"
    assert (
        sent.headers[SIGNATURE] == "sha256=9f0d127f32837ea7a5aa4c6bfd7fe3f48013dfcb1cffca8cf98d9af46aed8b5f"
    )


def test_dingtalk_takes_the_signature_in_the_address():
    sent = request(WebhookFormat.DINGTALK)
    assert json.loads(sent.body) == {"msgtype": "text", "text": {"content": "提醒"}}
    begins = "https://robot.test/send?access_token=1&timestamp=1795395600000&sign="
    assert sent.address == f"{begins}dfqmPDRGJ9zQ0HQqBf%2F66aWfCJ6a7pGlBsi6RrEGsck%3D"
    assert "send?timestamp=" in request(WebhookFormat.DINGTALK, "https://robot.test/send").address


def test_feishu_takes_the_signature_in_the_body():
    sent = request(WebhookFormat.FEISHU)
    assert json.loads(sent.body) == {
        "timestamp": "1795395600",
        "sign": "BCXMV6TrNrMuMudglO4js5Ov4doKEL+f5VybQNNRQIs=",
        "msg_type": "text",
        "content": {"text": "提醒"},
    }


def test_wecom_has_no_signature():
    sent = request(WebhookFormat.WECOM)
    assert (sent.address, json.loads(sent.body)["msgtype"]) == (
        "https://robot.test/send?access_token=1",
        "text",
    )


@pytest.mark.parametrize(
    ("target", "status", "answer", "fault"),
    [
        ("general", 204, b"", ""),
        ("general", 302, b"", "HTTP 302"),
        ("dingtalk", 200, b'{"errcode":0,"errmsg":"ok"}', ""),
        ("dingtalk", 200, b'{"errcode":310000}', "dingtalk 310000"),
        ("wecom", 200, b"[]", "wecom ?"),
        ("wecom", 500, b"", "HTTP 500"),
        ("feishu", 200, b'{"code":0}', ""),
        ("feishu", 200, b"<html>", "feishu ?"),
    ],
)
def test_a_robot_may_refuse_with_a_number(target: str, status: int, answer: bytes, fault: str):
    assert fault_of_answer(WebhookFormat(target), status, answer) == fault


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://robot.test/send", True),
        ("http://127.0.0.1:8000/hook", True),
        ("http://localhost/hook", True),
        ("http://[::1]/hook", True),
        ("http://robot.test/send", False),
        ("http://10.0.0.1/send", False),
        ("https://user:word@robot.test/", False),
        ("https://robot.test/a b", False),
        ("https://robot.test:port/", False),
        ("ftp://robot.test/", False),
        ("https:///send", False),
        ("", False),
    ],
)
def test_only_what_is_encrypted_or_stays_here_is_written_to(address: str, safe: bool):
    assert is_safe_address(address) is safe


def test_every_fault_of_a_target_is_told_at_once():
    with pytest.raises(Refusal) as refused:
        check_target(name="", address="http://a.test", secret="short", target=WebhookFormat.GENERAL)
    assert refused.value.fields == ("name", "address", "secret")
    check_target(name="群", address="https://a.test", secret="", target=WebhookFormat.WECOM)


def test_of_an_address_only_the_host_is_told():
    assert host_of("https://robot.test/send?access_token=1") == "robot.test"
    assert host_of("") == ""
