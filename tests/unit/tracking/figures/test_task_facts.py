"""The evaluation of history, against the rules for single tasks."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given, strategies as st

from tracking.figures.cells import LIGHTS, STATUSES, those, word_codes
from tracking.figures.expected import expected_line, interim_points
from tracking.figures.lights import DEFAULT_RULE, light_of, turning_days
from tracking.figures.task_facts import History, facts_at, lights_on
from tracking.vocabulary import TaskStatus

START, DUE = date(2026, 1, 1), date(2026, 4, 11)  # 100 days: 10 permille a day
NAMES = ["completion_permille", "expected_permille", "status", "light", "reported", "accepted", "update_id"]


def task(task_id, *, starts_on=START, due_on=DUE, suspended=False):
    return {
        "task_id": task_id,
        "unit_id": 1,
        "measure_id": 2,
        "revision_id": task_id,
        "weight_tenths": 10,
        "starts_on": starts_on.toordinal(),
        "due_on": due_on.toordinal(),
        "baseline_due_on": due_on.toordinal(),
        "suspended": suspended,
    }


def update(task_id, number, completion, *, requested=False, accepted=True):
    return {
        "task_id": task_id,
        "number": number,
        "update_id": task_id * 10 + number,
        "period_id": 70 + number,
        "completion_permille": completion,
        "completion_requested": requested,
        "accepted": accepted,
        "reported_on": (START + timedelta(number)).toordinal(),
    }


def columns(*rows):
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


LATER = START + timedelta(200)
LINE = expected_line(
    START, DUE, interim_points(START, DUE, [(7, DUE, Decimal(10)), (7, START + timedelta(50), Decimal(2))])
)
HISTORY = History(
    tasks=columns(
        task(1),
        task(2),
        task(3),
        task(4),
        task(5, suspended=True),
        task(6, starts_on=LATER, due_on=LATER + timedelta(100)),
        task(7),
    ),
    updates=columns(
        update(1, 1, 200),
        update(1, 2, 450),
        update(1, 3, 999),
        update(2, 1, 300),
        update(2, 2, 350, accepted=False),
        update(3, 2, 1000, requested=True),
        update(4, 2, 1250, requested=True, accepted=False),
        update(5, 2, 100),
    ),
    lines={7: LINE},
)


def rows_at(day, number=2):
    facts = facts_at(HISTORY, number=number, as_of_on=START + timedelta(day), rule=DEFAULT_RULE)
    return {row.task_id: tuple(getattr(row, name) for name in NAMES) for row in facts.itertuples()}


def test_a_period_knows_what_was_accepted_up_to_it_and_what_was_reported_in_it():
    assert rows_at(50) == {
        1: (450, 500, "in_progress", "green", True, True, 12),
        2: (300, 500, "in_progress", "amber", True, False, 21),  # the newer update is not accepted yet
        3: (1000, 500, "completed", "blue", True, True, 32),
        4: (0, 500, "completion_requested", "red", True, False, 0),
        5: (100, 500, "suspended", "suspended", True, True, 52),
        6: (0, 0, "not_started", "grey", False, False, 0),
        7: (0, 200, "not_started", "amber", False, False, 0),  # through its interim target
    }


def test_an_earlier_period_knows_nothing_of_later_ones():
    rows = rows_at(20, number=1)
    assert rows[1] == (200, 200, "in_progress", "green", True, True, 11)
    assert rows[3][:4] == (0, 200, "not_started", "amber")


def test_a_history_without_interim_targets_or_updates_is_evaluated_too():
    none = those(HISTORY.updates, HISTORY.updates["task_id"] == 0)
    bare = History(tasks=columns(task(1)), updates=none, lines={})
    facts = facts_at(bare, number=1, as_of_on=DUE + timedelta(1), rule=DEFAULT_RULE)
    assert facts["light"].tolist() == ["red"]
    assert facts["last_reported_on"].tolist() == [0]


facts_of_tasks = st.tuples(
    st.sampled_from(TaskStatus), st.integers(-60, 20), st.integers(0, 90), st.integers(0, 1100)
)


@given(st.lists(facts_of_tasks, min_size=1, max_size=20))
def test_the_lights_of_many_are_those_of_each(rows):
    today = date(2026, 6, 30)
    tasks = [
        (status, today + timedelta(start), today + timedelta(start + span), done)
        for status, start, span, done in rows
    ]
    lines = [expected_line(starts_on, due_on) for _, starts_on, due_on, _ in tasks]
    facts = {
        "status": word_codes([status for status, *_ in tasks], STATUSES),
        "starts_on": np.array([starts_on.toordinal() for _, starts_on, _, _ in tasks]),
        "due_on": np.array([due_on.toordinal() for _, _, due_on, _ in tasks]),
        "completion_permille": np.array([done for *_, done in tasks]),
        "expected_permille": np.array([line.at(today) for line in lines]),
    }
    turns = [
        turning_days(line, done, due_on) for line, (_, _, due_on, done) in zip(lines, tasks, strict=True)
    ]
    one_by_one = [
        light_of(
            status=status,
            today=today,
            starts_on=starts_on,
            amber_on=turn.amber_on,
            red_on=turn.red_on,
            completion_permille=done,
        )
        for (status, starts_on, _, done), turn in zip(tasks, turns, strict=True)
    ]
    assert [LIGHTS[code] for code in lights_on(facts, today, DEFAULT_RULE)] == one_by_one
