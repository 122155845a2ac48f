"""Counties come in through their province: its officers report for those beneath it as for itself, and for nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func

from db.accounts.queries import identity_of
from db.authorities.delegation import with_delegated, writing_scope
from db.authorities.scope import scope_of
from db.authorities.tree import authorities_above
from db.hierarchy import actions as hierarchy
from db.home.reporting_authorities import authorities_without_plan, reporting_authorities
from db.home.waiting import waiting_counts
from db.identity import SignedIn
from db.messages.reminders import reminders_for
from db.officers.queries import task_posts
from db.plans import actions as plans, task_actions
from db.requests import actions as requests
from db.requests.queries import request_of
from db.sql import select
from db.store import Conflict, NotFound, Store
from db.tables import Account, AuditEvent, Authority, AuthorityParent, Notification, Officer, RoleGrant, Task
from db.updates import actions as updates, reviews
from db.updates.queries import report_item, report_items
from db.uploads import actions as uploads, committing
from db.uploads.queries import upload_rows
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    NORTH_POST,
    SOUTH,
    SOUTH_POST,
    TOWN,
    YEAR,
    another_unit,
    at,
    fair_task,
    fairs_held,
    more_time,
    people,
    small_country,
)
from tests.support.ledgers import filled, form_of, place
from tracking.messages import Refusal
from tracking.vocabulary import AuthorityKind, Relation, Role, Verdict

DAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(DAY):
        small_country(store)
        yield


def county(store: Store, parent_id: int) -> int:
    """A county where nobody works for us, under a city or a unit."""
    with store.write(None) as tx:
        below = tx.add(
            Authority(
                code=f"9{parent_id}",
                code_standard="t",
                name="县局",
                short_name="县",
                kind=AuthorityKind.COUNTY,
            )
        )
        row = AuthorityParent(
            authority_id=below.id, parent_id=parent_id, relation=Relation.PART_OF, starts_on=date(2000, 1, 1)
        )
        tx.audit("plant", tx.add(row))
        return below.id


def who(store: Store, number: int) -> SignedIn:
    """One of the cast as a page or a token finds them today."""
    with store.read() as session:
        return identity_of(session, Account(officer_id=number, sign_in_name="x", password_hash="x"))


def plan_of(store: Store, by: SignedIn, authority_id: int, **changed: object) -> int:
    revision_id = plans.start_plan(store, by=by, notice_id=1, authority_id=authority_id, year=YEAR)
    plans.save_goals(store, by=by, revision_id=revision_id, row_version=1, goals="目标")
    task_actions.add_task(store, by=by, revision_id=revision_id, draft=fair_task(**changed))
    return revision_id


def refused(act: Callable[..., object], /, *args: object, **asked: object) -> str:
    with pytest.raises(Refusal) as found:
        act(*args, **asked)
    return found.value.messages[0].key


def test_a_province_plans_and_reports_for_a_county_from_first_to_last(store: Store):
    village = county(store, TOWN)
    officer, signatory, member = who(store, 1), who(store, 2), people().member
    assert officer.beneath == signatory.beneath == {TOWN, village}
    assert who(store, 4).beneath == frozenset()
    revision_id = plan_of(store, officer, village, post_id=NORTH_POST)
    plans.request_plan_sign_off(store, by=officer, revision_id=revision_id)
    plans.sign_off_plan(store, by=signatory, revision_id=revision_id)
    plans.submit_plan(store, by=officer, revision_id=revision_id)
    plans.file_plan(store, by=member, revision_id=revision_id)
    asked = {"task_id": 1, "period_id": FIRST_QUARTER, "row_version": 0}
    update_id = updates.save_progress_update(store, by=officer, **asked, draft=fairs_held(4), hand_over=True)
    scope = scope_of(store, officer)
    assert report_item(store, scope, task_id=1, period_id=FIRST_QUARTER).row_version == 1
    updates.sign_off_progress_updates(store, by=signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=signatory, update_id=update_id)
    reviews.return_progress_update(store, by=member, update_id=update_id, reason="数据不符")
    with store.read() as session:
        task = session.get_one(Task, 1)
        assert (task.authority_id, task.unit_id) == (village, NORTH)
        told = session.scalars(
            select(Notification).where(Notification.message == "notification.update_returned")
        )
        told_ids = [note.officer_id for note in told]
        done = select(AuditEvent).where(AuditEvent.action == "hand_over_progress_update")
        saved = session.scalars(done).one()
    # Nobody of the county can be told, so those are who reported for it; the trail names who did it, and for whom.
    assert told_ids == [1, 2]
    assert (saved.officer_id, saved.authority_id) == (1, village)


def test_for_nobody_elses_county_for_none_it_hosts_and_not_in_a_countys_own_affairs(store: Store):
    village, abroad = county(store, NORTH), county(store, SOUTH)
    officer, signatory = who(store, 1), who(store, 2)
    for authority_id in (SOUTH, abroad):
        assert refused(plan_of, store, officer, authority_id) == "permission.other_authority"
    assert refused(plan_of, store, who(store, 3), village) == "permission.other_authority"
    assert refused(plan_of, store, officer, village, post_id=SOUTH_POST) == "plan.post_of_other_authority"
    # Whoever works at the county itself goes on as before, and asks for more time himself.
    local = replace(officer, authority_id=TOWN, beneath=frozenset())
    task_id = filed_for(store, local, replace(signatory, authority_id=TOWN))
    extend = {"task_id": task_id, "asked": more_time(date(YEAR + 1, 1, 31))}
    assert refused(requests.make_request, store, by=officer, **extend) == "permission.other_authority"
    request_id = requests.make_request(store, by=local, **extend)
    signing = {"by": signatory, "request_id": request_id}
    assert refused(requests.sign_request, store, **signing) == "permission.other_authority"
    with pytest.raises(NotFound):
        request_of(store, scope_of(store, officer), request_id=request_id)


def filed_for(store: Store, officer: SignedIn, signatory: SignedIn) -> int:
    """The plan of an authority with people of its own; gives its task."""
    revision_id = plan_of(store, officer, officer.authority_id or 0, post_id=NORTH_POST)
    plans.request_plan_sign_off(store, by=officer, revision_id=revision_id)
    plans.sign_off_plan(store, by=signatory, revision_id=revision_id)
    plans.submit_plan(store, by=officer, revision_id=revision_id)
    plans.file_plan(store, by=people().member, revision_id=revision_id)
    with store.read() as session:
        return session.scalars(select(func.max(Task.id))).one()


def test_two_who_write_do_not_overwrite_each_other_and_the_reach_ends_with_the_day_of_a_move(store: Store):
    officer, signatory = who(store, 1), who(store, 2)
    local = replace(officer, officer_id=3, authority_id=TOWN, beneath=frozenset())
    task_id = filed_for(store, local, replace(signatory, authority_id=TOWN))
    saved = {"task_id": task_id, "period_id": FIRST_QUARTER, "row_version": 0, "draft": fairs_held(1)}
    updates.save_progress_update(store, by=local, **saved)
    with pytest.raises(Conflict):
        updates.save_progress_update(store, by=officer, **saved)
    east = another_unit(store)
    moved = {"authority_id": TOWN, "parent_id": east, "starts_on": DAY + timedelta(1), "reason": "区划调整"}
    hierarchy.move_authority(store, by=people().administrator, **moved)
    assert who(store, 1).beneath == {TOWN}
    with at(DAY + timedelta(1)):
        assert who(store, 1).beneath == frozenset()
        again = {**saved, "by": who(store, 1), "row_version": 1}
        assert refused(updates.save_progress_update, store, **again) == "permission.other_authority"


def test_a_circle_entered_by_mistake_ends(store: Store):
    with store.write(None) as tx:
        row = AuthorityParent(
            authority_id=NORTH, parent_id=TOWN, relation=Relation.PART_OF, starts_on=date(2000, 1, 1)
        )
        tx.audit("plant", tx.add(row))
    with store.read() as session:
        assert authorities_above(session, TOWN, DAY) == [NORTH]


def test_what_others_see_to_does_not_wait_on_the_desk_above(store: Store):
    village, officer, signatory = county(store, TOWN), who(store, 1), who(store, 2)
    filed_for(store, replace(officer, authority_id=TOWN), replace(signatory, authority_id=TOWN))
    assert with_delegated(store, officer) == officer
    assert waiting_counts(store, by=officer)["report"] == 1
    places = reporting_authorities(store, writing_scope(officer), period_id=FIRST_QUARTER)
    assert places.values.tolist() == [[TOWN, "北省一市", 1, 1]]
    planless = authorities_without_plan(store, writing_scope(officer), notice_id=1, year=YEAR)
    assert planless["authority_id"].tolist() == [NORTH, village]
    posts = task_posts(store, authority_id=TOWN, on=DAY)
    assert posts["post_id"].tolist() == [NORTH_POST]
    with store.write(None) as tx:
        local = tx.add(Officer(authority_id=TOWN, name="市里人"))
        tx.add(RoleGrant(officer_id=local.id, role=Role.REPORTING_OFFICER, granted_at=tx.now))
        tx.audit("plant", local)
        local_id = local.id
    assert with_delegated(store, officer) == officer
    with store.write(None) as tx:
        tx.audit("plant", tx.add(Account(officer_id=local_id, sign_in_name="city", password_hash="x")))
    # The county comes in through the city now, but nobody there signs.
    assert with_delegated(store, officer).beneath == frozenset()
    assert with_delegated(store, signatory).beneath == {TOWN, village}
    assert with_delegated(store, replace(officer, roles=officer.roles | signatory.roles)).beneath == {
        TOWN,
        village,
    }
    assert waiting_counts(store, by=officer)["report"] == 0
    assert reminders_for(store, by=officer) == []


def test_a_ledger_comes_in_for_a_province_and_all_beneath_it(store: Store):
    officer, signatory = who(store, 1), who(store, 2)
    mine = filed_for(store, officer, signatory)
    its = filed_for(store, replace(officer, authority_id=TOWN), signatory)
    # Beneath the south, so that no row of the north's may reach it.
    abroad = county(store, SOUTH)
    both, alone = (
        form_of(store, officer),
        uploads.export_ledger_form(store, by=officer, period_id=1, authority_id=TOWN),
    )
    assert [task.authority for task in alone.tasks] == ["北省一市"]
    assert refused(
        uploads.export_ledger_form, store, by=officer, period_id=1, authority_id=abroad
    ).startswith("perm")
    cells = load_workbook(BytesIO(both)).worksheets[0]
    assert [place(cells, "authority", line).value for line in (0, 1)] == ["北省", "北省一市"]
    sent = filled(
        both, {("actual.1", 0): 3, ("actual.1", 1): 2, ("progress", 0): "省", ("progress", 1): "市"}
    )
    upload_id = uploads.upload_ledger(store, by=officer, name="台账.xlsx", content=sent)
    rows = upload_rows(store, officer, upload_id=upload_id, verdicts=[Verdict.ADDED])
    assert [(row.task_id, row.title) for row in rows] == [(mine, "组织参展"), (its, "北省一市 组织参展")]
    assert committing.commit_upload(store, by=officer, upload_id=upload_id) == 2
    (item,) = report_items(store, scope_of(store, officer), authority_id=TOWN, period_id=FIRST_QUARTER)
    assert item.draft.progress == "市"
    stranger = uploads.upload_ledger(store, by=who(store, 3), name="台账.xlsx", content=sent)
    assert upload_rows(store, who(store, 3), upload_id=stranger, verdicts=[Verdict.ADDED]) == []
