"""A returned update on its way to its officer: in the product at once, by mail and to a webhook in one digest."""

import hashlib
import hmac
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from db.periods.queries import begun_period
from db.seed import DEMO_PASSWORD
from db.store import open_store
from db.tables import Account, Notice, Officer, ProgressUpdate, Task
from tests.e2e.visits import sign_in, until, visit
from tests.support.receivers import Call, Post, Receiver, post_office, webhook_receiver
from tests.support.servers import Server, run_command
from tests.support.trail import rows
from tracking.messages import Message
from tracking.vocabulary import UpdateStatus
from tracking.webhooks import SIGNATURE, TIMESTAMP

SECRET = "a-secret-of-enough-length"


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with post_office() as office:
        yield office


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with webhook_receiver() as opened:
        yield opened


@pytest.fixture(scope="module")
def mailing(post: Post, start: Callable[[], Server]) -> Iterator[Server]:
    """A server that writes by the mail server of this test, and looks for what is due every second."""
    given = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(post.port),
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "tracker@office.test",
        "DELIVERY_SECONDS": "1",
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    server = start()
    yield server
    server.stop()  # or it looks for what is due every second while other stories are told
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


def _submitted_of_ningbo(data_dir: Path) -> int:
    """An update of Ningbo's that waits for the working group."""
    store = open_store(data_dir=data_dir)
    with store.read() as session:
        period = begun_period(session, session.exec(select(Notice)).one().id)
        assert period is not None
        unit_id = session.exec(
            select(Officer.authority_id)
            .join(Account, Account.officer_id == Officer.id)
            .where(Account.sign_in_name == "ningbo.officer")
        ).one()
        rows_ = (
            select(ProgressUpdate.id)
            .join(Task, Task.id == ProgressUpdate.task_id)
            .where(Task.authority_id == unit_id, ProgressUpdate.status == UpdateStatus.SUBMITTED)
            .where(ProgressUpdate.period_id == period.id)
        )
        found = session.exec(rows_).first()
    store.engine.dispose()
    assert found is not None
    return found


def _digests(receiver: Receiver) -> list[Call]:
    return [call for call in receiver.calls if not json.loads(call.body)["test"]]


def test_a_return_reaches_its_officer_by_every_way(
    mailing: Server, post: Post, receiver: Receiver, new_context: Callable
):
    store = open_store(data_dir=mailing.data_dir)

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, mailing.url, name, DEMO_PASSWORD)
        return page

    officer, member, administrator = map(tab, ("ningbo.officer", "member", "sysadmin"))

    visit(officer, f"{mailing.url}/inbox")
    officer.get_by_text(zh("inbox.by_email"), exact=True).click()
    address = officer.get_by_label(zh("inbox.email"))
    address.fill("ningbo@office.test")
    address.press("Tab")
    officer.get_by_role("button", name=zh("inbox.save"), exact=True).click()
    expect(officer.get_by_text(zh("inbox.saved"))).to_be_visible()

    visit(administrator, f"{mailing.url}/settings")
    administrator.get_by_text(zh("delivery.add_webhook"), exact=True).click()
    administrator.get_by_label(zh("delivery.name")).fill("督办系统")
    administrator.get_by_label(zh("delivery.address")).fill(f"{receiver.url}/hook")
    administrator.get_by_label(zh("delivery.secret")).fill(SECRET)
    administrator.get_by_role("button", name=zh("delivery.add"), exact=True).click()
    expect(administrator.get_by_text(zh("delivery.added"))).to_be_visible()
    # The running server sends a test within seconds, at any hour.
    administrator.get_by_role("button", name=zh("delivery.try"), exact=True).click()
    until(lambda: any(json.loads(call.body)["test"] for call in receiver.calls), administrator)

    update_id = _submitted_of_ningbo(mailing.data_dir)
    visit(member, f"{mailing.url}/review?update={update_id}")
    reason = member.get_by_label(re.compile(zh("update_act.reason")))
    reason.fill("请补充第三项佐证材料")
    reason.press("Tab")
    member.get_by_role("button", name=zh("update_act.return_"), exact=True).click()
    until(lambda: rows(store, ProgressUpdate, id=update_id)[0].returned_at is not None, member)

    [update] = rows(store, ProgressUpdate, id=update_id)
    [task] = rows(store, Task, id=update.task_id)
    told = zh("notification.update_returned", task=task.number)
    visit(officer, f"{mailing.url}/inbox")
    expect(officer.get_by_text(told).first).to_be_visible()

    run_command(mailing.data_dir, "remind", "--any-hour")
    until(lambda: any(told in letter.get_content() for letter in post.letters), officer)
    letter = next(letter for letter in post.letters if told in letter.get_content())
    assert "ningbo@office.test" in letter["To"]
    assert zh("reminder.returned") in letter.get_content()
    assert "第三项" not in letter.get_content()
    until(lambda: len(_digests(receiver)) > 0, officer)
    [call] = _digests(receiver)
    signed = f"{call.headers[TIMESTAMP]}.".encode() + call.body
    assert (
        call.headers[SIGNATURE] == "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    )
    assert "returned" in {one["kind"] for one in json.loads(call.body)["reminders"]}
    # Once more on the same day tells nobody anything twice.
    run_command(mailing.data_dir, "remind", "--any-hour")
    assert len([letter for letter in post.letters if "ningbo" in letter["To"]]) == 1
    store.engine.dispose()
