"""The life of plans, updates, tasks, periods, requests, slips and difficulties: which verb leads where.

Whether a person may use a verb is `tracking.permissions`. The tables below are the only place that knows
the states' order; `python -m tracking.workflow` prints them as the diagrams of docs/states.md.
"""

import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from tracking.first_case import FirstCase
from tracking.messages import Message, Refusal, text
from tracking.supplied import ENDED, SuppliedStatus
from tracking.support import ContestStatus
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
    """One life cycle as a table: verb → {state it may be used in: state it leads to}.

    `name` words the thing (`workflow.<name>`), `word` its states (`<word>.<state>`).
    """

    name: str
    word: str
    start: State
    moves: Mapping[str, Mapping[State, State]]

    @property
    def changes(self) -> Iterator[tuple[State, State, str]]:
        """Every state before and after with the verb between them."""
        return ((old, new, verb) for verb, steps in self.moves.items() for old, new in steps.items())


@dataclass(frozen=True)
class DerivedLifecycle(Generic[State]):
    """The same for a life cycle derived from other facts, where a verb may lead to one of several states."""

    name: str
    word: str
    start: State
    moves: Mapping[str, Mapping[State, Collection[State]]]

    @property
    def changes(self) -> Iterator[tuple[State, State, str]]:
        """Every state before and after with the verb between them."""
        for verb, steps in self.moves.items():
            yield from ((old, new, verb) for old, states in steps.items() for new in states)


AnyLifecycle = Lifecycle[State] | DerivedLifecycle[State]


WORK_PLAN = Lifecycle(
    name="work_plan",
    word="plan_status",
    start=PlanStatus.DRAFT,
    moves={
        # work with the signatory may be edited; that takes it back
        "edit": {PlanStatus.DRAFT: PlanStatus.DRAFT, PlanStatus.HANDED_OVER: PlanStatus.DRAFT},
        "hand_over": {PlanStatus.DRAFT: PlanStatus.HANDED_OVER},
        "sign_off": {PlanStatus.HANDED_OVER: PlanStatus.SIGNED_OFF},
        "send_back": {PlanStatus.HANDED_OVER: PlanStatus.DRAFT, PlanStatus.SIGNED_OFF: PlanStatus.DRAFT},
        "submit": {PlanStatus.SIGNED_OFF: PlanStatus.SUBMITTED},
        # where an authority above checks first: to it, from it to the next, and from the last to the working group
        "send_up": {PlanStatus.SIGNED_OFF: PlanStatus.CHECKING, PlanStatus.CHECKING: PlanStatus.CHECKING},
        "pass_on": {PlanStatus.CHECKING: PlanStatus.SUBMITTED},
        # whoever it was meant for opens it; until then it is taken back
        "open_first": {
            PlanStatus.HANDED_OVER: PlanStatus.HANDED_OVER,
            PlanStatus.CHECKING: PlanStatus.CHECKING,
            PlanStatus.SUBMITTED: PlanStatus.SUBMITTED,
        },
        "take_back": {
            PlanStatus.HANDED_OVER: PlanStatus.DRAFT,
            PlanStatus.CHECKING: PlanStatus.DRAFT,
            PlanStatus.SUBMITTED: PlanStatus.DRAFT,
        },
        "file": {PlanStatus.SUBMITTED: PlanStatus.FILED},
        "return_": {PlanStatus.CHECKING: PlanStatus.RETURNED, PlanStatus.SUBMITTED: PlanStatus.RETURNED},
        "revise": {PlanStatus.RETURNED: PlanStatus.DRAFT, PlanStatus.FILED: PlanStatus.DRAFT},
    },
)

