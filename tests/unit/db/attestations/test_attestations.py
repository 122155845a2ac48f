"""An attestation against the store: the same until a figure is changed, in force before what is being written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, update

from db.attestations.actions import attest_period, attest_plan
from db.attestations.queries import Verification, pages_frame, verify_page
from db.authorities.scope import NATION, scope_of
from db.plans import actions as plans, task_actions
from db.plans.queries import plan_sheet
from db.requests import actions as requests
from db.store import NotFound, Store
from db.tables import Attestation, IssuedPaper
from db.updates import actions as updates
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    YEAR,
    accepted,
    amended,
    at,
    draft_plan,
    fair_task,
    fairs_held,
    filed_plan,
    hand_in,
    people,
    requested,
    small_country,
    typed_task,
)
from tests.support.trail import last_event, only
from tracking.attestations.comparison import Field
from tracking.messages import Refusal

TODAY, CAST = date(YEAR, 3, 20), people()


@pytest.fixture
def country(store: Store):
    with at(TODAY):
        small_country(store)
        yield store


def verdict(store: Store, code: str, by=CAST.officer) -> Verification:
    return verify_page(store, scope_of(store, by), code=code)


def differing(store: Store, code: str, by=CAST.officer) -> list[tuple]:
    return [
        (one.field, one.paper and one.paper.value, one.now and one.now.value)
        for one in verdict(store, code, by).differences
    ]


def test_a_plan_from_the_draft_to_its_amendment(country: Store):
    """One page through the life of a plan; what is in force stands until something else is."""
    store, cast = country, CAST
    revision_id = draft_plan(store, cast.officer, fair_task())
    with pytest.raises(Refusal, match="送审签"):
        attest_plan(store, by=cast.officer, revision_id=revision_id)
    plans.request_plan_sign_off(store, by=cast.officer, revision_id=revision_id)
    page = attest_plan(store, by=cast.officer, revision_id=revision_id)
    told = {"code": page.code, "paper_sha256": only(store, IssuedPaper).sha256}
    assert (last_event(store).action, last_event(store).detail) == ("make_attestation", told)
    assert attest_plan(store, by=cast.officer, revision_id=revision_id).code == page.code
    assert last_event(store).action == "take_attestation"
    assert attest_plan(store, by=cast.signatory, revision_id=revision_id).code != page.code
    assert verdict(store, page.code).same
    listed = {
        by: pages_frame(store, scope_of(store, by))["code"].tolist() for by in (cast.officer, cast.member)
    }
    assert (page.code in listed[cast.officer], listed[cast.member]) == (True, [])

    # What has not left the authority, others learn nothing of: not even that there is such a page.
    for by in (cast.member, cast.leader, cast.southerner):
        with pytest.raises(NotFound):
            verdict(store, page.code, by)
    (task,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
    changed = {"task_revision_id": task.task_revision_id, "row_version": task.row_version}
    half, whole = fair_task().targets
    dearer = fair_task(targets=(half, replace(whole, value=Decimal(20))))
    task_actions.save_task(store, by=cast.officer, **changed, draft=dearer)
    assert differing(store, page.code) == [(Field.TARGET, "10.00", "20.00")]
    with pytest.raises(Refusal):
        attest_plan(store, by=cast.officer, revision_id=revision_id)

    hand_in(store, cast, revision_id)
    assert not verdict(store, page.code, cast.member).same
    page = attest_plan(store, by=cast.officer, revision_id=revision_id)
    assert verdict(store, page.code, cast.member).same
    plans.return_plan(store, by=cast.member, revision_id=revision_id, reason="目标偏低")
    again = plans.revise_plan(store, by=cast.officer, plan_id=1)
    assert (verdict(store, page.code).number, verdict(store, page.code, cast.member).number) == (2, 1)
    hand_in(store, cast, again)
    plans.file_plan(store, by=cast.member, revision_id=again)
    page = attest_plan(store, by=cast.officer, revision_id=again)
    plans.revise_plan(store, by=cast.officer, plan_id=1, reason="展会改期")
    assert (verdict(store, page.code).number, verdict(store, page.code).same) == (2, True)


def test_an_amendment_in_force_and_an_extension_are_differences(country: Store):
    filed_plan(country, fair_task(), typed_task(2))
    page = attest_plan(country, by=CAST.signatory, revision_id=1)
    later = date(YEAR + 1, 1, 31)
    request_id = requested(country, 1, later)
    assert verdict(country, page.code).same
    requests.grant_request(country, by=CAST.member, request_id=request_id, granted_due_on=later)
    assert differing(country, page.code) == [(Field.EXTENDED_TO, None, later.isoformat())]
    amended(country, 1, typed_task(2, title="改名"), number=2)
    assert (Field.TITLE, "任务2", "改名") in differing(country, page.code, CAST.leader)


def test_a_period_from_the_signature_to_a_changed_figure(country: Store):
    first, second = filed_plan(country, fair_task(), typed_task(2))
    asked = {"authority_id": NORTH, "period_id": FIRST_QUARTER}
    with pytest.raises(Refusal, match="没有填报"):
        attest_period(country, by=CAST.officer, **asked)
    accepted(country, second, fairs_held(0, actuals={}, typed_permille=300))
    update_id = updates.save_progress_update(
        country,
        by=CAST.officer,
        task_id=first,
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(2),
        hand_over=True,
    )
    page = attest_period(country, by=CAST.signatory, **asked)
    with pytest.raises(NotFound):
        verdict(country, page.code, CAST.member)
    updates.sign_off_progress_updates(country, by=CAST.signatory, update_ids=[update_id])
    updates.submit_progress_updates(country, by=CAST.officer, update_ids=[update_id])
    assert verdict(country, page.code, CAST.member).same, "a change of state is no difference"

    # Somebody at the database: the data no longer are what was signed.
    with country.write(None) as tx:
        row = tx.load(updates.ProgressUpdate, update_id)
        row.completion_permille = 210
        tx.audit("plant", row)
    assert differing(country, page.code, CAST.member) == [(Field.COMPLETION, "200", "210")]


def test_a_kept_page_that_was_changed_no_longer_carries_its_code(country: Store):
    filed_plan(country)
    page = attest_plan(country, by=CAST.officer, revision_id=1)
    with country.write(None) as tx:
        tx.session.execute(
            update(Attestation)
            .where(col(Attestation.id) == page.id)
            .values(content=page.content | {"year": 2025})
        )
        tx.audit("plant", page)
    found = verdict(country, page.code)
    assert (found.intact, found.same, found.differences) == (False, False, [])


def test_a_task_not_reported_yet_has_what_was_accepted_before(country: Store):
    (task_id,) = filed_plan(country)
    accepted(country, task_id, fairs_held(2))
    with at(date(YEAR, 5, 4)):
        asked = {"task_id": task_id, "period_id": 2, "row_version": 0, "draft": fairs_held(3)}
        updates.save_progress_update(country, by=CAST.officer, **asked)
        page = attest_period(country, by=CAST.officer, authority_id=NORTH, period_id=2)
        assert [section.status for section in verdict(country, page.code).paper] == ["draft"]
        with pytest.raises(NotFound):
            verdict(country, page.code, CAST.leader)
