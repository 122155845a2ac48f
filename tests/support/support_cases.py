"""The cases of support; what they act on is planted by `tests.support.action_cases`."""

from db.support import actions as support
from tests.support.cases import of
from tests.support.factories import FIRST_QUARTER, NORTH
from tracking.permissions import Right
from tracking.support import ContestSubject

_PART = {"task_id": 1, "authority_id": NORTH}

SUPPORT = [
    *of(
        Right.REPORT_PROGRESS,
        (support.add_contribution, {**_PART, "period_id": FIRST_QUARTER, "words": "派人参展"}),
        bound=True,
    ),
    *of(
        Right.MAKE_REQUEST,
        (support.contest_part, {**_PART, "subject": ContestSubject.PART, "reason": "未参加"}),
        (support.answer_contest, {"contest_id": 1, "answer": "已核对"}),
        (support.maintain_contest, {"contest_id": 1}),
        (support.withdraw_contest, {"contest_id": 1}),
        bound=True,
    ),
    *of(
        Right.RULE_REQUEST,
        (support.rule_contest, {"contest_id": 1, "upheld": True, "ruling": "属实"}),
        bound=True,
    ),
]
