from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tracking.messages import Refusal
from tracking.requests import LIMIT, Asked, check_asked, check_granted, check_may_ask
from tracking.validation import cleaned
from tracking.vocabulary import RequestKind, TaskStatus

DUE = date(2026, 9, 30)
DAY = timedelta(1)
EXTENSION, SUSPENSION, RESUMPTION = RequestKind
RUNNING = set(TaskStatus) - {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}


@dataclass
class Stub:
    in_force: bool = True
    status: TaskStatus = TaskStatus.IN_PROGRESS
    latest_permille: int = 400
    due_on: date | None = DUE


def keys(problems) -> list[tuple[str, str]]:
    return [(problem.field, problem.message.key) for problem in problems]


def refused(kind: RequestKind, task: Stub, today: date = DUE - DAY, **stands: bool) -> str | None:
    try:
        check_may_ask(kind, task, today, **stands)
    except Refusal as refusal:
        return refusal.messages[0].key
    return None


def test_more_time_may_be_asked_for_until_the_day_before_the_due_date():
    assert refused(EXTENSION, Stub()) is None
    assert {refused(EXTENSION, Stub(), day) for day in (DUE, DUE + DAY)} == {"extension.too_late"}


def test_whether_a_task_stops_or_goes_on_may_be_asked_after_the_due_date_too():
    assert refused(SUSPENSION, Stub(), DUE + DAY) is None
    assert refused(RESUMPTION, Stub(status=TaskStatus.SUSPENDED), DUE + DAY) is None


@pytest.mark.parametrize(
    ("task", "key"),
    [
        (Stub(status=TaskStatus.COMPLETED), "finished"),
        (Stub(latest_permille=1000), "finished"),
        (Stub(status=TaskStatus.SUSPENDED), "suspended"),
    ],
)
def test_only_an_unfinished_task_that_runs_may_have_more_time_or_stop(task, key):
    assert refused(EXTENSION, task) == f"extension.{key}"
    assert refused(SUSPENSION, task) == f"suspension.{key.replace('suspended', 'suspended_already')}"


@pytest.mark.parametrize("status", sorted(TaskStatus))
def test_only_a_suspended_task_may_go_on(status):
    allowed = refused(RESUMPTION, Stub(status=status)) is None
    assert allowed is (status is TaskStatus.SUSPENDED)
    assert (refused(SUSPENSION, Stub(status=status)) is None) is (status in RUNNING)


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("task", [Stub(in_force=False), Stub(due_on=None)])
def test_nothing_is_asked_for_a_task_that_no_filed_plan_names(kind, task):
    assert refused(kind, task) == "request.not_in_force"


def test_one_request_at_a_time_whatever_it_asks():
    assert refused(EXTENSION, Stub(), open_request=True) == "request.open_already"
    assert refused(SUSPENSION, Stub(), open_request=True) == "request.open_already"
    suspended = Stub(status=TaskStatus.SUSPENDED)
    assert refused(RESUMPTION, suspended, open_request=True) == "request.open_already"


def test_an_extension_says_a_later_day_why_and_how_far():
    assert check_asked(Asked(EXTENSION, "改期", DUE + DAY, "已完成四成"), DUE) == []
    everything = [
        ("requested_due_on", "extension.not_later"),
        ("reason", "validation.required"),
        ("progress", "validation.required"),
    ]
    assert keys(check_asked(Asked(EXTENSION, " ", DUE), DUE)) == everything
    assert keys(check_asked(Asked(EXTENSION, " "), DUE)) == everything
    long = Asked(EXTENSION, "因" * (LIMIT + 1), DUE + DAY, "进")
    assert keys(check_asked(long, DUE)) == [("reason", "validation.too_long")]


@pytest.mark.parametrize("kind", [SUSPENSION, RESUMPTION])
def test_the_others_say_why_and_name_no_day(kind):
    assert check_asked(Asked(kind, "境外形势变化"), DUE) == []
    assert keys(check_asked(Asked(kind, "", DUE + DAY), DUE)) == [
        ("requested_due_on", "request.names_no_day"),
        ("reason", "validation.required"),
    ]


@pytest.mark.parametrize(("days", "right"), [(-1, False), (0, False), (1, True), (30, True), (31, False)])
def test_a_ruling_fixes_a_day_after_the_due_date_and_up_to_the_one_asked_for(days, right):
    found = check_granted(DUE + days * DAY, due_on=DUE, requested_due_on=DUE + 30 * DAY)
    assert (found == []) is right
    assert {field for field, _ in keys(found)} <= {"granted_due_on"}


@pytest.mark.parametrize(
    ("day", "right"), [(date(2027, 12, 31), True), (date(2028, 1, 1), False), (date.max, False)]
)
def test_more_time_ends_with_the_next_year_asked_or_granted(day, right):
    asked = keys(check_asked(Asked(EXTENSION, "改期", day, "已完成四成"), DUE))
    granted = keys(check_granted(day, due_on=DUE, requested_due_on=day))
    assert asked == ([] if right else [("requested_due_on", "extension.too_far")])
    assert granted == ([] if right else [("granted_due_on", "extension.too_far")])


def test_only_an_extension_is_granted_with_a_day_and_never_without():
    assert keys(check_granted(None, due_on=DUE, requested_due_on=DUE + DAY)) == [
        ("granted_due_on", "extension.outside_request")
    ]
    assert check_granted(None, due_on=None, requested_due_on=None) == []
    assert keys(check_granted(DUE, due_on=None, requested_due_on=None)) == [
        ("granted_due_on", "request.names_no_day")
    ]


def test_what_is_asked_stays_a_closed_word_when_its_texts_are_cleaned():
    cleaned_request = cleaned(Asked(SUSPENSION, "  境外形势变化 "))
    assert cleaned_request.kind is SUSPENSION
    assert cleaned_request.reason == "境外形势变化"
