"""Many ledgers in one drop: merged with the forms as handed out, a broken one keeps out no other."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from db.identity import SignedIn
from db.store import Conflict, Store
from db.tables import ProgressUpdate, Upload, UploadFinding, UploadRow
from db.updates.actions import save_progress_update
from db.uploads import committing, drops, judged_ledgers
from db.uploads.drops import is_drop, upload_ledgers, workbook_of
from db.uploads.queries import (
    conflict_rows,
    files_in_conflict,
    latest_upload,
    upload_findings,
    upload_of,
    upload_rows,
)
from db.uploads.retention import GivenFile
from tests.support.factories import (
    FIRST_QUARTER,
    YEAR,
    accepted,
    at,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.ledgers import edited, filled, form_of, place
from tests.support.trail import last_event, refusal_of, rows
from tracking.documents.archive_reading import MOST_FILES
from tracking.ledgers.results import text_in
from tracking.steps import Step
from tracking.validation import UpdateDraft
from tracking.vocabulary import Language, UpdateStatus, Verdict

CAST = people()
SECOND = 2


@pytest.fixture(autouse=True)
def tasks(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield filed_plan(store, *map(typed_task, range(1, 4)))


@pytest.fixture
def form(store: Store, tasks) -> bytes:
    return form_of(store, CAST.officer)


def dropped(store: Store, files: Mapping[str, bytes], by: SignedIn = CAST.officer, **asked) -> Upload:
    given = [GivenFile(name, content) for name, content in files.items()]
    return upload_of(store, by, upload_id=upload_ledgers(store, by=by, files=given, **asked))


def commit(store: Store, upload: Upload, **asked) -> int:
    return committing.commit_upload(store, by=CAST.officer, upload_id=upload.id, **asked)


def said(store: Store) -> dict[int, str]:
    return {one.task_id: one.progress for one in rows(store, ProgressUpdate)}


def saved(store: Store, task_id: int, draft: UpdateDraft) -> None:
    asked = {"by": CAST.officer, "period_id": FIRST_QUARTER, "row_version": 0}
    save_progress_update(store, task_id=task_id, draft=draft, **asked)


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def found_in(store: Store, upload: Upload, **asked) -> list[UploadFinding]:
    return upload_findings(store, CAST.officer, upload_id=upload.id, **asked)


def test_what_only_one_file_says_of_a_task_stands(store: Store, tasks, form):
    upload = dropped(
        store,
        {
            "a.xlsx": filled(form, {("progress", 0): "甲说"}),
            "b.xlsx": filled(form, {("progress", 1): "乙说"}),
            "c.xlsx": form,
        },
    )
    assert upload.counts == {"added": 2, "changed": 0, "conflict": 0, "refused": 0, "unchanged": 1}
    assert [(file["name"], file["rows"], file["refused"]) for file in upload.files] == [
        ("a.xlsx", 3, []),
        ("b.xlsx", 3, []),
        ("c.xlsx", 3, []),
    ]
    assert last_event(store).detail["files"] == 3
    of_b = upload_rows(store, CAST.officer, upload_id=upload.id, verdicts=[Verdict.ADDED], file=1)
    assert [row.task_id for row in of_b] == [tasks[1]]
    assert commit(store, upload) == 2
    assert said(store) == {tasks[0]: "甲说", tasks[1]: "乙说"}


def test_files_that_fill_in_different_fields_of_a_task_are_put_together(store: Store, tasks, form):
    files = {
        "a.xlsx": filled(form, {("percent", 0): "约三成"}),
        "b.xlsx": filled(form, {("percent", 1): "30%"}),
        "c.xlsx": filled(form, {("progress", 1): "三成"}),
        "d.xlsx": filled(form, {("percent", 1): 0.3}),
    }
    upload = dropped(store, files)
    assert (upload.counts["added"], upload.counts["refused"]) == (1, 1)
    assert commit(store, upload, hand_over=True) == 1
    (update,) = rows(store, ProgressUpdate)
    assert (update.completion_permille, update.progress) == (300, "三成")
    assert update.status is UpdateStatus.HANDED_OVER
    assert {(found.file, found.cell[0]) for found in found_in(store, upload)} == {(0, "H"), (1, "H")}


def test_files_that_disagree_are_one_conflict_told_by_file(store: Store, tasks, form):
    files = {f"{name}.xlsx": filled(form, {("progress", 0): f"{name}说"}) for name in "abc"}
    upload = dropped(store, files | {"d.xlsx": files["a.xlsx"]})
    assert files_in_conflict(store, CAST.officer, upload_id=upload.id) == {tasks[0]: 2}
    (several,) = conflict_rows(store, CAST.officer, upload_id=upload.id, first=0, most=5)
    assert [(row.file, row.changes[0][2]) for row in several] == [(0, "a说"), (1, "b说"), (2, "c说")]
    assert refusal_of(commit, store, upload).messages[0].key == "upload.nothing"
    assert commit(store, upload, overwrite={tasks[0]: 1}) == 1
    assert said(store) == {tasks[0]: "b说"}


def test_of_files_in_conflict_the_last_wins_where_none_is_named(store: Store, tasks, form):
    files = {f"{name}.xlsx": filled(form, {("progress", 0): f"{name}说"}) for name in "ab"}
    commit(store, dropped(store, files), overwrite=[tasks[0]])
    assert said(store) == {tasks[0]: "b说"}


def test_a_form_handed_out_before_others_saved_is_merged_field_by_field(store: Store, tasks, form):
    saved(store, tasks[0], UpdateDraft(typed_permille=200, progress="系统里的"))
    files = {
        "a.xlsx": filled(form, {("difficulties", 0): "缺经费"}),
        "b.xlsx": filled(form, {("progress", 0): "线下的"}),
    }
    upload = dropped(store, {"a.xlsx": files["a.xlsx"]} | {"x.xlsx": form})
    assert upload.counts["changed"] == 1
    both = dropped(store, files)
    assert (both.counts["changed"], both.counts["conflict"]) == (0, 2)
    assert len(found_in(store, both, file=1)) > 0
    assert commit(store, upload) == 1
    (update,) = rows(store, ProgressUpdate)
    assert (update.completion_permille, update.progress, update.difficulties) == (200, "系统里的", "缺经费")


def test_a_form_of_before_the_marks_is_compared_as_a_whole(store: Store, tasks, form, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr("tracking.documents.ledger_layout.marks_of", lambda _: "")
        old = form_of(store, CAST.officer)
    saved(store, tasks[0], UpdateDraft(typed_permille=200, progress="系统里的"))
    upload = dropped(store, {"a.xlsx": filled(old, {("difficulties", 0): "缺经费"}), "b.xlsx": old})
    assert (upload.counts["conflict"], upload.counts["unchanged"]) == (1, 2)


def test_a_file_that_cannot_be_read_keeps_no_other_out(store: Store, tasks, form):
    own = edited(form, lambda sheet: sheet.delete_rows(1, 4))
    empty = edited(form, lambda sheet: sheet.delete_rows(5, 3))
    files = {"坏.xlsx": b"%PDF", "自用.xlsx": own, "空.xlsx": empty}
    upload = dropped(store, files | {"好.xlsx": filled(form, {("progress", 0): "好"})})
    why = [[text_in(words, Language.ZH_CN)[:6] for words in file["refused"]] for file in upload.files]
    assert why == [["不是可以读取"], ["没有找到台账"], ["台账表里没有"], []]
    assert commit(store, upload) == 1
    name, content = workbook_of(upload, 3)
    assert (name, content[:2]) == ("好.xlsx", b"PK")
    assert refusal_of(workbook_of, upload, 0).messages[0].key == "store.not_found"


def test_a_form_of_another_period_is_refused_by_name(store: Store, tasks, form):
    with at(date(YEAR, 5, 1)):
        second = form_of(store, CAST.officer, SECOND)
        upload = dropped(store, {"一.xlsx": form, "二.xlsx": second}, period_id=SECOND)
        assert upload.period_id == SECOND
        assert text_in(upload.files[0]["refused"][0], Language.ZH_CN)[:4] == "这份表属"
        assert refusal_of(dropped, store, {"一.xlsx": form, "再.xlsx": form}, period_id=SECOND)


def test_where_nothing_can_be_read_the_reasons_of_all_are_kept(store: Store, tasks):
    refused = refusal_of(dropped, store, {"a.xlsx": b"%PDF", "b.xlsx": b""})
    assert [(one.key, one.values["name"]) for one in refused.messages] == [
        ("upload.of_file", "a.xlsx"),
        ("upload.of_file", "b.xlsx"),
    ]
    kept = latest_upload(store, CAST.officer)
    assert (kept.counts, kept.files, len(found_in(store, kept))) == ({}, None, 2)
    assert last_event(store).detail == {"refused": ["upload.of_file"] * 2}
    nothing = refusal_of(dropped, store, {"空.zip": zipped({})})
    assert nothing.messages[0].key == "upload.no_files"
    assert refusal_of(upload_ledgers, store, by=CAST.officer, files=[]).messages[0].key == "upload.no_files"


def test_an_archive_is_as_good_as_its_files(store: Store, tasks, form):
    files = {
        "各市/北省.xlsx": filled(form, {("progress", 0): "甲说"}),
        "各市\\乙.xlsx": form,
        "__MACOSX/._乙.xlsx": b"x",
        "~$乙.xlsx": b"x",
    }
    upload = dropped(store, {"全部.ZIP": zipped(files), "坏.zip": b"%PDF"})
    assert [file["name"] for file in upload.files] == ["北省.xlsx", "乙.xlsx", "坏.zip"]
    assert (upload.counts["added"], upload.name) == (1, "北省.xlsx")
    assert is_drop([GivenFile("a.zip", b"")])
    assert not is_drop([GivenFile("a.xlsx", b"")])


def test_archives_that_must_not_be_opened_say_why(store: Store, form):
    many = zipped({f"{at}.xlsx": b"x" for at in range(MOST_FILES + 1)})
    locked = bytearray(zipped({"a.xlsx": b"x"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + offset] |= 1
    for content, key in (
        (many, "upload.archive_too_many"),
        (bytes(locked), "upload.archive_locked"),
        (zipped({"a.xlsx": b"\0"} | {str(number): b"\0" for number in range(3)})[:-30], "upload.no_archive"),
    ):
        refused = refusal_of(dropped, store, {"a.zip": content})
        assert refused.messages[0].values["problem"].key == key


def test_names_in_an_archive_are_read_as_windows_writes_them(store: Store, form):
    content = zipped({"XXXX.xlsx": form}).replace(b"XXXX", "苏州".encode("gb18030"))
    assert dropped(store, {"a.zip": content}).files[0]["name"] == "苏州.xlsx"


def test_too_many_rows_together_leave_the_last_files_out(store: Store, form, monkeypatch):
    monkeypatch.setattr(drops, "MOST_ROWS", 5)
    upload = dropped(store, {"a.xlsx": form, "b.xlsx": form})
    assert text_in(upload.files[1]["refused"][0], Language.ZH_CN)[:5] == "各文件合计"


def test_a_row_that_cannot_be_read_does_not_go_up_as_unchanged_by_another_file(store: Store, tasks):
    accepted(store, tasks[0], UpdateDraft(typed_permille=300, progress="三成"))
    with at(date(YEAR, 5, 1)):
        form = form_of(store, CAST.officer, SECOND)
        wrong = edited(form, lambda sheet: setattr(place(sheet, "title", 0), "value", "改名"))
        assert dropped(store, {"a.xlsx": form, "b.xlsx": wrong}).counts["no_change"] == 1
        assert [found.file for found in found_in(store, latest_upload(store, CAST.officer))] == [1]
        bad = filled(form, {("percent", 0): "约三成"})
        upload = dropped(store, {"a.xlsx": form, "b.xlsx": bad})
        assert ("no_change" not in upload.counts, upload.counts["refused"]) == (True, 1)
        said = filled(wrong, {("progress", 0): "改了"})
        upload = dropped(store, {"a.xlsx": wrong, "b.xlsx": said})
        assert {found.file for found in found_in(store, upload)} == {0, 1}


def test_each_file_is_told_as_it_is_read_and_tasks_are_read_once(store: Store, form, monkeypatch):
    steps: list[tuple[Step, int, int]] = []
    monkeypatch.setattr(judged_ledgers, "MOST_KNOWN", 1)
    dropped(store, {"a.xlsx": form, "b.xlsx": form}, on_step=lambda *step: steps.append(step))
    assert steps[:2] == [(Step.READING, 0, 2), (Step.READING, 1, 2)]
    assert steps[2:4] == [(Step.JUDGING, 3, 8), (Step.JUDGING, 6, 8)]


def test_a_change_since_the_preview_keeps_all_of_them_out(store: Store, tasks, form):
    files = {f"{at}.xlsx": filled(form, {("progress", at): "线下"}) for at in range(3)}
    upload = dropped(store, files)
    saved(store, tasks[2], UpdateDraft(progress="系统里的"))
    assert isinstance(refusal_of(commit, store, upload), Conflict)
    assert list(said(store).values()) == ["系统里的"]
    assert len(rows(store, UploadRow)) == 3