PROGRESS_UPDATE = Lifecycle(
    name="progress_update",
    word="update_status",
    start=UpdateStatus.DRAFT,
    moves={
        # work with the signatory may be edited; that takes it back
        "edit": {UpdateStatus.DRAFT: UpdateStatus.DRAFT, UpdateStatus.HANDED_OVER: UpdateStatus.DRAFT},
        "hand_over": {UpdateStatus.DRAFT: UpdateStatus.HANDED_OVER},
        "sign_off": {UpdateStatus.HANDED_OVER: UpdateStatus.SIGNED_OFF},
        "send_back": {
            UpdateStatus.HANDED_OVER: UpdateStatus.DRAFT,
            UpdateStatus.SIGNED_OFF: UpdateStatus.DRAFT,
        },
        "submit": {UpdateStatus.SIGNED_OFF: UpdateStatus.SUBMITTED},
        # as of a plan
        "send_up": {
            UpdateStatus.SIGNED_OFF: UpdateStatus.CHECKING,
            UpdateStatus.CHECKING: UpdateStatus.CHECKING,
        },
        "pass_on": {UpdateStatus.CHECKING: UpdateStatus.SUBMITTED},
        # whoever it was meant for opens it; until then it is taken back
        "open_first": {
            UpdateStatus.HANDED_OVER: UpdateStatus.HANDED_OVER,
            UpdateStatus.CHECKING: UpdateStatus.CHECKING,
            UpdateStatus.SUBMITTED: UpdateStatus.SUBMITTED,
        },
        "take_back": {
            UpdateStatus.HANDED_OVER: UpdateStatus.DRAFT,
            UpdateStatus.CHECKING: UpdateStatus.DRAFT,
            UpdateStatus.SUBMITTED: UpdateStatus.DRAFT,
        },
        "accept": {UpdateStatus.SUBMITTED: UpdateStatus.ACCEPTED},
        "return_": {
            UpdateStatus.CHECKING: UpdateStatus.RETURNED,
            UpdateStatus.SUBMITTED: UpdateStatus.RETURNED,
        },
        "reopen": {UpdateStatus.ACCEPTED: UpdateStatus.RETURNED},
        "correct": {UpdateStatus.ACCEPTED: UpdateStatus.RETURNED},
        "revise": {UpdateStatus.RETURNED: UpdateStatus.DRAFT},
    },
)


@dataclass(frozen=True, slots=True)
class TaskHistory:
    """What determines the status of a task: the last ruling on the task itself, and its current reports.

    `accepted` is whether any report was accepted. For the last accepted report and the last reported one,
    what counts is whether it requests completion. Values of one task, or columns of many.
    """

    suspended: Any
    completion_accepted: Any
    completion_asked: Any
    accepted: Any


TASK_STATUS: FirstCase[TaskStatus, TaskHistory] = FirstCase(
    (
        (TaskStatus.SUSPENDED, lambda task: task.suspended),
        (TaskStatus.COMPLETED, lambda task: task.completion_accepted),
        (TaskStatus.COMPLETION_REQUESTED, lambda task: task.completion_asked),
        (TaskStatus.IN_PROGRESS, lambda task: task.accepted),
    ),
    otherwise=TaskStatus.NOT_STARTED,
)
_BEGUN = (TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS)
_ASKED, _COMPLETED = TaskStatus.COMPLETION_REQUESTED, TaskStatus.COMPLETED

