"""The life of plans, updates, tasks, periods, requests, slips and difficulties: which verb leads where.

Whether a person may use a verb is `tracking.permissions`. The tables below are the only place that knows
the states' order; `python -m tracking.workflow` prints them as the diagrams of docs/states.md.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from tracking.messages import Message, Refusal, text
from tracking.vocabulary import (
    BriefingStatus,
    CorrectionStatus,
    DifficultyStatus,
    Language,
    PeriodStatus,
    PlanStatus,
    RequestStatus,
    SlipStatus,
    TaskStatus,
    UpdateStatus,
)

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Lifecycle(Generic[State]):
    """The table of one life: verb → {state it may be used in: state it leads to}.

    `name` words the thing (`workflow.<name>`), `word` its states (`<word>.<state>`).
    """

    name: str
    word: str
    start: State
    moves: Mapping[str, Mapping[State, State]]


WORK_PLAN = Lifecycle(
    name="work_plan",
    word="plan_status",
    start=PlanStatus.DRAFT,
    moves={
        # what lies with the signatory may be changed; it comes back by that
        "edit": {PlanStatus.DRAFT: PlanStatus.DRAFT, PlanStatus.HANDED_OVER: PlanStatus.DRAFT},
        "hand_over": {PlanStatus.DRAFT: PlanStatus.HANDED_OVER},
        "sign_off": {PlanStatus.HANDED_OVER: PlanStatus.SIGNED_OFF},
        "send_back": {PlanStatus.HANDED_OVER: PlanStatus.DRAFT, PlanStatus.SIGNED_OFF: PlanStatus.DRAFT},
        "submit": {PlanStatus.SIGNED_OFF: PlanStatus.SUBMITTED},
        "file": {PlanStatus.SUBMITTED: PlanStatus.FILED},
        "return_": {PlanStatus.SUBMITTED: PlanStatus.RETURNED},
        "revise": {PlanStatus.RETURNED: PlanStatus.DRAFT, PlanStatus.FILED: PlanStatus.DRAFT},
    },
)

PROGRESS_UPDATE = Lifecycle(
    name="progress_update",
    word="update_status",
    start=UpdateStatus.DRAFT,
    moves={
        # what lies with the signatory may be changed; it comes back by that
        "edit": {UpdateStatus.DRAFT: UpdateStatus.DRAFT, UpdateStatus.HANDED_OVER: UpdateStatus.DRAFT},
        "hand_over": {UpdateStatus.DRAFT: UpdateStatus.HANDED_OVER},
        "sign_off": {UpdateStatus.HANDED_OVER: UpdateStatus.SIGNED_OFF},
        "send_back": {
            UpdateStatus.HANDED_OVER: UpdateStatus.DRAFT,
            UpdateStatus.SIGNED_OFF: UpdateStatus.DRAFT,
        },
        "submit": {UpdateStatus.SIGNED_OFF: UpdateStatus.SUBMITTED},
        "accept": {UpdateStatus.SUBMITTED: UpdateStatus.ACCEPTED},
        "return_": {UpdateStatus.SUBMITTED: UpdateStatus.RETURNED},
        "reopen": {UpdateStatus.ACCEPTED: UpdateStatus.RETURNED},
        "correct": {UpdateStatus.ACCEPTED: UpdateStatus.RETURNED},
        "revise": {UpdateStatus.RETURNED: UpdateStatus.DRAFT},
    },
)

TASK = Lifecycle(
    name="task",
    word="task_status",
    start=TaskStatus.NOT_STARTED,
    moves={
        "start": {TaskStatus.NOT_STARTED: TaskStatus.IN_PROGRESS},
        "request_completion": {TaskStatus.IN_PROGRESS: TaskStatus.COMPLETION_REQUESTED},
        "complete": {TaskStatus.COMPLETION_REQUESTED: TaskStatus.COMPLETED},
        "refuse_completion": {TaskStatus.COMPLETION_REQUESTED: TaskStatus.IN_PROGRESS},
        "reopen": {TaskStatus.COMPLETED: TaskStatus.IN_PROGRESS},
        "suspend": {
            TaskStatus.NOT_STARTED: TaskStatus.SUSPENDED,
            TaskStatus.IN_PROGRESS: TaskStatus.SUSPENDED,
            TaskStatus.COMPLETION_REQUESTED: TaskStatus.SUSPENDED,
        },
        "resume": {TaskStatus.SUSPENDED: TaskStatus.IN_PROGRESS},
    },
)

REPORTING_PERIOD = Lifecycle(
    name="reporting_period",
    word="period_status",
    start=PeriodStatus.UPCOMING,
    moves={
        "edit": {PeriodStatus.UPCOMING: PeriodStatus.UPCOMING},
        "extend": {PeriodStatus.OPEN: PeriodStatus.OPEN},
        "open": {PeriodStatus.UPCOMING: PeriodStatus.OPEN},
        "close": {PeriodStatus.OPEN: PeriodStatus.CLOSED},
        "reopen": {PeriodStatus.CLOSED: PeriodStatus.OPEN},
        "freeze": {PeriodStatus.CLOSED: PeriodStatus.FROZEN},
    },
)

# A request is short: what is written waits for the signatory at once, and the signature sends it to the working
# group in one step. One that is sent back is over; the next begins with its words.
REQUEST = Lifecycle(
    name="request",
    word="request_status",
    start=RequestStatus.DRAFT,
    moves={
        "sign_off": {RequestStatus.DRAFT: RequestStatus.REQUESTED},
        "send_back": {RequestStatus.DRAFT: RequestStatus.WITHDRAWN},
        "withdraw": {
            RequestStatus.DRAFT: RequestStatus.WITHDRAWN,
            RequestStatus.REQUESTED: RequestStatus.WITHDRAWN,
        },
        "grant": {RequestStatus.REQUESTED: RequestStatus.GRANTED},
        "refuse": {RequestStatus.REQUESTED: RequestStatus.REFUSED},
    },
)

URGING_SLIP = Lifecycle(
    name="urging_slip",
    word="slip_status",
    start=SlipStatus.ISSUED,
    moves={
        "acknowledge": {SlipStatus.ISSUED: SlipStatus.ACKNOWLEDGED},
        "answer": {SlipStatus.ACKNOWLEDGED: SlipStatus.ANSWERED},
        "meet": {
            SlipStatus.ISSUED: SlipStatus.MET,
            SlipStatus.ACKNOWLEDGED: SlipStatus.MET,
            SlipStatus.ANSWERED: SlipStatus.MET,
        },
        "withdraw": {
            SlipStatus.ISSUED: SlipStatus.WITHDRAWN,
            SlipStatus.ACKNOWLEDGED: SlipStatus.WITHDRAWN,
            SlipStatus.ANSWERED: SlipStatus.WITHDRAWN,
        },
        "escalate": {
            SlipStatus.ISSUED: SlipStatus.ESCALATED,
            SlipStatus.ACKNOWLEDGED: SlipStatus.ESCALATED,
            SlipStatus.ANSWERED: SlipStatus.ESCALATED,
        },
    },
)

DIFFICULTY = Lifecycle(
    name="difficulty",
    word="difficulty_status",
    start=DifficultyStatus.RAISED,
    moves={
        "assign": {
            DifficultyStatus.RAISED: DifficultyStatus.ASSIGNED,
            DifficultyStatus.ASSIGNED: DifficultyStatus.ASSIGNED,
        },
        "answer": {DifficultyStatus.ASSIGNED: DifficultyStatus.ANSWERED},
        "confirm": {DifficultyStatus.ANSWERED: DifficultyStatus.CLOSED},
        "settle": {
            DifficultyStatus.RAISED: DifficultyStatus.CLOSED,
            DifficultyStatus.ASSIGNED: DifficultyStatus.CLOSED,
            DifficultyStatus.ANSWERED: DifficultyStatus.CLOSED,
        },
        "reopen": {
            DifficultyStatus.ANSWERED: DifficultyStatus.RAISED,
            DifficultyStatus.CLOSED: DifficultyStatus.RAISED,
        },
    },
)

CORRECTION = Lifecycle(
    name="correction",
    word="correction_status",
    start=CorrectionStatus.DRAFT,
    moves={
        "sign_off": {CorrectionStatus.DRAFT: CorrectionStatus.REQUESTED},
        "withdraw": {
            CorrectionStatus.DRAFT: CorrectionStatus.WITHDRAWN,
            CorrectionStatus.REQUESTED: CorrectionStatus.WITHDRAWN,
        },
        "approve": {CorrectionStatus.REQUESTED: CorrectionStatus.APPROVED},
        "refuse": {CorrectionStatus.REQUESTED: CorrectionStatus.REFUSED},
    },
)

BRIEFING = Lifecycle(
    name="briefing",
    word="briefing_status",
    start=BriefingStatus.DRAFT,
    moves={
        "edit": {BriefingStatus.DRAFT: BriefingStatus.DRAFT},
        "issue": {BriefingStatus.DRAFT: BriefingStatus.ISSUED},
    },
)

LIFECYCLES: tuple[Lifecycle[Any], ...] = (
    WORK_PLAN,
    PROGRESS_UPDATE,
    TASK,
    REPORTING_PERIOD,
    REQUEST,
    URGING_SLIP,
    DIFFICULTY,
    CORRECTION,
    BRIEFING,
)


def allows(lifecycle: Lifecycle[State], state: State, verb: str) -> bool:
    """Whether the verb may be used in this state. Raises `KeyError` for a verb the table lacks."""
    return state in lifecycle.moves[verb]


def step(lifecycle: Lifecycle[State], state: State, verb: str) -> State:
    """The state that the verb leads to.

    A move within one state (`edit`) is allowed like any other; `revise` gives the state of the new row,
    the old row keeps its own. Raises `Refusal` where the table has no such move, `KeyError` for a verb it
    lacks.
    """
    if not allows(lifecycle, state, verb):
        raise Refusal(
            Message(
                "workflow.not_allowed",
                thing=Message(f"workflow.{lifecycle.name}"),
                state=Message(f"{lifecycle.word}.{state}"),
                verb=Message(f"verb.{verb}"),
            )
        )
    return lifecycle.moves[verb][state]


def mermaid(lifecycle: Lifecycle[State], language: Language = Language.ZH_CN) -> str:
    """The table as a Mermaid state diagram, states and verbs in the words of the language."""
    states = [
        f"    {state}: {text(f'{lifecycle.word}.{state}', language)}" for state in type(lifecycle.start)
    ]
    moves = [
        f"    {old} --> {new}: {text(f'verb.{verb}', language)}"
        for verb, steps in lifecycle.moves.items()
        for old, new in steps.items()
        if old != new
    ]
    return "\n".join(["stateDiagram-v2", *states, f"    [*] --> {lifecycle.start}", *moves])


def document() -> str:
    """The text of docs/states.md."""
    sections = [
        f"## {text(f'workflow.{lifecycle.name}', Language.ZH_CN)}\n\n```mermaid\n{mermaid(lifecycle)}\n```\n"
        for lifecycle in LIFECYCLES
    ]
    return "\n".join(["# " + text("workflow.document", Language.ZH_CN), "", *sections])


if __name__ == "__main__":
    sys.stdout.write(document())
