"""A ledger of any layout is kept until its columns are understood, then judged and committed like the form."""

from datetime import date, timedelta

import pytest

from db.authorities.scope import NATION
from db.sql import select
from db.store import Store
from db.tables import AuditEvent, LedgerLayout, ProgressUpdate
from db.uploads import actions as uploads, committing, legacy_ledgers
from db.uploads.layouts import proposed_layouts, remembered_layouts
from db.uploads.queries import upload_findings, upload_of, upload_rows
from db.uploads.tasks import ledger_tasks_of
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    YEAR,
    at,
    fair_task,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.ledgers import filled, form_of
from tests.support.legacy_ledgers import grid, parted
from tests.support.trail import everything, only, refusal_of, rows
from tracking.documents.legacy_words import Meaning
from tracking.vocabulary import UpdateStatus, Verdict

DAY = date(YEAR, 3, 20)
CAST = people()
HEADERS = ["序号", "任务", "怎么样了", "完成率"]
LINES = ([2, "", "过半", "62.5%"], [7, "没有的任务", "某事", None])


@pytest.fixture(autouse=True)
def tasks(store: Store):
    with at(DAY):
        small_country(store)
        yield filed_plan(store, fair_task(), typed_task(2), typed_task(3))


def given(store: Store, content: bytes) -> int:
    return uploads.upload_ledger(
        store, by=CAST.officer, name="自用.xlsx", content=content, period_id=FIRST_QUARTER
    )


def proposed(store: Store, upload_id: int):
    upload = upload_of(store, CAST.officer, upload_id=upload_id)
    tasks = ledger_tasks_of(store, NATION, authority_ids=[NORTH], period_id=FIRST_QUARTER)
    return proposed_layouts(store, CAST.officer, upload.heads, tasks, FIRST_QUARTER)


def preview(store: Store, upload_id: int, layouts) -> None:
    legacy_ledgers.preview_legacy_ledger(store, by=CAST.officer, upload_id=upload_id, layouts=layouts)


def test_a_ledger_of_ones_own_is_kept_corrected_judged_and_committed_and_its_layout_remembered(store: Store):
    upload_id = given(store, grid(HEADERS, *LINES))
    upload = upload_of(store, CAST.officer, upload_id=upload_id)
    assert (upload.counts, upload.period_id, upload.heads[0]["rows"][0]) == ({}, FIRST_QUARTER, HEADERS)
    assert refusal_of(committing.commit_upload, store, by=CAST.officer, upload_id=upload_id)
    (layout,) = proposed(store, upload_id).layouts
    assert not remembered_layouts(store, CAST.officer)
    corrected = layout.with_meanings({3: Meaning.PROGRESS})
    preview(store, upload_id, [corrected])
    upload = upload_of(store, CAST.officer, upload_id=upload_id)
    assert upload.counts == {"added": 1, "changed": 0, "conflict": 0, "refused": 1, "unchanged": 0}
    findings = upload_findings(store, CAST.officer, upload_id=upload_id)
    assert [(found.grade, found.sheet, found.cell, found.value) for found in findings] == [
        ("a", "Sheet", "B3", "没有的任务"),
        ("d", "Sheet", "A2", "2"),
        ("d", "Sheet", "D2", "62.5%"),
    ]
    assert committing.commit_upload(store, by=CAST.officer, upload_id=upload_id) == 1
    draft = only(store, ProgressUpdate)
    assert (draft.progress, draft.completion_permille, draft.status) == ("过半", 625, UpdateStatus.DRAFT)
    assert refusal_of(preview, store, upload_id, [corrected]).messages[0].key == "upload.committed_already"
    again = given(store, grid(HEADERS, *LINES))
    offered = proposed(store, again)
    assert [column.why for column in offered.layouts[0].columns] == ["remembered"] * 4
    preview(store, again, offered.layouts)
    assert upload_of(store, CAST.officer, upload_id=again).counts["unchanged"] == 1
    actions = [event.action for event in rows(store, AuditEvent)][-6:]
    assert actions.count("remember_ledger_layout") == 1


def test_a_cell_that_is_asked_about_is_kept_though_its_row_changes_nothing(store: Store):
    upload_id = given(store, grid(["序号", "进展", "完成率"], [2, None, "过半"], [3, "四成", "40%左右"]))
    preview(store, upload_id, proposed(store, upload_id).layouts)
    counts = upload_of(store, CAST.officer, upload_id=upload_id).counts
    assert (counts["unchanged"], counts["added"], counts["refused"]) == (1, 1, 0)
    found = upload_findings(store, CAST.officer, upload_id=upload_id)
    assert [(one.cell, one.value) for one in found if one.grade == "c"] == [("C2", "过半"), ("C3", "40%左右")]


