"""Webhook payloads: the bodies that group robots accept, signatures, and what a reply means.

Four formats. The general one is signed by HMAC-SHA256 over "<timestamp>.<body>". DingTalk signs
"<milliseconds>\\n<secret>" with the secret and takes the result in the address; Feishu uses
"<seconds>\\n<secret>" as the key over nothing and takes the result in the body; WeCom has no signature, its address
is the secret.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote_plus, urlsplit

from tracking.messages import Message, Refusal

TIMESTAMP, SIGNATURE, IDEMPOTENCY = "X-Tracker-Timestamp", "X-Tracker-Signature", "Idempotency-Key"
LONGEST_ADDRESS, SHORTEST_SECRET, LONGEST_SECRET = 500, 16, 200


class WebhookFormat(StrEnum):
    """The kind of receiving robot; worded `webhook_format.<value>`."""

    GENERAL = "general"
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    FEISHU = "feishu"


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """A request as it goes out by POST."""

    address: str
    headers: Mapping[str, str]
    body: bytes


def request_for(
    target: WebhookFormat, *, address: str, secret: str, key: str, words: str, facts: Any, at: datetime
) -> WebhookRequest:
    """The signed request that carries `words`, and `facts`, the same as plain JSON, in the general format only.

    `key` identifies the message, so that a receiver can recognise a repetition.
    """
    headers = {"Content-Type": "application/json; charset=utf-8", IDEMPOTENCY: key}
    if target is WebhookFormat.DINGTALK:
        signed_address = dingtalk_address(address, secret, at)
        return WebhookRequest(signed_address, headers, _json(_robot_text(words)))
    if target is WebhookFormat.WECOM:
        return WebhookRequest(address, headers, _json(_robot_text(words)))
    if target is WebhookFormat.FEISHU:
        return WebhookRequest(address, headers, _json(feishu_body(words, secret, at)))
    body = _json({"id": key, "text": words, **facts})
    stamp = str(int(at.timestamp()))
    signed = {TIMESTAMP: stamp, SIGNATURE: f"sha256={general_signature(secret, stamp, body)}"}
    return WebhookRequest(address, headers | signed, body)


def _robot_text(words: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": words}}


def general_signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the timestamp, a full stop and the body, in hexadecimal."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def dingtalk_address(address: str, secret: str, at: datetime) -> str:
    """The address with the robot's timestamp (milliseconds) and signature."""
    stamp = str(int(at.timestamp() * 1000))
    seal = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    parted = "&" if urlsplit(address).query else "?"
    return f"{address}{parted}timestamp={stamp}&sign={quote_plus(base64.b64encode(seal))}"


def feishu_body(words: str, secret: str, at: datetime) -> dict[str, Any]:
    """The body with the robot's timestamp (seconds) and signature."""
    stamp = str(int(at.timestamp()))
    seal = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    sign = base64.b64encode(seal).decode()
    return {"timestamp": stamp, "sign": sign, "msg_type": "text", "content": {"text": words}}


def fault_of_answer(target: WebhookFormat, status: int, body: bytes) -> str:
    """What is wrong with an answer, "" for success; robots refuse with status 200 and an error code."""
    if not 200 <= status < 300:
        return f"HTTP {status}"
    if target is WebhookFormat.GENERAL:
        return ""
    number = _number_in(body, "code" if target is WebhookFormat.FEISHU else "errcode")
    return "" if number == 0 else f"{target} {'?' if number is None else number}"


def _number_in(body: bytes, name: str) -> int | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    number = found.get(name) if isinstance(found, dict) else None
    return number if type(number) is int else None


def check_target(*, name: str, address: str, secret: str, target: WebhookFormat) -> None:
    """Refuse a target that is unusable or would send unencrypted. Raises `Refusal` with every fault."""
    wrong = {
        "name": not 0 < len(name) <= 40,
        "address": len(address) > LONGEST_ADDRESS or not is_safe_address(address),
        "secret": target is not WebhookFormat.WECOM and not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET,
    }
    fields = tuple(field for field, is_wrong in wrong.items() if is_wrong)
    if fields:
        told = {"shortest": SHORTEST_SECRET, "longest": LONGEST_SECRET}
        raise Refusal(*(Message(f"webhook.{field}_wrong", **told) for field in fields), fields=fields)


def is_safe_address(address: str) -> bool:
    """Whether it is https, or http on this machine, with a host and without a password."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username or parts.password or not address.isprintable() or " " in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def host_of(address: str) -> str:
    """Only the host: the rest of a robot's address works like a password."""
    return urlsplit(address).hostname or ""


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
