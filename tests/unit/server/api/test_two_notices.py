"""A store with two notices answers other systems for the one they name, and queues for all."""

from decimal import Decimal

import pytest

from db.store import Store
from db.updates import actions as updates
from tests.support.factories import people
from tests.support.second_notice import NUMBER, Second, plan_under, second_notice
from tests.unit.server.api.conftest import Program
from tracking.validation import UpdateDraft

OF_A_NOTICE = ("/measures", "/indicators", "/plans", "/tasks", "/ledger", "/periods")


@pytest.fixture
def second(store: Store) -> Second:
    """The second notice, with a plan of the north filed under it."""
    found = second_notice(store, people().administrator)
    plan_under(store, found, {name: getattr(people(), name) for name in ("officer", "signatory", "member")})
    return found


def test_the_notices_are_listed_newest_first(second: Second, member: Program):
    assert [row["number"] for row in member.rows("/notices")] == [NUMBER, "191"]


def test_a_list_is_of_the_notice_that_is_named_and_no_other(second: Second, member: Program):
    for path in OF_A_NOTICE:
        whole = [member.rows(path, notice_id=one) for one in (1, second.notice_id)]
        assert len(whole[1]) == 1, path
        assert whole[0]
        assert whole[1][0] not in whole[0]
    cells = member.rows("/figures/cells", notice_id=second.notice_id)
    assert {row["measure_id"] for row in cells} == {second.measure_id}
    overview = member.get("/figures/overview", params={"notice_id": second.notice_id}).json()
    assert overview["period_id"] == second.period_id


def test_what_waits_is_that_of_all_notices_and_says_of_which(store: Store, second: Second, member: Program):
    cast, said = people(), {second.indicator_id: Decimal(1)}
    (task,) = member.rows("/tasks", notice_id=second.notice_id)
    asked = {"task_id": task["task_id"], "period_id": second.period_id, "row_version": 0, "hand_over": True}
    draft = UpdateDraft(actuals=said, progress="已办", explanation="如实")
    update_id = updates.save_progress_update(store, by=cast.officer, draft=draft, **asked)
    before = member.rows("/updates")
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=cast.officer, update_id=update_id)
    (waiting,) = [row for row in member.rows("/updates") if row not in before]
    assert waiting["notice_id"] == second.notice_id
    assert member.rows("/updates", notice_id=second.notice_id) == [waiting]
    assert waiting not in member.rows("/updates", notice_id=1)
