"""What a ledger or the report page asks of many tasks is read by sets, and says what each task alone would say."""

from datetime import date

import pytest

from db import batches
from db.authorities.scope import NATION
from db.store import NotFound, Store
from db.updates import actions as updates, reviews
from db.updates.queries import report_item, report_items
from db.uploads.tasks import ledger_tasks_of
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
    typed_task,
)
from tests.support.statements import counted
from tracking.permissions import Scope
from tracking.validation import UpdateDraft

ASKED = {"authority_id": NORTH, "period_id": SECOND_QUARTER}
AS_LEDGER = {"authority_ids": [NORTH], "period_id": SECOND_QUARTER}


def _four_tasks(store: Store) -> list[int]:
    """One never reported, one accepted once and drafted anew, one returned, one reported unchanged."""
    keys = filed_plan(store, typed_task(1), fair_task(), typed_task(2), typed_task(3))
    accepted(store, keys[1], fairs_held(3, difficulties="缺展位"))
    accepted(store, keys[3], UpdateDraft(typed_permille=300, progress="三成"))
    with at(date(YEAR, 5, 1)):
        save = {"by": people().officer, "period_id": SECOND_QUARTER, "row_version": 0}
        updates.save_progress_update(store, task_id=keys[1], draft=fairs_held(5), **save)
        update_id = reported(store, keys[2], UpdateDraft(typed_permille=100, progress="起步"), SECOND_QUARTER)
        reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="请核对")
        updates.report_no_change(store, task_id=keys[3], **save)
    return keys


def test_many_tasks_are_read_as_each_alone_by_as_many_statements_as_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        keys = _four_tasks(store)
    items = report_items(store, NATION, **ASKED)
    assert [item.task.id for item in items] == keys
    alone = [report_item(store, NATION, task_id=key, period_id=SECOND_QUARTER) for key in keys]
    assert items == alone
    assert [item.returned_because for item in items] == ["", "", "请核对", ""]
    assert [item.row_version for item in items] == [0, 1, 0, 1]
    assert [item.facts.no_change_streak for item in items] == [0, 0, 0, 0]
    assert [item.last.difficulties for item in items] == ["", "缺展位", "", ""]
    assert [item.author for item in items][:2] == ["", "officer"]
    above = Scope(frozenset({NORTH}), frozenset())
    assert [item.update is None for item in report_items(store, above, **ASKED)] == [True, True, False, True]

    with counted(store) as one:
        report_item(store, NATION, task_id=keys[1], period_id=SECOND_QUARTER)
    with counted(store) as four:
        tasks = ledger_tasks_of(store, NATION, **AS_LEDGER)
    assert len(four) <= len(one) + 2 < 28
    monkeypatch.setattr(batches, "BATCH", 3)
    assert ledger_tasks_of(store, NATION, **AS_LEDGER) == tasks
    assert len(ledger_tasks_of(store, NATION, authority_ids=[NORTH], period_id=FIRST_QUARTER)) == 4
    with pytest.raises(NotFound):
        ledger_tasks_of(store, Scope(frozenset()), **AS_LEDGER)
