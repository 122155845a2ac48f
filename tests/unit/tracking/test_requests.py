from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tracking.messages import Refusal
from tracking.requests import LIMIT, Asked, check_asked, check_granted, check_may_ask
from tracking.vocabulary import TaskStatus

DUE = date(2026, 9, 30)
DAY = timedelta(1)


@dataclass
class Stub:
    in_force: bool = True
    status: TaskStatus = TaskStatus.IN_PROGRESS
    latest_permille: int = 400
    due_on: date | None = DUE


def keys(problems) -> list[tuple[str, str]]:
    return [(problem.field, problem.message.key) for problem in problems]


def test_it_may_be_asked_for_until_the_day_before_the_due_date():
    check_may_ask(Stub(), DUE - DAY)
    for day in (DUE, DUE + DAY):
        with pytest.raises(Refusal, match="2026-09-30"):
            check_may_ask(Stub(), day)


@pytest.mark.parametrize(
    ("task", "key"),
    [
        (Stub(in_force=False), "extension.not_in_force"),
        (Stub(due_on=None), "extension.not_in_force"),
        (Stub(status=TaskStatus.COMPLETED), "extension.finished"),
        (Stub(latest_permille=1000), "extension.finished"),
    ],
)
def test_only_an_unfinished_task_in_force_may_ask(task, key):
    with pytest.raises(Refusal) as refused:
        check_may_ask(task, DUE - DAY)
    assert [message.key for message in refused.value.messages] == [key]


def test_one_request_at_a_time():
    with pytest.raises(Refusal) as refused:
        check_may_ask(Stub(), DUE - DAY, open_request=True)
    assert refused.value.messages[0].key == "extension.open_already"


def test_a_request_says_a_later_day_why_and_how_far():
    assert check_asked(Asked(DUE + DAY, "改期", "已完成四成"), DUE) == []
    assert keys(check_asked(Asked(DUE, " ", ""), DUE)) == [
        ("requested_due_on", "extension.not_later"),
        ("reason", "validation.required"),
        ("progress", "validation.required"),
    ]
    assert keys(check_asked(Asked(DUE + DAY, "因" * (LIMIT + 1), "进"), DUE)) == [
        ("reason", "validation.too_long")
    ]


@pytest.mark.parametrize(("days", "right"), [(-1, False), (0, False), (1, True), (30, True), (31, False)])
def test_a_ruling_fixes_a_day_after_the_due_date_and_up_to_the_one_asked_for(days, right):
    found = check_granted(DUE + days * DAY, due_on=DUE, requested_due_on=DUE + 30 * DAY)
    assert (found == []) is right
    assert {field for field, _ in keys(found)} <= {"granted_due_on"}
