"""A large ledger is judged as a whole, written piece by piece, and goes on from where it stopped."""

from datetime import date

import pytest

from db.store import Conflict, Store
from db.tables import ProgressUpdate, Upload, UploadRow
from db.updates.actions import save_progress_update
from db.uploads import committing
from db.uploads.actions import upload_ledger
from db.uploads.queries import upload_of
from tests.support.factories import (
    FIRST_QUARTER,
    YEAR,
    at,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.ledgers import filled, form_of
from tests.support.trail import everything, last_event, refusal_of, rows
from tracking.steps import Step
from tracking.validation import UpdateDraft

CAST = people()
ALL = {
    (name, line): value for line in range(3) for name, value in (("percent", "62.5%"), ("progress", "过半"))
}


@pytest.fixture(autouse=True)
def tasks(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(committing, "PIECE", 1)
    monkeypatch.setattr(committing, "PAUSE", 0)
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield filed_plan(store, *map(typed_task, range(1, 4)))


def given(store: Store, values: dict) -> Upload:
    content = filled(form_of(store, CAST.officer), values)
    upload_id = upload_ledger(store, by=CAST.officer, name="a.xlsx", content=content)
    return upload_of(store, CAST.officer, upload_id=upload_id)


def commit(store: Store, upload: Upload, **asked) -> int:
    return committing.commit_upload(store, by=CAST.officer, upload_id=upload.id, **asked)


def written(store: Store) -> list[str]:
    return [draft.progress for draft in rows(store, ProgressUpdate)]


def breaking_off_at(asked: Step):
    def tell(step: Step, _done: int, _total: int) -> None:
        if step is asked:
            raise KeyboardInterrupt

    return tell


def test_a_fault_in_the_last_piece_keeps_the_first_out_as_well(store: Store):
    upload = given(store, ALL | {("progress", 2): ""})
    before, told = everything(store), []
    refused = refusal_of(commit, store, upload, hand_over=True, on_step=lambda *step: told.append(step))
    assert [message.values["number"] for message in refused.messages] == [3]
    assert told == []
    assert everything(store) == before
    assert commit(store, upload, on_step=lambda *step: told.append(step)) == 3
    assert told == [(Step.JUDGING, 3, 3), *((Step.COMMITTING, done, 3) for done in (1, 2, 3))]
    assert written(store) == ["过半", "过半", ""]
    assert (last_event(store).action, last_event(store).detail["tasks"]) == ("commit_upload", 3)


def test_a_page_that_is_left_while_it_is_judged_writes_nothing(store: Store):
    upload = given(store, ALL)
    before = everything(store)
    with pytest.raises(KeyboardInterrupt):
        commit(store, upload, on_step=breaking_off_at(Step.JUDGING))
    assert everything(store) == before


def test_what_has_begun_to_be_written_is_written_whoever_looks_on(store: Store):
    upload = given(store, ALL)
    with pytest.raises(KeyboardInterrupt):
        commit(store, upload, on_step=breaking_off_at(Step.COMMITTING))
    assert written(store) == ["过半"] * 3
    assert upload_of(store, CAST.officer, upload_id=upload.id).committed_at


def test_what_a_lost_store_has_left_out_is_written_by_the_next_try(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    upload = given(store, ALL)

    def fail(_seconds: float) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as lost:
        lost.setattr(committing, "sleep", fail)
        with pytest.raises(ZeroDivisionError):
            commit(store, upload)
    left = upload_of(store, CAST.officer, upload_id=upload.id)
    assert (left.committed_at, left.counts["added"], left.counts["unchanged"]) == (None, 2, 1)
    assert commit(store, left) == 2
    assert written(store) == ["过半"] * 3
    assert {draft.row_version for draft in rows(store, ProgressUpdate)} == {1}


def test_what_somebody_saves_meanwhile_stands_and_both_are_told(
    store: Store, tasks, monkeypatch: pytest.MonkeyPatch
):
    upload = given(store, ALL)

    def save(_seconds: float) -> None:
        monkeypatch.setattr(committing, "sleep", lambda _seconds: None)
        draft = UpdateDraft(typed_permille=100, progress="另有进展")
        place = {"task_id": tasks[2], "period_id": FIRST_QUARTER, "row_version": 0}
        save_progress_update(store, by=CAST.officer, draft=draft, **place)

    monkeypatch.setattr(committing, "sleep", save)
    refused = refusal_of(commit, store, upload)
    assert isinstance(refused, Conflict)
    assert [message.key for message in refused.messages] == ["progress.of_task", "upload.partly"]
    assert refused.messages[1].values == {"done": 2, "total": 3}
    assert sorted(written(store)) == ["另有进展", "过半", "过半"]
    again = given(store, ALL)
    assert (again.counts["unchanged"], again.counts["added"]) == (2, 0)


def test_an_upload_whose_findings_were_not_all_stored_is_forgotten(store: Store):
    content = filled(form_of(store, CAST.officer), ALL)
    asked = {"by": CAST.officer, "name": "a.xlsx", "content": content}
    with pytest.raises(KeyboardInterrupt):
        upload_ledger(store, **asked, on_step=breaking_off_at(Step.KEEPING))
    assert (rows(store, Upload), rows(store, UploadRow)) == ([], [])


def test_an_upload_that_is_not_judged_yet_has_nothing_to_be_written(store: Store):
    upload = given(store, ALL)
    with store.upkeep() as session:
        session.get_one(Upload, upload.id).counts = {}
    assert refusal_of(commit, store, upload).messages[0].key == "upload.nothing"


def test_an_upload_that_is_not_there_is_said_to_be_gone(store: Store):
    gone = Upload(id=99)
    assert refusal_of(commit, store, gone).messages[0].key == "store.not_found"
