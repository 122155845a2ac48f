"""The sample passes the checks that the product makes of what people write."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from db.plans.drafts import plan_facts, planned_tasks
from db.store import Store
from db.tables import Authority, PlanRevision, ProgressUpdate, Task, WorkPlan
from db.updates.standing import facts_of_update, update_draft
from tests.unit.seed.doubts import doubts_of
from tracking.checks import check_update
from tracking.validation import check_plan, completion_of_draft
from tracking.vocabulary import PlanStatus, UpdateStatus

CHECKED_UNITS = ("330200", "370000")


def plans(session: Session) -> Iterator[tuple[PlanRevision, WorkPlan]]:
    rows = session.exec(
        select(PlanRevision, WorkPlan).join(WorkPlan, col(WorkPlan.id) == PlanRevision.plan_id)
    )
    yield from rows.all()


def test_every_plan_that_left_its_writer_is_complete(sample: Store) -> None:
    with sample.read() as session:
        for revision, plan in plans(session):
            tasks = {task.number: task.draft for task in planned_tasks(session, revision.id)}
            facts = plan_facts(session, plan.notice_id, plan.year)
            assert tasks
            assert check_plan(goals=revision.goals, tasks=tasks, facts=facts) == []


def test_every_update_that_left_its_writer_is_complete_and_reckoned_right(sample: Store) -> None:
    with sample.read() as session:
        rows = session.exec(
            select(ProgressUpdate)
            .join(Task, col(Task.id) == ProgressUpdate.task_id)
            .join(Authority, col(Authority.id) == Task.authority_id)
            .where(col(Authority.code).in_(CHECKED_UNITS))
        ).all()
        assert len(rows) > 150
        for update in rows:
            facts = facts_of_update(session, update)
            draft = update_draft(session, update)
            assert completion_of_draft(draft, facts) == update.completion_permille
            assert check_update(draft, facts) == []


def test_of_honest_updates_hardly_any_has_to_be_explained(sample: Store) -> None:
    doubts = doubts_of(sample)
    assert len(doubts.found) > 3000
    assert 0 < doubts.share <= 0.03  # measured: 0.35 %


def test_what_is_counted_went_through_every_step_in_order(sample: Store) -> None:
    with sample.read() as session:
        accepted = session.exec(
            select(ProgressUpdate).where(ProgressUpdate.status == UpdateStatus.ACCEPTED)
        ).all()
        filed = session.exec(select(PlanRevision).where(PlanRevision.status == PlanStatus.FILED)).all()
    for update in accepted:
        steps = (
            update.written_at,
            update.sign_off_requested_at,
            update.signed_off_at,
            update.submitted_at,
            update.accepted_at,
        )
        assert sorted(step for step in steps if step) == list(steps)
        assert update.signed_off_by_id
    for revision in filed:
        stages = (revision.created_at, revision.signed_off_at, revision.submitted_at, revision.filed_at)
        assert sorted(stage for stage in stages if stage) == list(stages)