def test_nothing_is_handed_over_while_cells_are_asked_about(store: Store):
    upload_id = given(store, grid(["序号", "进展", "完成率"], [2, "四成", "40%左右"]))
    preview(store, upload_id, proposed(store, upload_id).layouts)

    def commit(**how) -> int:
        return committing.commit_upload(store, by=CAST.officer, upload_id=upload_id, **how)

    (message,) = refusal_of(commit, hand_over=True).messages
    assert (message.key, message.values["count"] > 0) == ("upload.asked", True)
    assert rows(store, ProgressUpdate) == []
    assert commit() == 1
    assert only(store, ProgressUpdate).progress == "四成"


def test_the_layout_is_proposed_for_the_period_of_the_upload(store: Store):
    upload_id = given(store, grid(["序号", "一季度进展", "二季度进展", "展会（场）"], [2, "甲", "乙", 3]))
    (layout,) = proposed(store, upload_id).layouts
    assert [column.meaning for column in layout.columns[1:3]] == [Meaning.PROGRESS, Meaning.IGNORED]


def test_a_layout_remembered_before_columns_were_bound_is_guessed_anew(store: Store):
    upload_id = given(store, grid(["序号", "任务", "计划完成数", "进展"], [2, "", 9, "过半"]))
    (layout,) = proposed(store, upload_id).layouts
    preview(store, upload_id, [layout.with_meanings({3: Meaning.ACTUAL})])
    assert proposed(store, upload_id).layouts[0].columns[2].meaning is Meaning.ACTUAL
    with store.write(None) as tx:
        kept = tx.session.execute(select(LedgerLayout)).scalar_one()
        (before,) = kept.layouts
        kept.layouts = [before | {"columns": [column[:5] for column in before["columns"]]}]
        tx.audit("plant", kept)
    assert proposed(store, upload_id).layouts[0].columns[2].meaning is Meaning.PLAN


def test_columns_may_be_told_anew_until_the_commit_and_sheets_are_named(store: Store):
    upload_id = given(store, parted([("甲", [("办展会", "办了")]), ("乙", [("任务二", "做了")])]))
    offered = proposed(store, upload_id)
    assert offered.likely == ["甲", "乙"]
    layouts = [layout for layout in offered.layouts if layout.sheet in offered.likely]
    preview(store, upload_id, [layouts[0].with_meanings({3: Meaning.DIFFICULTIES, 4: Meaning.IGNORED})])
    before = upload_rows(store, CAST.officer, upload_id=upload_id, verdicts=list(Verdict))
    preview(store, upload_id, layouts)
    after = upload_rows(store, CAST.officer, upload_id=upload_id, verdicts=list(Verdict))
    assert ([row.sheet for row in before], [row.sheet for row in after]) == (["甲"], ["甲", "乙"])


def test_a_workbook_in_which_nothing_is_said_and_unclear_layouts_change_nothing(store: Store):
    upload_id = given(store, grid(["序号", "任务", "进展"], [1, "办展会", None]))
    (layout,) = proposed(store, upload_id).layouts
    before = everything(store)
    assert refusal_of(preview, store, upload_id, [layout]).messages[0].key == "legacy.no_rows"
    nameless = layout.with_meanings({1: Meaning.IGNORED, 2: Meaning.IGNORED})
    assert refusal_of(preview, store, upload_id, [nameless]).messages[0].key == "legacy.no_naming_column"
    assert everything(store) == before


def test_the_form_needs_no_layout_and_somebody_elses_upload_takes_none(store: Store):
    form = filled(form_of(store, CAST.officer), {("progress", 0): "离线"})
    upload_id = given(store, form)
    upload = upload_of(store, CAST.officer, upload_id=upload_id)
    assert (upload.heads, upload.counts["added"]) == (None, 1)
    own = given(store, grid(HEADERS, *LINES))
    (layout,) = proposed(store, own).layouts
    layout = layout.with_meanings({3: Meaning.PROGRESS})
    assert refusal_of(preview, store, upload_id, [layout]).messages[0].key == "store.not_found"
    refused = refusal_of(
        legacy_ledgers.preview_legacy_ledger, store, by=CAST.southerner, upload_id=own, layouts=[layout]
    )
    assert refused.messages[0].key == "store.not_found"
    with at(DAY + timedelta(60)):
        assert refusal_of(given, store, grid(HEADERS, *LINES))
