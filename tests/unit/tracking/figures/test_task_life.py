"""The table of a task's life against every history of three periods: it holds each change there is, and no other."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import numpy as np

from tracking.figures.lights import DEFAULT_RULE
from tracking.figures.task_facts import LAST, History, facts_at
from tracking.vocabulary import TaskStatus, UpdateStatus
from tracking.workflow import TASK, allows

DAY = date(2026, 3, 1)
PERIODS = 3
# What stands of a period: nothing, or a report, accepted or not, that asks for completion or does not.
Report = tuple[UpdateStatus, bool] | None
SUBMITTED, ACCEPTED = UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED
REPORTS: tuple[Report, ...] = (None, *product((SUBMITTED, ACCEPTED), (False, True)))
Past = tuple[tuple[Report, ...], bool]
PASTS: list[Past] = list(product(product(REPORTS, repeat=PERIODS), (False, True)))


def _statuses() -> dict[Past, TaskStatus]:
    """Every past → the status of its task, as the summaries derive it."""
    day = DAY.toordinal()
    standing = {"unit_id": 1, "measure_id": 1, "weight_tenths": 10, "starts_on": day, "due_on": day + 9}
    tasks = [{"task_id": key, "suspended": suspended, **standing} for key, (_, suspended) in enumerate(PASTS)]
    updates = [
        {
            "task_id": key,
            "number": number,
            "update_id": 1,
            "period_id": number,
            "completion_permille": 0,
            "completion_requested": report[1],
            "accepted": report[0] is ACCEPTED,
            "reported_on": day,
        }
        for key, (reports, _) in enumerate(PASTS)
        for number, report in enumerate(reports)
        if report
    ]
    history = History(_columns(tasks), _columns(updates), {})
    facts = facts_at(history, number=LAST, as_of_on=DAY, rule=DEFAULT_RULE)
    return dict(zip(PASTS, map(TaskStatus, facts["status"]), strict=True))


def _columns(rows):
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _acts(report: Report) -> Iterator[tuple[str, Report]]:
    """What may become of a period's report."""
    if report is None:
        yield from (("submit", (SUBMITTED, asked)) for asked in (False, True))
    elif report[0] is SUBMITTED:
        yield from (("accept", (ACCEPTED, report[1])), ("return_", None), ("take_back", None))
    else:
        yield "reopen", None


def _steps(past: Past, status: TaskStatus) -> Iterator[tuple[str, Past]]:
    reports, suspended = past
    for place, report in enumerate(reports):
        for verb, new in _acts(report):
            yield verb, ((*reports[:place], new, *reports[place + 1 :]), suspended)
    if suspended:
        yield "resume", (reports, False)
    elif allows(TASK, status, "suspend"):
        yield "suspend", (reports, True)


def test_the_table_holds_every_change_there_can_be_and_no_other():
    statuses = _statuses()
    found = {
        (status, statuses[after], verb)
        for past, status in statuses.items()
        for verb, after in _steps(past, status)
        if statuses[after] is not status
    }
    assert found == set(TASK.changes)


def test_what_is_finished_is_not_suspended_and_only_what_is_suspended_resumes():
    assert {state for state in TaskStatus if allows(TASK, state, "resume")} == {TaskStatus.SUSPENDED}
    assert {state for state in TaskStatus if not allows(TASK, state, "suspend")} == {
        TaskStatus.COMPLETED,
        TaskStatus.SUSPENDED,
    }
