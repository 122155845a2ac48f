"""A ledger that was filled in offline: previewed, kept for its uploader, committed as a whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.authorities.scope import NATION
from db.identity import SignedIn
from db.store import Conflict, Store
from db.tables import IndicatorActual, ProgressUpdate, Upload, UploadFinding, UploadRow
from db.turns import OF_ONE, TURNS, WAITING_OF_ONE, Turn
from db.updates import actions as updates
from db.updates.queries import report_items
from db.uploads import actions as uploads, committing, retention
from db.uploads.queries import (
    findings_by_grade,
    latest_upload,
    tasks_in_conflict,
    upload_findings,
    upload_of,
    upload_rows,
)
from db.uploads.tasks import ledger_tasks_of
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
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
    suspended,
    typed_task,
)
from tests.support.ledgers import edited, filled, form_of, place
from tests.support.statements import counted
from tests.support.trail import everything, last_event, only, refusal_of, rows
from tracking.ledgers.results import text_in
from tracking.steps import Step
from tracking.validation import MilestoneDraft, TargetDraft, UpdateDraft
from tracking.vocabulary import Grade, Language, UpdateStatus, Verdict

DAY = date(YEAR, 3, 20)
HALVES = (
    MilestoneDraft(1, "签约", date(YEAR, 6, 30), 400),
    MilestoneDraft(2, "开工", date(YEAR, 12, 31), 600),
)
CAST = people()


@pytest.fixture(autouse=True)
def tasks(store: Store):
    with at(DAY):
        small_country(store)
        thousands = (TargetDraft(FAIRS, date(YEAR, 12, 31), Decimal(5000)),)
        yield filed_plan(store, fair_task(targets=thousands), typed_task(2, milestones=HALVES), typed_task(3))


def given(store: Store, values: dict) -> Upload:
    """The upload of the form filled in so."""
    content = filled(form_of(store, CAST.officer), values)
    return sent(store, content)


def sent(store: Store, content: bytes, by=CAST.officer, name: str = "台 账.xlsx") -> Upload:
    upload_id = uploads.upload_ledger(store, by=by, name=name, content=content)
    return upload_of(store, by, upload_id=upload_id)


def found_in(store: Store, upload: Upload, by=CAST.officer) -> list[UploadFinding]:
    return upload_findings(store, by, upload_id=upload.id)


def commit(store: Store, upload: Upload, **asked) -> int:
    return committing.commit_upload(store, by=CAST.officer, upload_id=upload.id, **asked)


ALL = {
    ("actual.1", 0): "１，０００",
    ("progress", 0): "办了三场",
    ("milestone.1", 1): "是",
    ("progress", 1): "已签约",
    ("percent", 2): "62.5%",
    ("progress", 2): "过半",
}


def test_every_kind_of_task_goes_out_and_comes_back_as_a_draft(store: Store, tasks):
    upload = given(store, ALL)
    assert upload.counts == {"added": 3, "changed": 0, "conflict": 0, "refused": 0, "unchanged": 0}
    assert last_event(store).action == "upload_ledger"
    assert rows(store, ProgressUpdate) == []
    assert commit(store, upload) == 3
    drafts = rows(store, ProgressUpdate)
    assert [draft.completion_permille for draft in drafts] == [200, 400, 625]
    assert [draft.progress for draft in drafts] == ["办了三场", "已签约", "过半"]
    assert {draft.status for draft in drafts} == {UpdateStatus.DRAFT}
    assert only(store, IndicatorActual).value == Decimal(1000)
    event = last_event(store)
    assert (event.action, event.detail["tasks"], event.subject_id) == ("commit_upload", 3, upload.id)
    again = given(store, {})
    assert again.counts["unchanged"] == 3


def test_complete_drafts_can_be_handed_over_in_the_same_step(store: Store):
    commit(store, given(store, ALL), hand_over=True)
    assert {draft.status for draft in rows(store, ProgressUpdate)} == {UpdateStatus.HANDED_OVER}


def test_one_fault_of_the_forms_keeps_everything_out(store: Store):
    upload = given(store, ALL | {("progress", 2): ""})
    before = everything(store)
    refused = refusal_of(commit, store, upload, hand_over=True)
    assert [message.values["number"] for message in refused.messages] == [3]
    assert everything(store) == before
    assert commit(store, upload) == 3


def test_three_rows_are_committed_by_as_many_statements_as_two(store: Store, tasks):
    two = given(store, {key: value for key, value in ALL.items() if key[1] < 2})
    with counted(store) as few:
        commit(store, two)
    three = given(store, {("progress", line): f"又办{line}" for line in range(3)} | {("percent", 2): "70%"})
    with counted(store) as many:
        commit(store, three)
    assert len(many) <= len(few) + 1
    assert {draft.row_version for draft in rows(store, ProgressUpdate)} == {1, 2}


def test_an_edit_between_preview_and_commit_keeps_everything_out(store: Store, tasks):
    upload = given(store, ALL)
    updates.save_progress_update(
        store,
        by=CAST.officer,
        task_id=tasks[0],
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(2),
    )
    before = everything(store)
    refused = refusal_of(commit, store, upload)
    assert isinstance(refused, Conflict)
    assert refused.messages[0].values["problem"].key == "store.changed_meanwhile"
    assert everything(store) == before


def test_a_conflict_is_won_by_whom_the_uploader_says(store: Store, tasks):
    form = form_of(store, CAST.officer)
    draft = UpdateDraft(typed_permille=100, progress="同事改了")
    updates.save_progress_update(
        store, by=CAST.officer, task_id=tasks[2], period_id=FIRST_QUARTER, row_version=0, draft=draft
    )
    content = filled(form, ALL)
    upload = sent(store, content)
    assert upload.counts["conflict"] == 1
    assert commit(store, upload) == 2
    assert only(store, ProgressUpdate, task_id=tasks[2]).progress == "同事改了"
    upload = sent(store, content)
    assert upload.counts == {"added": 0, "changed": 0, "conflict": 1, "refused": 0, "unchanged": 2}
    assert refusal_of(commit, store, upload).messages[0].key == "upload.nothing"
    assert tasks_in_conflict(store, CAST.officer, upload_id=upload.id) == {tasks[2]}
    assert commit(store, upload, overwrite=[tasks[2]]) == 1
    assert only(store, ProgressUpdate, task_id=tasks[2]).completion_permille == 625


def test_what_was_reported_already_is_locked_and_refused_where_it_was_changed(store: Store, tasks):
    reported(store, tasks[0], fairs_held(2))
    content = form_of(store, CAST.officer)
    assert sent(store, content).counts["unchanged"] == 3
    upload = given(store, {("progress", 0): "再改"})
    assert upload.counts["refused"] == 1
    assert [found.grade for found in found_in(store, upload)] == [Grade.A]


def test_a_suspended_task_takes_no_row(store: Store, tasks):

    suspended(store, tasks[0])
    assert given(store, {("progress", 0): "改"}).counts["refused"] == 1


def test_what_only_repeats_the_last_period_counts_as_no_change(store: Store, tasks):
    accepted(store, tasks[2], UpdateDraft(typed_permille=300, progress="三成"))
    with at(date(YEAR, 5, 1)):
        task = ledger_tasks_of(store, NATION, authority_ids=[NORTH], period_id=2)[2]
        assert (task.reported_before, task.draft.progress) == (True, "三成")
        content = filled(form_of(store, CAST.officer, 2), {("percent", 2): 0.4})
        upload = sent(store, content)
        assert not rows(store, UploadRow)[0].draft["no_change"]
        commit(store, upload)
        back = filled(form_of(store, CAST.officer, 2), {("percent", 2): 0.3})
        commit(store, sent(store, back))
    assert only(store, ProgressUpdate, task_id=tasks[2], period_id=2).no_change


def test_a_step_taken_back_counts_as_no_change_as_well(store: Store, tasks):
    accepted(store, tasks[1], UpdateDraft(milestones_reached=frozenset({1}), progress="已签约"))
    with at(date(YEAR, 5, 1)):
        for answer in ("是", "否"):
            content = filled(form_of(store, CAST.officer, 2), {("milestone.2", 1): answer})
            commit(store, sent(store, content))
            update = only(store, ProgressUpdate, task_id=tasks[1], period_id=2)
            assert (update.completion_permille, update.no_change) == (
                (1000, False) if answer == "是" else (400, True)
            )


def test_an_officer_keeps_the_newest_uploads_only(store: Store):
    content = form_of(store, CAST.officer)
    for _ in range(retention.MOST_KEPT + 1):
        newest = sent(store, content)
    kept = [upload.id for upload in rows(store, Upload)]
    assert (len(kept), max(kept)) == (retention.MOST_KEPT, newest.id)


def test_a_preview_is_its_uploaders_alone_and_ends(store: Store):
    upload = given(store, ALL)
    assert (upload.name, latest_upload(store, CAST.officer).id) == ("台_账.xlsx", upload.id)
    assert latest_upload(store, CAST.southerner) is None
    assert refusal_of(upload_of, store, CAST.signatory, upload_id=upload.id)
    colleague = CAST.officer.__class__(2, "同事", NORTH, CAST.officer.roles, "x")
    assert refusal_of(committing.commit_upload, store, by=colleague, upload_id=upload.id)
    nobodys = CAST.officer.__class__(1, "无单位", None, CAST.officer.roles, "x")
    assert refusal_of(sent, store, b"%PDF", nobodys).messages[0].key == "store.not_found"
    with at(DAY + timedelta(8)):
        assert refusal_of(commit, store, upload).messages[0].key == "store.not_found"
        given(store, {})
    assert len(rows(store, Upload)) == 1


def test_an_upload_is_committed_once(store: Store):
    upload = given(store, ALL)
    commit(store, upload)
    assert refusal_of(commit, store, upload).messages[0].key == "upload.committed_already"


def test_somebody_elses_ledger_changes_nothing(store: Store):
    content = filled(form_of(store, CAST.officer), ALL)
    upload = sent(store, content, CAST.southerner)
    assert upload.counts["refused"] == 3
    messages = [found.message for found in found_in(store, upload, CAST.southerner)]
    assert {text_in(message, Language.ZH_CN)[:4] for message in messages} == {"不是本单"}
    refused = refusal_of(committing.commit_upload, store, by=CAST.southerner, upload_id=upload.id)
    assert refused.messages[0].key == "upload.nothing"


def test_why_a_file_was_refused_is_kept_and_the_file_is_not(store: Store):
    from tracking.ledgers.rows import RowKey, check_of

    form = form_of(store, CAST.officer)
    keyless = edited(
        form, lambda sheet: [setattr(place(sheet, "check", at), "value", None) for at in range(3)]
    )
    assert refusal_of(sent, store, keyless).messages[0].key == "upload.no_rows"
    unknown = filled(form, {("check", at): check_of(RowKey(at + 1, 99, 0, "0" * 12)) for at in range(3)})
    assert refusal_of(sent, store, unknown).messages[0].key == "store.not_found"
    assert refusal_of(sent, store, b"%PDF", name="台 账.PDF").messages[0].key == "upload.no_workbook"
    assert last_event(store).detail == {"refused": ["upload.no_workbook"]}
    kept = latest_upload(store, CAST.officer)
    assert (kept.name, kept.counts, kept.period_id, rows(store, Upload)[-1].content) == (
        "台_账.pdf",
        {},
        None,
        b"",
    )
    (finding,) = found_in(store, kept)
    assert (finding.grade, finding.cell, finding.message["zh_CN"][:4]) == (Grade.A, "", "不是可以")
    assert refusal_of(commit, store, kept).messages[0].key == "upload.nothing"


@contextmanager
def turns_of(by: SignedIn, count: int) -> Iterator[list[Turn]]:
    """So many files of a person on their way already."""
    turns = [TURNS.ask(by.officer_id) for _ in range(count)]
    yield turns
    for turn in turns:
        TURNS.leave(turn)


def test_a_file_that_found_no_turn_leaves_nothing(store: Store):
    content = form_of(store, CAST.officer)
    with turns_of(CAST.officer, OF_ONE + WAITING_OF_ONE):
        refused = refusal_of(sent, store, content)
    assert (refused.messages[0].key, rows(store, Upload)) == ("turns.too_many", [])


def test_whoever_waits_for_a_turn_is_told_the_place_until_it_comes(store: Store, tasks):
    content, told = form_of(store, CAST.officer), []

    def tell(*step: object) -> None:
        told.append(step)
        if step[0] is Step.WAITING:
            TURNS.leave(turns[len(told) - 1])

    with turns_of(CAST.officer, OF_ONE + 1) as turns:
        uploads.upload_ledger(store, by=CAST.officer, name="a.xlsx", content=content, on_step=tell)
    assert told[:3] == [(Step.WAITING, 0, 2), (Step.WAITING, 0, 1), (Step.READING, 0, 1)]


def test_what_was_found_is_read_by_pages_and_by_grade(store: Store, tasks):
    content = filled(form_of(store, CAST.officer), ALL | {("actual.1", 0): "约三场", ("percent", 2): "300%"})
    seen: list[tuple[Step, int, int]] = []
    upload_id = uploads.upload_ledger(
        store, by=CAST.officer, name="a.xlsx", content=content, on_step=lambda *told: seen.append(told)
    )
    assert seen == [(Step.READING, 0, 1), (Step.JUDGING, 0, 4), (Step.JUDGING, 3, 4), (Step.KEEPING, 3, 3)]
    asked = {"upload_id": upload_id}
    assert findings_by_grade(store, CAST.officer, **asked) == {Grade.A: 2, Grade.D: 1}
    pages = [
        upload_findings(store, CAST.officer, grade=Grade.A, first=at, most=1, **asked) for at in range(3)
    ]
    assert [[found.cell for found in page] for page in pages] == [["I5"], ["M7"], []]
    refused = upload_rows(store, CAST.officer, verdicts=[Verdict.REFUSED], **asked)
    assert [(row.row, row.number, row.draft) for row in refused] == [(5, 1, None), (7, 3, None)]
    for other in (CAST.southerner, CAST.signatory):
        assert (
            upload_findings(store, other, **asked)
            == upload_rows(store, other, verdicts=Verdict, **asked)
            == []
        )
        assert tasks_in_conflict(store, other, **asked) == frozenset()


def test_a_closed_period_gives_no_form_and_takes_none(store: Store):
    content = filled(form_of(store, CAST.officer), ALL)
    upload = sent(store, content)
    with at(date(YEAR, 4, 30)):
        for act in (
            lambda: form_of(store, CAST.officer),
            lambda: sent(store, content),
            lambda: commit(store, upload),
        ):
            assert refusal_of(act)
    assert report_items(store, NATION, authority_id=NORTH, period_id=FIRST_QUARTER)[0].update is None
