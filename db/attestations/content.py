"""What an attestation covers: a plan revision, or the reports of one period."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

from sqlmodel import Session, col

from db.plans.drafts import PlannedTask, planned_tasks
from db.sql import select
from db.tables import (
    Authority,
    Indicator,
    Measure,
    MeasureAction,
    PlanRevision,
    Post,
    ReportingPeriod,
    Tag,
    Task,
    TaskRequest,
    WorkPlan,
)
from db.updates.queries import ReportItem, items_of
from tracking.attestations.comparison import AttestedLine, Field, Section, plain_sections
from tracking.attestations.lines import Called, planned_lines, reported_lines
from tracking.messages import Message, Refusal
from tracking.permissions import Scope
from tracking.scales import Scale
from tracking.vocabulary import TaskStatus

_OVER = frozenset({TaskStatus.COMPLETED, TaskStatus.SUSPENDED})


def plan_sections(session: Session, revision: PlanRevision) -> list[Section]:
    """The goals of a revision, then each of its tasks by number."""
    tasks = planned_tasks(session, revision.id)
    called, granted = _called(session, (task.draft.post_id for task in tasks)), _granted(session, tasks)
    goals = (AttestedLine(Field.GOALS, revision.goals),)
    whole = Section(None, 0, "", str(revision.status), goals if revision.goals else ())
    return [
        whole,
        *(
            Section(
                task.task_id,
                task.number,
                task.draft.title,
                "",
                planned_lines(task.draft, called, granted.get(task.task_id)),
            )
            for task in tasks
        ),
    ]


def period_sections(
    session: Session, scope: Scope, authority_id: int, period: ReportingPeriod
) -> list[Section]:
    """Every task of an authority due for a period, with its newest update readable in the scope.

    A task without a report has the completion accepted before. `status` is that of the report, else that of a
    task that is over, else empty.
    """
    items = list(chain.from_iterable(items_of(session, scope, period, Task.authority_id == authority_id)))
    called = _called(session, ())
    return [_reported(item, called) for item in items]


def plan_content(session: Session, revision: PlanRevision) -> dict[str, Any]:
    """The full content of the attestation of a revision."""
    plan = session.get_one(WorkPlan, revision.plan_id)
    said = {"year": plan.year, "number": revision.number, "stage": str(revision.status)}
    return _content(session, plan.authority_id, said, plan_sections(session, revision))


def period_content(
    session: Session, scope: Scope, authority_id: int, period: ReportingPeriod
) -> dict[str, Any]:
    """The full content of the attestation of a period. Raises `Refusal` while nothing is reported for it."""
    sections = period_sections(session, scope, authority_id, period)
    if all(section.update_id is None for section in sections):
        raise Refusal(Message("attestation.nothing_reported"))
    said = {"year": period.year, "number": period.number, "cycle": period.cycle}
    return _content(session, authority_id, said, sections)


def _content(
    session: Session, authority_id: int, said: dict[str, Any], sections: Sequence[Section]
) -> dict[str, Any]:
    name = session.get_one(Authority, authority_id).name
    return {"authority": name, **said, "sections": plain_sections(sections)}


def _reported(item: ReportItem, called: Called) -> Section:
    update, planned = item.update, item.planned
    counts = next(iter([update] if update else item.before), None)
    lines = reported_lines(
        planned.draft,
        called,
        item.draft if update else item.last,
        completion_permille=counts.completion_permille if counts else 0,
        suspended=item.task.status is TaskStatus.SUSPENDED,
        reported=update is not None,
    )
    over = str(item.task.status) if item.task.status in _OVER else ""
    stage, key = (str(update.status), update.id) if update else (over, None)
    return Section(item.task.id, planned.number, planned.draft.title, stage, lines, key)


def _granted(session: Session, tasks: Iterable[PlannedTask]) -> dict[int, date]:
    """Task → the latest granted due date, where later than its plan's."""
    due = {task.task_id: task.draft.due_on for task in tasks}
    rows = select(TaskRequest.task_id, TaskRequest.granted_due_on).where(
        col(TaskRequest.task_id).in_(due), col(TaskRequest.granted_due_on).is_not(None)
    )
    found = session.execute(rows.order_by(TaskRequest.granted_due_on)).all()
    return {task_id: day for task_id, day in found if day > due[task_id]}


def _called(session: Session, post_ids: Iterable[int | None]) -> Called:
    """The names of everything a task may refer to, and of these posts."""

    def names(*columns: Any, where: Sequence[Any] = ()) -> dict[int, str]:
        rows = session.execute(select(*columns).where(*where))
        return {key: "　".join(map(str, words)) for key, *words in rows}

    rows = session.execute(select(Indicator.id, Indicator.name, Indicator.unit, Indicator.kind)).all()
    return Called(
        measures=names(Measure.id, Measure.number, Measure.short_title),
        actions=names(MeasureAction.id, MeasureAction.title),
        indicators={row.id: f"{row.name}（{row.unit}）" for row in rows},
        posts=names(Post.id, Post.title, where=[col(Post.id).in_(set(post_ids) - {None})]),
        scales={row.id: Scale(row.unit, row.kind) for row in rows},
        tags=names(Tag.id, Tag.title),
    )
