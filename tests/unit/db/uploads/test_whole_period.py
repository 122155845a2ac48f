"""A whole period in one ledger: what is left as it was handed out goes up as unchanged, and nothing goes unnoticed."""

from datetime import date

import pytest
from sqlmodel import select

from db.store import Store
from db.tables import ProgressUpdate, TaskRevision, Upload, UploadFinding, UploadRow
from db.updates import taking_back
from db.updates.actions import save_progress_update
from db.uploads import committing, missing
from db.uploads.actions import export_ledger_form, upload_ledger
from db.uploads.queries import (
    calling_rows,
    rows_by_verdict,
    to_take_back,
    upload_findings,
    upload_of,
    upload_rows,
)
from tests.conftest import beginning
from tests.support.factories import (
    NORTH,
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
from tests.support.ledgers import edited, filled, form_of, made, place
from tests.support.templates import empty_store
from tests.support.trail import last_event, refusal_of, rows
from tracking.ledgers.results import notes_of, text_in
from tracking.validation import MilestoneDraft, UpdateDraft
from tracking.vocabulary import Grade, Language, UpdateStatus, Verdict

CAST = people()
SECOND = 2
SPRING = (
    MilestoneDraft(1, "签约", date(YEAR, 4, 30), 400),
    MilestoneDraft(2, "开工", date(YEAR, 12, 31), 600),
)


def four_tasks(store: Store) -> None:
    """Two tasks accepted in the first quarter, of which one is behind by now; two were never reported."""
    empty_store(store)
    with at(date(YEAR, 3, 20)):
        small_country(store)
        made = filed_plan(
            store,
            typed_task(1),
            typed_task(2, milestones=SPRING),
            typed_task(3),
            fair_task(title="又组织参展"),
        )
        accepted(store, made[0], UpdateDraft(typed_permille=600, progress="六成"))
        accepted(store, made[1], UpdateDraft(progress="在谈"))


store = beginning(four_tasks)


@pytest.fixture(autouse=True)
def tasks():
    with at(date(YEAR, 5, 10)):
        yield [1, 2, 3, 4]


def sent(store: Store, content: bytes, by=CAST.officer) -> Upload:
    upload_id = upload_ledger(store, by=by, name="台账.xlsx", content=content)
    return upload_of(store, by, upload_id=upload_id)


def form(store: Store) -> bytes:
    return form_of(store, CAST.officer, SECOND)


def commit(store: Store, upload: Upload, **asked) -> int:
    return committing.commit_upload(store, by=CAST.officer, upload_id=upload.id, **asked)


def found_in(store: Store, upload: Upload) -> list[UploadFinding]:
    return upload_findings(store, CAST.officer, upload_id=upload.id)


def words(finding: UploadFinding) -> str:
    return text_in(finding.message, Language.ZH_CN)


def of_second(store: Store) -> dict[int, ProgressUpdate]:
    return {one.task_id: one for one in rows(store, ProgressUpdate) if one.period_id == SECOND}


def test_a_row_left_as_it_was_may_go_up_as_unchanged_if_it_was_reported_before(store: Store, tasks):
    upload = sent(store, form(store))
    assert (upload.counts["no_change"], upload.counts["unchanged"]) == (2, 2)
    kept = upload_rows(store, CAST.officer, upload_id=upload.id, verdicts=[Verdict.NO_CHANGE])
    assert [(row.task_id, row.calls) for row in kept] == [(tasks[0], ""), (tasks[1], "red")]
    assert [row.task_id for row in calling_rows(store, CAST.officer, upload_id=upload.id)] == [tasks[1]]
    assert rows_by_verdict(store, CAST.officer, upload_id=upload.id) == {Verdict.NO_CHANGE: 2}
    assert refusal_of(commit, store, upload).messages[0].key == "upload.nothing"
    assert of_second(store) == {}


def test_what_calls_for_a_sentence_stays_open_without_one(store: Store, tasks):
    upload = sent(store, form(store))
    assert commit(store, upload, no_change=True, sentence="—") == 1
    (update,) = of_second(store).values()
    assert (update.task_id, update.status, update.no_change) == (tasks[0], UpdateStatus.HANDED_OVER, True)
    assert (update.progress, update.explanation) == ("六成", "")
    assert last_event(store).detail["tasks"] == 1


def test_with_a_sentence_all_of_them_go_up_beside_what_was_filled_in(store: Store, tasks):
    upload = sent(store, filled(form(store), {("percent", 2): 0.3, ("progress", 2): "三成"}))
    assert commit(store, upload, no_change=True, sentence="按计划推进。") == 3
    found = of_second(store)
    assert [found[key].explanation for key in tasks[:3]] == ["", "按计划推进。", ""]
    assert [found[key].status for key in tasks[:3]] == ["handed_over", "handed_over", "draft"]


def test_a_sentence_in_the_ledger_is_taken_for_its_row(store: Store, tasks):
    upload = sent(store, filled(form(store), {("explanation", 1): "对方推迟签约"}))
    assert upload.counts["added"] == 1
    assert commit(store, upload, no_change=True, hand_over=True) == 2
    update = of_second(store)[tasks[1]]
    assert (update.no_change, update.explanation, update.status) == (True, "对方推迟签约", "handed_over")


def test_what_somebody_has_begun_or_reported_does_not_go_up_as_unchanged(store: Store, tasks):
    draft = UpdateDraft(typed_permille=600, progress="六成")
    save_progress_update(
        store, by=CAST.officer, task_id=tasks[0], period_id=SECOND, row_version=0, draft=draft
    )
    reported(
        store, tasks[1], UpdateDraft(milestones_reached=frozenset({1}), progress="已签约"), period_id=SECOND
    )
    assert "no_change" not in sent(store, form(store)).counts


def test_a_task_unchanged_too_often_calls_for_a_sentence_and_more_than_that_is_asked_by_hand(
    store: Store, tasks, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tracking.checks.figures.NO_CHANGE_LIMIT", 0)
    with at(date(YEAR, 3, 20)):
        accepted(store, tasks[3], fairs_held(2))
    upload = sent(store, form(store))
    kept = {row.task_id: row.calls for row in rows(store, UploadRow)}
    assert kept[tasks[3]] in {"again", "red", "amber"}
    monkeypatch.setattr("tracking.ledgers.untouched.check_update", lambda *_: ["something"])
    assert "no_change" not in sent(store, form(store)).counts
    assert commit(store, upload, no_change=True, sentence="说明") >= 2


def test_edits_of_locked_cells_are_named_and_not_taken(store: Store, tasks):
    def edit(sheet) -> None:
        place(sheet, "title", 0).value = "改了名称"
        place(sheet, "due_on", 0).value = date(YEAR + 1, 1, 1)
        place(sheet, "title", 1).value = place(sheet, "title", 1).value + "（改）"
        place(sheet, "percent", 2).value = 0.3
        place(sheet, "measure", 2).value = None

    upload = sent(store, edited(form(store), edit))
    found = [one for one in found_in(store, upload) if one.grade is Grade.D]
    assert [one.cell[-1] for one in found] == ["5", "5", "6", "7"]
    assert {one.value for one in found} >= {"改了名称", ""}
    assert all("系统中的" in words(one) for one in found)
    assert upload.counts["no_change"] == 2


def test_what_the_plan_has_changed_since_is_nobodys_edit(store: Store, tasks):
    content = form(store)
    with store.upkeep() as session:
        for revision in session.scalars(select(TaskRevision)):
            revision.title += "（修订）"
    assert found_in(store, sent(store, content)) == []
    touched = edited(content, lambda sheet: setattr(place(sheet, "title", 0), "value", "另一个"))
    (finding,) = found_in(store, sent(store, touched))
    assert "（修订）" in words(finding)


def test_deleted_rows_are_named(store: Store, tasks, monkeypatch: pytest.MonkeyPatch):
    content = edited(form(store), lambda sheet: sheet.delete_rows(6, 2))
    found = found_in(store, sent(store, content))
    assert [(one.grade, one.cell, one.file) for one in found] == [(Grade.C, "", None)] * 2
    assert [one.value.split(" ", 1)[1][:2] for one in found] == ["2 ", "3 "]
    assert upload_rows(store, CAST.officer, upload_id=1, verdicts=[Verdict.NO_CHANGE], file=1) == []
    monkeypatch.setattr(missing, "MOST", 1)
    assert [words(one)[:6] for one in found_in(store, sent(store, content))] == [
        "表中没有这项",
        "另有 1 项",
    ]


def test_a_form_of_somebody_elses_authority_misses_nothing_here(store: Store, tasks):
    given = export_ledger_form(store, by=CAST.officer, period_id=SECOND, authority_id=NORTH)
    content = made(given.tasks, period_id=SECOND, scope=given.scope)
    content = edited(content, lambda sheet: sheet.delete_rows(6, 2))
    assert len([one for one in found_in(store, sent(store, content)) if not one.cell]) == 2
    upload_id = upload_ledger(store, by=CAST.southerner, name="a.xlsx", content=content)
    found = upload_findings(store, CAST.southerner, upload_id=upload_id)
    assert all(one.cell for one in found)


def test_what_has_no_cell_is_not_marked_in_the_workbook(store: Store, tasks):
    content = edited(form(store), lambda sheet: sheet.delete_rows(6, 2))
    found = found_in(store, sent(store, content))
    assert (len(found), notes_of(found, Language.ZH_CN)) == (2, {})


def test_what_an_upload_handed_over_is_taken_back_until_it_is_opened(
    store: Store, tasks, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(taking_back, "PIECE", 1)
    upload = sent(store, form(store))
    asked = {"upload_id": upload.id}
    assert to_take_back(store, CAST.officer, **asked) == []
    commit(store, upload, no_change=True, sentence="按计划推进。")
    found = to_take_back(store, CAST.officer, **asked)
    assert len(found) == 2
    assert to_take_back(store, CAST.southerner, **asked) == []
    taking_back.open_update(store, by=CAST.signatory, update_id=found[1])
    refused = refusal_of(taking_back.take_back_updates, store, by=CAST.officer, update_ids=found)
    assert refused.messages[0].key == "workflow.opened_already"
    assert [of_second(store)[key].status for key in tasks[:2]] == ["draft", "handed_over"]
    assert to_take_back(store, CAST.officer, **asked) == []


def test_of_many_taken_back_at_once_those_opened_stay(store: Store, tasks):
    upload = sent(store, form(store))
    commit(store, upload, no_change=True, sentence="按计划推进。")
    found = to_take_back(store, CAST.officer, upload_id=upload.id)
    taking_back.open_update(store, by=CAST.signatory, update_id=found[0])
    taking_back.take_back_updates(store, by=CAST.officer, update_ids=found)
    assert [of_second(store)[key].status for key in tasks[:2]] == ["handed_over", "draft"]