# Two periods may be open at once, so a report may be ruled on after a later one was submitted; the later decides.
TASK = DerivedLifecycle(
    name="task",
    word="task_status",
    start=TASK_STATUS.otherwise,
    moves={
        "submit": {**dict.fromkeys(_BEGUN, (_ASKED,)), _ASKED: _BEGUN},
        "accept": {
            TaskStatus.NOT_STARTED: (TaskStatus.IN_PROGRESS, _COMPLETED),
            TaskStatus.IN_PROGRESS: (_COMPLETED,),
            _ASKED: (_COMPLETED,),
            _COMPLETED: (TaskStatus.IN_PROGRESS, _ASKED),
        },
        "return_": {**dict.fromkeys(_BEGUN, (_ASKED,)), _ASKED: _BEGUN},
        "take_back": {**dict.fromkeys(_BEGUN, (_ASKED,)), _ASKED: _BEGUN},
        "reopen": {
            TaskStatus.IN_PROGRESS: (TaskStatus.NOT_STARTED, _ASKED, _COMPLETED),
            _ASKED: (_COMPLETED,),
            _COMPLETED: (*_BEGUN, _ASKED),
        },
        "suspend": dict.fromkeys((*_BEGUN, _ASKED), (TaskStatus.SUSPENDED,)),
        "resume": {TaskStatus.SUSPENDED: (*_BEGUN, _ASKED, _COMPLETED)},
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

# A request is short: once written it waits for the signatory, whose signature sends it to the working group
# in one step. One that is sent back is over; the next starts from its text.
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
        "send_back": {CorrectionStatus.DRAFT: CorrectionStatus.WITHDRAWN},
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

# Whoever leads the task answers first; where it does not, the working group may rule all the same.
CONTEST = Lifecycle(
    name="contest",
    word="contest_status",
    start=ContestStatus.RAISED,
    moves={
        "answer": {ContestStatus.RAISED: ContestStatus.ANSWERED},
        "maintain": {ContestStatus.ANSWERED: ContestStatus.MAINTAINED},
        "withdraw": dict.fromkeys(
            (ContestStatus.RAISED, ContestStatus.ANSWERED, ContestStatus.MAINTAINED), ContestStatus.WITHDRAWN
        ),
        "uphold": dict.fromkeys((ContestStatus.RAISED, ContestStatus.MAINTAINED), ContestStatus.UPHELD),
        "dismiss": dict.fromkeys((ContestStatus.RAISED, ContestStatus.MAINTAINED), ContestStatus.DISMISSED),
    },
)

_STANDING = tuple(one for one in SuppliedStatus if one not in ENDED)
SUPPLIED = Lifecycle(
    name="supplied",
    word="supplied_status",
    start=SuppliedStatus.SUPPLIED,
    moves={
        "agree": {SuppliedStatus.SUPPLIED: SuppliedStatus.AGREED},
        "contest": {SuppliedStatus.SUPPLIED: SuppliedStatus.CONTESTED},
        "keep": {SuppliedStatus.CONTESTED: SuppliedStatus.KEPT},
        "replace": dict.fromkeys(_STANDING, SuppliedStatus.REPLACED),
        "withdraw": dict.fromkeys(_STANDING, SuppliedStatus.WITHDRAWN),
    },
)

LIFECYCLES: tuple[AnyLifecycle[Any], ...] = (
    WORK_PLAN,
    PROGRESS_UPDATE,
    TASK,
    REPORTING_PERIOD,
    REQUEST,
    URGING_SLIP,
    DIFFICULTY,
    CORRECTION,
    BRIEFING,
    CONTEST,
    SUPPLIED,
)


def allows(lifecycle: AnyLifecycle[State], state: State, verb: str) -> bool:
    """Whether the verb may be used in this state. Raises `KeyError` for a verb the table lacks."""
    return state in lifecycle.moves[verb]


def check(lifecycle: AnyLifecycle[State], state: State, verb: str) -> None:
    """Raise `Refusal` if the table has no such move, `KeyError` for a verb it lacks."""
    if not allows(lifecycle, state, verb):
        raise Refusal(
            Message(
                "workflow.not_allowed",
                thing=Message(f"workflow.{lifecycle.name}"),
                state=Message(f"{lifecycle.word}.{state}"),
                verb=Message(f"verb.{verb}"),
            )
        )


def step(lifecycle: Lifecycle[State], state: State, verb: str) -> State:
    """The state that the verb leads to.

    A move within one state (`edit`) is allowed like any other; `revise` gives the state of the new row, while
    the old row keeps its own. Raises as `check` does.
    """
    check(lifecycle, state, verb)
    return lifecycle.moves[verb][state]


def mermaid(lifecycle: AnyLifecycle[Any], language: Language = Language.ZH_CN) -> str:
    """The table as a Mermaid state diagram, with states and verbs in the given language."""
    states = [
        f"    {state}: {text(f'{lifecycle.word}.{state}', language)}" for state in type(lifecycle.start)
    ]
    arrows: dict[str, list[str]] = {}
    for old, new, verb in lifecycle.changes:
        if old != new:
            arrows.setdefault(f"    {old} --> {new}", []).append(text(f"verb.{verb}", language))
    moves = [f"{arrow}: {' / '.join(verbs)}" for arrow, verbs in arrows.items()]
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
