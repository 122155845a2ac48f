"""Messages leave by a real mail server and a real receiver, once each; what fails holds nobody up and is told."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from db.messages import webhooks
from db.messages.choices import set_message_choices
from db.store import Store
from db.tables import Account, Channel, Delivery
from db.updates import reviews
from server import reminding
from server.commands import APP
from server.reminding import Round, remind
from tests.support.factories import YEAR, at, fairs_held, filed_plan, people, reported
from tests.support.receivers import (
    PASSWORD,
    USER,
    Post,
    Receiver,
    certificate_in,
    post_office,
    webhook_receiver,
)
from tests.support.trail import only
from tracking.vocabulary import Language
from tracking.webhooks import SIGNATURE, TIMESTAMP, WebhookFormat

FRIDAY = date(YEAR, 3, 20)
SECRET = "a-secret-of-enough-length"


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as office:
        yield office


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with webhook_receiver() as opened:
        yield opened


@pytest.fixture(autouse=True)
def _country(store: Store):
    """The northern officer chose e-mail in English; an update of theirs was returned."""
    with at(FRIDAY):
        cast = people()
        with store.write(None) as tx:
            account = Account(officer_id=1, sign_in_name="north", password_hash="x", language=Language.EN)
            tx.audit("plant", tx.add(account))
        set_message_choices(store, by=cast.officer, by_email=True, email="north@office.test", muted=[])
        (task_id,) = filed_plan(store)
        update_id = reported(store, task_id, fairs_held(1))
        reviews.return_progress_update(store, by=cast.member, update_id=update_id, reason="补充材料")
        yield


def _writes_to(store: Store, post: Post, **settings: Any) -> None:
    given = {"smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_security": "none"} | settings
    for name, value in (given | {"mail_from": "Tracker <tracker@office.test>"}).items():
        setattr(store.settings, name, value)
    store.settings.site_url = "https://tracker.office.test"


def _hook(
    store: Store, address: str, target: WebhookFormat = WebhookFormat.GENERAL, secret: str = SECRET
) -> int:
    by = people().administrator
    return webhooks.add_webhook(store, by=by, name=f"{target}", target=target, address=address, secret=secret)


def test_a_digest_arrives_by_mail_once(store: Store, post: Post):
    _writes_to(store, post)
    assert remind(store) == Round(queued=1, sent=1, failed=0)
    assert remind(store) == Round(queued=0, sent=0, failed=0)
    (letter,) = post.letters
    assert letter["To"] == "officer <north@office.test>"
    assert letter["Subject"] == "Implementation reminders, 2026-03-20: 1"
    assert letter["Message-ID"] == "<email.1.2026-03-20@office.test>"
    words = letter.get_content()
    assert "Returned and unanswered: 1 (oldest 2026-03-20) https://tracker.office.test/report" in words
    assert "补充材料" not in words
    assert "12345678" not in words


def test_mail_is_encrypted_and_the_sender_signs_in(store: Store, tmp_path: Path):
    certificate = certificate_in(tmp_path)
    with post_office(certificate=certificate) as post:
        secure = {"smtp_security": "starttls", "smtp_user": USER, "smtp_password": SecretStr(PASSWORD)}
        _writes_to(store, post, **secure)
        assert remind(store).failed == 1
        assert only(store, Delivery).last_error == "SSLCertVerificationError"
        store.settings.smtp_ca_file = certificate[0]
        with at(FRIDAY, 11):
            assert remind(store).sent == 1
        assert len(post.letters) == 1


def test_a_wrong_password_is_told_by_its_number_and_appears_nowhere(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    certificate = certificate_in(tmp_path)
    with post_office(certificate=certificate) as post:
        wrong = {
            "smtp_user": USER,
            "smtp_password": SecretStr("a-wrong-word"),
            "smtp_ca_file": certificate[0],
        }
        _writes_to(store, post, smtp_security="starttls", **wrong)
        assert remind(store).failed == 1
    assert only(store, Delivery).last_error == "SMTP 535"
    assert "a-wrong-word" not in capsys.readouterr().out + repr(store.settings)


def test_nothing_is_sent_in_the_open_to_another_machine(store: Store, post: Post):
    _writes_to(store, post, smtp_host="mail.office.test")
    assert remind(store).failed == 1
    assert only(store, Delivery).last_error == "unencrypted"


def test_a_server_that_speaks_encrypted_from_the_start_is_asked_so(store: Store, post: Post):
    _writes_to(store, post, smtp_security="ssl")
    assert remind(store).failed == 1
    assert only(store, Delivery).last_error == "SSLError"


def test_a_server_that_refuses_is_asked_again_later_and_a_dead_one_holds_nobody_up(store: Store, post: Post):
    _writes_to(store, post)
    post.refuses = "451 later"
    assert remind(store) == Round(queued=1, sent=0, failed=1)
    assert only(store, Delivery).last_error == "SMTP 451"
    post.refuses = ""
    with at(FRIDAY, 11):
        store.settings.smtp_port = 1
        assert remind(store).failed == 1
        assert only(store, Delivery).last_error == "ConnectionRefusedError"
        store.settings.smtp_port = post.port
    with at(FRIDAY, 12):
        assert remind(store) == Round(queued=0, sent=1, failed=0)


def test_a_general_webhook_carries_numbers_and_a_valid_signature(store: Store, receiver: Receiver):
    _hook(store, f"{receiver.url}/hook")
    assert remind(store) == Round(queued=1, sent=1, failed=0)
    (call,) = receiver.calls
    told = json.loads(call.body)
    assert told["reminders"] == [
        {"kind": "returned", "name": "被退回、尚未重新报送", "count": 1, "oldest_on": "2026-03-20"}
    ]
    assert (told["id"], told["day"], told["test"]) == ("webhook:1:2026-03-20", "2026-03-20", False)
    assert call.headers["Idempotency-Key"] == told["id"]
    signed = f"{call.headers[TIMESTAMP]}.".encode() + call.body
    assert (
        call.headers[SIGNATURE] == "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    )
    assert datetime.fromtimestamp(int(call.headers[TIMESTAMP]), UTC).year == YEAR
    assert "officer" not in call.body.decode()


@pytest.mark.parametrize("target", [WebhookFormat.DINGTALK, WebhookFormat.WECOM, WebhookFormat.FEISHU])
def test_a_robot_of_each_kind_is_told_in_its_own_format(
    store: Store, receiver: Receiver, target: WebhookFormat
):
    target_id = _hook(store, f"{receiver.url}/robot/send?key=1", target)
    webhooks.try_webhook(store, by=people().administrator, target_id=target_id)
    assert remind(store, digests=False) == Round(queued=0, sent=1, failed=0)
    (call,) = receiver.calls
    assert "测试消息" in call.body.decode()
    assert ("sign=" in call.path) is (target is WebhookFormat.DINGTALK)
    assert ("sign" in json.loads(call.body)) is (target is WebhookFormat.FEISHU)


def test_a_receiver_that_refuses_redirects_or_is_gone_is_told(store: Store, receiver: Receiver):
    _hook(store, f"{receiver.url}/hook", WebhookFormat.DINGTALK)
    receiver.answer = b'{"errcode":310000,"errmsg":"sign not match"}'
    assert remind(store).failed == 1
    assert only(store, Delivery).last_error == "dingtalk 310000"
    receiver.status = 302
    with at(FRIDAY, 11):
        assert remind(store).failed == 1
        assert only(store, Delivery).last_error == "HTTP 302"
    assert len(receiver.calls) == 2


def test_a_receiver_that_nobody_answers_at_is_told_by_its_kind(store: Store):
    _hook(store, "http://127.0.0.1:1/hook")
    assert remind(store).failed == 1
    assert only(store, Delivery).last_error == "ConnectError"


def test_a_test_by_mail_arrives_at_any_hour(store: Store, post: Post):
    _writes_to(store, post)
    by = people().officer
    with at(date(YEAR, 3, 21), 23):
        with store.write(None) as tx:
            test = {
                "digest_key": "test:1",
                "details": {"test": True},
                "created_at": tx.now,
                "next_try_at": tx.now,
            }
            row = tx.add(Delivery(channel=Channel.EMAIL, officer_id=by.officer_id, **test))
            tx.audit("plant", row)
        assert remind(store) == Round(queued=0, sent=1, failed=0)
    assert post.letters[0]["Subject"] == "Implementation tracking: test message"


def test_what_somebody_else_took_is_left_alone(
    store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    _hook(store, receiver.url)
    monkeypatch.setattr("db.messages.outbox.take", lambda *_given: None)
    assert remind(store) == Round(queued=1, sent=0, failed=0)


def test_nobody_is_written_to_in_a_spring_festival_that_was_not_announced(store: Store, receiver: Receiver):
    _hook(store, receiver.url)
    reported(store, 1, fairs_held(2))
    for day in (5, 8, 9, 10):
        with at(date(2027, 2, day)):
            assert remind(store).sent == 0, day
    assert receiver.calls == []
    with at(date(2027, 2, 15)):
        assert remind(store).sent == 1


def test_an_estimated_working_day_is_told_in_the_log(store: Store, receiver: Receiver, capsys):
    _hook(store, receiver.url)
    reported(store, 1, fairs_held(2))
    with at(date(2099, 3, 20)):
        assert remind(store).queued == 1
    assert "working_days_estimated" in capsys.readouterr().out


def test_the_loop_goes_on_when_a_round_fails(store: Store, monkeypatch: pytest.MonkeyPatch):
    rounds: list[bool] = []

    def fail(_store: Store, *, digests: bool) -> Round:
        rounds.append(digests)
        raise OperationalError("", {}, OSError("gone"))

    async def end(_seconds: float) -> None:
        if len(rounds) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(reminding, "remind", fail)
    monkeypatch.setattr("asyncio.sleep", end)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(reminding.keep_reminding(store))
    # Digests are looked for at once, and then only every ten minutes.
    assert rounds == [True, False]


def _said(store: Store, *arguments: str) -> str:
    url = store.engine.url.render_as_string(hide_password=False)
    done = CliRunner().invoke(APP, ["remind", "--database-url", url, *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_tells_what_it_would_do_and_does_it(store: Store, receiver: Receiver):
    _hook(store, receiver.url)
    assert json.loads(_said(store, "--dry-run", "--json")) == {"would_queue": ["webhook:1:2026-03-20"]}
    assert "1" in _said(store, "--dry-run")
    with at(FRIDAY, 20):
        assert json.loads(_said(store, "--json")) == {"queued": 0, "sent": 0, "failed": 0, "quiet": True}
        assert "--any-hour" in _said(store)
    done = json.loads(_said(store, "--json"))
    assert done == {"queued": 1, "sent": 1, "failed": 0, "quiet": False}
    assert len(receiver.calls) == 1
