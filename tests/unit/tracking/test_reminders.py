"""Whom what is told, from which day on, in which words, and when it is tried again."""

from datetime import date, timedelta

import pytest

from tracking.backoff import ATTEMPTS, wait_after
from tracking.digests import Digest, body, subject
from tracking.email_addresses import checked_email
from tracking.messages import Message, Refusal
from tracking.reminders import (
    PAGES,
    Reminder,
    ReminderKind,
    ReminderRule,
    chosen,
    closing_span,
    due_soon_span,
    kinds_for,
    stale_before,
)
from tracking.vocabulary import Language, Role

TODAY = date(2026, 11, 23)
RULE = ReminderRule(due_soon_days=14, closing_days=7, stale_days=100)


def test_each_kind_begins_on_its_day():
    assert due_soon_span(TODAY, RULE) == (TODAY, date(2026, 12, 7))
    assert closing_span(TODAY, RULE) == (TODAY, date(2026, 11, 30))
    assert stale_before(TODAY, RULE) == date(2026, 8, 15)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.REPORTING_OFFICER, ["returned", "report_due", "overdue", "due_soon", "stale", "news"]),
        (Role.SIGNATORY, ["overdue", "to_sign", "to_check", "news"]),
        (Role.MEMBER, ["overdue", "stale", "to_review", "news"]),
        (Role.LEADERSHIP, ["news"]),
        (Role.SYSTEM_ADMINISTRATOR, ["news"]),
    ],
)
def test_everybody_is_reminded_of_what_they_can_do_something_about(role: Role, kinds: list[str]):
    assert [str(kind) for kind in kinds_for(frozenset({role}))] == kinds


def test_every_kind_leads_to_a_page():
    assert set(PAGES) == set(ReminderKind)


def test_what_is_switched_off_or_nothing_is_left_out_and_the_pressing_comes_first():
    due, back, none = (
        Reminder(ReminderKind.DUE_SOON, 2),
        Reminder(ReminderKind.RETURNED, 1),
        Reminder(ReminderKind.OVERDUE, 0),
    )
    assert chosen([due, none, back], frozenset()) == [back, due]
    assert chosen([due, none, back], frozenset({"returned"})) == [due]


def test_a_digest_tells_kinds_counts_days_and_news():
    digest = Digest(
        TODAY,
        [Reminder(ReminderKind.RETURNED, 2, date(2026, 11, 20)), Reminder(ReminderKind.TO_SIGN, 1)],
        [Message("notification.plan_filed", year=2026)],
        estimated=True,
    )
    assert subject(digest, Language.ZH_CN) == "专项行动实施情况提醒（2026-11-23）：3 件"
    words = body(digest, Language.EN, site_url="https://office.test/", greeting="Zhang,")
    assert words.splitlines()[:3] == [
        "Zhang,",
        "- Returned and unanswered: 2 (oldest 2026-11-20) https://office.test/report",
        "- Waiting for signature: 1 https://office.test/sign_off",
    ]
    assert "2026" in words.splitlines()[5]
    assert "estimated" in words


def test_a_digest_of_news_alone_counts_them_and_an_empty_one_says_so():
    digest = Digest(TODAY, news=[Message("notification.plan_filed", year=2026)])
    assert subject(digest, Language.EN).endswith("1 new messages")
    assert "https" not in body(digest, Language.EN)
    assert not digest.is_empty
    assert Digest(TODAY).is_empty
    assert body(Digest(TODAY, [Reminder(ReminderKind.TO_SIGN, 1)]), Language.EN).count("\n") == 2


def test_what_fails_is_tried_again_ever_later_and_then_no_more():
    waits = [wait_after(attempts) for attempts in (1, 2, 3, 8, 9, ATTEMPTS)]
    minutes, hours = (lambda n: timedelta(minutes=n)), (lambda n: timedelta(hours=n))
    assert waits == [minutes(2), minutes(4), minutes(8), hours(4), hours(4), None]


@pytest.mark.parametrize("typed", ["", "zhang", "zhang@", "@a.b", "a@b", "a b@c.d", "a@b.c\nBcc: d@e.f"])
def test_what_is_no_address_is_refused(typed: str):
    with pytest.raises(Refusal):
        checked_email(typed)


def test_an_address_is_taken_without_its_surroundings():
    assert checked_email(" zhang.san@office.gov.test ") == "zhang.san@office.gov.test"
    with pytest.raises(Refusal):
        checked_email("a" * 60 + "@" + "b" * 60 + ".test")
