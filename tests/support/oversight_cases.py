"""The cases of urging slips and difficulties; what they act on is planted by `tests.support.action_cases`."""

from datetime import date

from db.difficulties import actions as difficulties
from db.urging import actions as urging, letters as urging_letters
from tests.support.cases import of
from tests.support.factories import YEAR
from tracking.difficulties import DifficultyCause
from tracking.permissions import Right

OVERSIGHT = [
    *of(
        Right.URGE,
        (urging.issue_slips, {"task_ids": [1], "answer_by": date(YEAR, 4, 1), "demand": "请反馈"}),
        bound=False,
    ),
    *of(
        Right.URGE,
        (urging.meet_slips, {"slip_ids": [1]}),
        (urging.withdraw_slip, {"slip_id": 1, "reason": "说明"}),
        bound=True,
    ),
    *of(
        Right.EXPORT_LEDGER,
        (urging_letters.export_slip, {"slip_id": 1}),
        bound=False,
    ),
    *of(
        Right.ACKNOWLEDGE_SLIP,
        (urging.acknowledge_slips, {"slip_ids": [1]}),
        (urging.answer_slip, {"slip_id": 1, "answer": "已办"}),
        bound=True,
    ),
    *of(
        Right.RAISE_DIFFICULTY,
        (difficulties.raise_difficulty, {"update_id": 1, "cause": DifficultyCause.OTHER}),
        (difficulties.classify_difficulty, {"difficulty_id": 1, "cause": DifficultyCause.OTHER}),
        (difficulties.reopen_difficulty, {"difficulty_id": 1, "reason": "说明"}),
        bound=True,
    ),
    *of(
        Right.HANDLE_DIFFICULTY,
        (difficulties.assign_difficulty, {"difficulty_id": 1, "handler_id": 4}),
        (difficulties.answer_difficulty, {"difficulty_id": 1, "answer": "已协调"}),
        (difficulties.close_difficulty, {"difficulty_id": 1, "reason": "说明"}),
        bound=True,
    ),
    *of(
        Right.CONFIRM_ANSWER,
        (difficulties.confirm_difficulty, {"difficulty_id": 1}),
        bound=True,
    ),
]
