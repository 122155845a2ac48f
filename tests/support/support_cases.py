"""The cases of support and of supplied figures; what they act on is planted by `tests.support.action_cases`."""

from decimal import Decimal
from typing import Any

from db.store import Transaction
from db.supplied import actions as supplied
from db.support import actions as support
from db.tables import SuppliedFigure
from tests.support.cases import of
from tests.support.factories import FIRST_QUARTER, NORTH
from tracking.permissions import Right
from tracking.supplied import FigureRuling
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
        (supplied.agree_to_figure, {"figure_id": 1}),
        (supplied.contest_figure, {"figure_id": 1, "reason": "不符"}),
        bound=True,
    ),
    *of(
        Right.RULE_REQUEST,
        (support.rule_contest, {"contest_id": 1, "upheld": True, "ruling": "属实"}),
        (supplied.rule_figure, {"figure_id": 1, "decision": FigureRuling.WITHDRAW, "ruling": "属实"}),
        bound=True,
    ),
    *of(
        Right.REVIEW,
        (
            supplied.supply_figure,
            {
                "indicator_id": 2,
                "authority_id": NORTH,
                "period_id": FIRST_QUARTER,
                "value": "5",
                "source": "统计",
            },
        ),
        bound=True,
    ),
]


def plant_figure(tx: Transaction) -> None:
    """A figure supplied for the north, which has said nothing about it."""
    place: dict[str, Any] = {"indicator_id": 1, "authority_id": NORTH, "period_id": FIRST_QUARTER}
    tx.add(SuppliedFigure(**place, value=Decimal(5), source="统计", supplied_at=tx.now))
