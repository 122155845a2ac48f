"""Work plans on the real store: what each step asks for, refuses, and leaves behind."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from db.authorities.scope import NATION, NOBODY
from db.plans import actions as plans, task_actions
from db.plans.queries import plan_sheet, plans_frame, revisions_frame
from db.store import Conflict, NotFound, Store
from db.tables import AuditEvent, Indicator, KeyArea, Measure, Notice, Notification, PlanRevision, Task
from db.tasks.queries import task_frame
from tests.support.factories import (
    NORTH,
    SOUTH_POST,
    YEAR,
    at,
    draft_plan,
    fair_task,
    filed_plan,
    hand_in,
    people,
    small_country,
    typed_task,
)
from tests.support.trail import last_event
from tracking.messages import Refusal
from tracking.validation import MilestoneDraft
from tracking.vocabulary import PlanStatus, TitleSource


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def _refusal(action, *arguments, **asked) -> Refusal:
    with pytest.raises(Refusal) as refused:
        action(*arguments, **asked)
    return refused.value


def _status(store: Store, revision_id: int) -> PlanStatus:
    with store.read() as session:
        return session.get_one(PlanRevision, revision_id).status


def _actions(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.exec(select(AuditEvent.action).order_by(AuditEvent.number)))


def test_a_year_has_one_plan(store: Store):
    draft_plan(store, people().officer)
    refused = _refusal(
        plans.start_plan, store, by=people().officer, notice_id=1, authority_id=NORTH, year=YEAR
    )
    assert refused.messages[0].key == "plan.exists"


def test_another_authority_cannot_write_the_plan(store: Store):
    revision_id = draft_plan(store, people().officer)
    refused = _refusal(
        task_actions.add_task, store, by=people().southerner, revision_id=revision_id, draft=fair_task()
    )
    assert refused.messages[0].key == "permission.other_authority"


def test_goals_saved_from_a_stale_form_are_a_conflict(store: Store):
    revision_id = draft_plan(store, people().officer)
    with pytest.raises(Conflict):
        plans.save_goals(store, by=people().officer, revision_id=revision_id, row_version=1, goals="别的目标")
    assert plan_sheet(store, NATION, revision_id=revision_id).revision.goals == "年度目标"


def test_the_signatory_gives_a_plan_back_before_and_after_signing(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    plans.request_plan_sign_off(store, by=cast.officer, revision_id=revision_id)
    plans.send_back_plan(store, by=cast.signatory, revision_id=revision_id, reason="再议")
    plans.request_plan_sign_off(store, by=cast.officer, revision_id=revision_id)
    plans.sign_off_plan(store, by=cast.signatory, revision_id=revision_id)
    assert _status(store, revision_id) is PlanStatus.SIGNED_OFF
    plans.send_back_plan(store, by=cast.signatory, revision_id=revision_id, reason="再议")
    assert _status(store, revision_id) is PlanStatus.DRAFT


def test_a_plan_that_is_given_back_says_why_to_its_writer_and_to_the_audit_trail(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    plans.request_plan_sign_off(store, by=cast.officer, revision_id=revision_id)
    with pytest.raises(Refusal) as refused:
        plans.send_back_plan(store, by=cast.signatory, revision_id=revision_id, reason="")
    assert refused.value.fields == ("reason",)
    plans.send_back_plan(store, by=cast.signatory, revision_id=revision_id, reason="目标偏低")
    sheet = plan_sheet(store, NATION, revision_id=revision_id)
    assert sheet.revision.sent_back_because == "目标偏低"
    assert last_event(store).detail["reason"] == "目标偏低"


def test_a_returned_plan_is_revised_into_the_next_revision_and_shows_the_reason(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    hand_in(store, cast, revision_id)
    plans.return_plan(store, by=cast.member, revision_id=revision_id, reason="目标不明确")
    plan_id = plan_sheet(store, NATION, revision_id=revision_id).plan.id
    second = plans.revise_plan(store, by=cast.officer, plan_id=plan_id)
    sheet = plan_sheet(store, NATION, revision_id=second)
    assert (sheet.revision.number, sheet.returned_because, len(sheet.tasks)) == (2, "目标不明确", 1)
    assert sheet.tasks[0].draft == fair_task()
    history = revisions_frame(store, NATION, plan_id)
    assert history["number"].tolist() == [2, 1]
    assert history["review_reason"].tolist()[1] == "目标不明确"


def test_the_officer_and_the_signatory_are_told_of_a_ruling(store: Store):
    filed_plan(store)
    with store.read() as session:
        told = session.exec(select(Notification.officer_id, Notification.message)).all()
    assert sorted(told) == [(1, "notification.plan_filed"), (2, "notification.plan_filed")]


def test_a_filed_plan_is_amended_only_with_a_reason(store: Store):
    (task_id,) = filed_plan(store)
    with store.read() as session:
        plan_id = session.get_one(Task, task_id).plan_id
    refused = _refusal(plans.revise_plan, store, by=people().officer, plan_id=plan_id)
    assert (refused.messages[0].key, refused.fields) == ("review.reason_required", ("reason",))


def test_a_task_left_out_of_an_amendment_is_out_of_force_once_it_is_filed(store: Store):
    cast = people()
    first, _ = filed_plan(store, fair_task(), typed_task(2))
    with store.read() as session:
        plan_id = session.get_one(Task, first).plan_id
    revision_id = plans.revise_plan(store, by=cast.officer, plan_id=plan_id, reason="合并任务")
    second = plan_sheet(store, NATION, revision_id=revision_id).tasks[1]
    task_actions.remove_task(store, by=cast.officer, task_revision_id=second.task_revision_id)
    assert len(task_frame(store, NATION, notice_id=1, year=YEAR)) == 2
    hand_in(store, cast, revision_id)
    plans.file_plan(store, by=cast.member, revision_id=revision_id, grant_reductions=True)
    assert task_frame(store, NATION, notice_id=1, year=YEAR)["task_id"].tolist() == [first]


def test_a_saved_task_keeps_its_parts_and_tells_what_changed(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, typed_task(2))
    (planned,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
    steps = (
        MilestoneDraft(1, "签约", date(YEAR, 5, 1), 400),
        MilestoneDraft(2, "落地", date(YEAR, 11, 1), 600),
    )
    draft = replace(planned.draft, title="新名称", milestones=steps)
    task_actions.save_task(
        store, by=cast.officer, task_revision_id=planned.task_revision_id, row_version=1, draft=draft
    )
    (saved,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
    assert (saved.draft, saved.row_version) == (draft, 2)
    with store.read() as session:
        event = session.exec(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event.detail["changes"] == {"title": ["任务2", "新名称"]}


def test_a_task_saved_from_a_stale_form_is_a_conflict(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, typed_task(2))
    (planned,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
    with pytest.raises(Conflict):
        task_actions.save_task(
            store,
            by=cast.officer,
            task_revision_id=planned.task_revision_id,
            row_version=7,
            draft=planned.draft,
        )


def test_a_task_once_in_force_keeps_its_measure(store: Store):
    cast = people()
    (task_id,) = filed_plan(store, typed_task(2))
    with store.read() as session:
        plan_id = session.get_one(Task, task_id).plan_id
    revision_id = plans.revise_plan(store, by=cast.officer, plan_id=plan_id, reason="调整")
    (planned,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
    refused = _refusal(
        task_actions.save_task,
        store,
        by=cast.officer,
        task_revision_id=planned.task_revision_id,
        row_version=1,
        draft=replace(planned.draft, measure_id=3),
    )
    assert refused.fields == ("measure_id",)


def test_a_task_names_a_post_of_its_own_authority(store: Store):
    revision_id = draft_plan(store, people().officer)
    refused = _refusal(
        task_actions.add_task,
        store,
        by=people().officer,
        revision_id=revision_id,
        draft=fair_task(post_id=SOUTH_POST),
    )
    assert refused.fields == ("post_id",)


def test_a_task_stands_under_a_measure_of_its_own_notice(store: Store):
    with store.write(None) as tx:
        notice = tx.add(Notice(number="other", title="另一通知", issued_by="部"))
        area = tx.add(KeyArea(notice_id=notice.id, number=1, title="重点", title_source=TitleSource.PROJECT))
        other = tx.add(
            Measure(
                notice_id=notice.id,
                key_area_id=area.id,
                number=1,
                title="别的举措",
                short_title="别的",
                title_source=TitleSource.PROJECT,
                area_source=TitleSource.PROJECT,
            )
        )
        tx.add(
            Indicator(
                measure_id=other.id,
                number=1,
                name="数",
                unit="个",
                additive=False,
                source=TitleSource.PROJECT,
            )
        )
        tx.audit("plant", notice)
        measure_id = other.id
    revision_id = draft_plan(store, people().officer)
    refused = _refusal(
        task_actions.add_task,
        store,
        by=people().officer,
        revision_id=revision_id,
        draft=typed_task(measure_id),
    )
    assert refused.messages[0].key == "plan.measure_of_other_notice"


def test_a_submitted_plan_cannot_be_edited(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    hand_in(store, cast, revision_id)
    refused = _refusal(
        task_actions.add_task, store, by=cast.officer, revision_id=revision_id, draft=typed_task(2)
    )
    assert refused.messages[0].key == "workflow.not_allowed"


def test_what_is_refused_leaves_nothing_behind_not_even_an_audit_event(store: Store):
    revision_id = draft_plan(store, people().officer)
    before = _actions(store)
    _refusal(
        task_actions.add_task,
        store,
        by=people().officer,
        revision_id=revision_id,
        draft=fair_task(title=""),
    )
    assert _actions(store) == before
    assert plan_sheet(store, NATION, revision_id=revision_id).tasks == []


def test_the_list_of_plans_shows_each_as_its_newest_revision_stands(store: Store):
    filed_plan(store)
    (plan,) = plans_frame(store, NATION, notice_id=1, year=YEAR).to_dict("records")
    assert (plan["authority_name"], plan["status"], plan["tasks"]) == ("北省", PlanStatus.FILED, 1)
    assert plans_frame(store, NOBODY, notice_id=1, year=YEAR).empty


def test_a_plan_outside_the_scope_is_not_found(store: Store):
    revision_id = draft_plan(store, people().officer)
    for scope, wanted in ((NOBODY, revision_id), (NATION, 999)):
        with pytest.raises(NotFound):
            plan_sheet(store, scope, revision_id=wanted)


def test_only_a_member_files(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    hand_in(store, cast, revision_id)
    for by in (cast.officer, cast.signatory, cast.leader, cast.administrator):
        refused = _refusal(plans.file_plan, store, by=by, revision_id=revision_id)
        assert refused.messages[0].key == "permission.right_missing"
