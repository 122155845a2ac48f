"""`python -m tests.bench.drop`: forty workbooks of one period in one drop, from the files to the last draft.

Three of them disagree on a task, one was handed out before others saved, one is of the period before, one is broken.
Each holds all rows of a province with 500 tasks, and fills in some of its own. Printed are seconds, and the peak memory of
the process and of the limited process in which it opens a workbook; it fails if something is lost.
"""

import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter

from db import migrations
from db.store import Store, open_store
from db.updates import actions as updates, reviews
from db.updates.bulk import save_progress_updates
from db.updates.drafts import UpdateLine
from db.uploads.committing import commit_upload
from db.uploads.drops import upload_ledgers
from db.uploads.queries import files_in_conflict, upload_of
from db.uploads.retention import GivenFile
from tests.support.factories import (
    FIRST_QUARTER,
    SECOND_QUARTER,
    YEAR,
    at,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.ledgers import filled, form_of
from tracking.validation import UpdateDraft

FILES, TASKS, OWN = 40, 500, 12
MOST_SECONDS = 60
CAST = people()


def main() -> int:
    """Measure, print, and tell whether it was quick enough."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(data_dir=Path(folder))
        migrations.upgrade(store)
        with at(date(YEAR, 3, 20)):
            small_country(store)
            tasks = filed_plan(
                store, *(replace(typed_task(1), title=f"任务{number}") for number in range(TASKS))
            )
            _report(store, tasks)
        with at(date(YEAR, 5, 10)):
            took = _measured(store, _files(store, tasks))
        store.engine.dispose()
    return int(took > MOST_SECONDS)


def _report(store: Store, tasks: list[int]) -> None:
    """The first quarter, accepted; of the second form's rows all can go up as unchanged."""
    lines = [
        UpdateLine(key, FIRST_QUARTER, 0, UpdateDraft(typed_permille=250, progress=f"任务{key}已办四分之一"))
        for key in tasks
    ]
    made = [key for key, _ in save_progress_updates(store, by=CAST.officer, lines=lines)]
    updates.request_update_sign_off(store, by=CAST.officer, update_ids=made)
    updates.sign_off_progress_updates(store, by=CAST.signatory, update_ids=made)
    updates.submit_progress_updates(store, by=CAST.officer, update_ids=made)
    reviews.accept_progress_updates(store, by=CAST.member, update_ids=made)


def _files(store: Store, tasks: list[int]) -> list[GivenFile]:
    with at(date(YEAR, 3, 21)):
        before = form_of(store, CAST.officer, FIRST_QUARTER)
    old = form_of(store, CAST.officer, SECOND_QUARTER)
    draft = UpdateDraft(typed_permille=300, progress="系统里改过")
    asked = {"by": CAST.officer, "period_id": SECOND_QUARTER, "row_version": 0}
    updates.save_progress_update(store, task_id=tasks[-1], draft=draft, **asked)  # type: ignore[arg-type]  # a mapping
    form = form_of(store, CAST.officer, SECOND_QUARTER)
    given = [GivenFile(f"{number:02}.xlsx", _own(form, number)) for number in range(FILES - 3)]
    late = filled(old, {("difficulties", TASKS - 1): "旧表补充"})
    return [*given, GivenFile("旧.xlsx", late), GivenFile("上期.xlsx", before), GivenFile("坏.xlsx", b"%PDF")]


def _own(form: bytes, number: int) -> bytes:
    """Every file fills in its own rows; the first three disagree on one more."""
    values: dict[tuple[str, int], object] = {}
    for line in range(number * OWN, (number + 1) * OWN):
        values |= {("percent", line): 0.4, ("progress", line): f"第{number}份，任务{line}"}
    if number < 3:
        values["progress", TASKS - 2] = f"第{number}份的说法"
    return filled(form, values)


def _measured(store: Store, files: list[GivenFile]) -> float:
    begun = perf_counter()
    upload_id = upload_ledgers(store, by=CAST.officer, files=files, period_id=SECOND_QUARTER)
    read = perf_counter()
    upload = upload_of(store, CAST.officer, upload_id=upload_id)
    conflicts = files_in_conflict(store, CAST.officer, upload_id=upload_id)
    asked = {"overwrite": dict.fromkeys(conflicts, 1), "no_change": True, "sentence": "按计划推进。"}
    written = commit_upload(store, by=CAST.officer, upload_id=upload_id, **asked)  # type: ignore[arg-type]  # as above
    done = perf_counter()
    print(f"{len(files)} files: read and merged {read - begun:.1f} s, written {done - read:.1f} s")
    own, child = (getrusage(who).ru_maxrss / 1024 for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    print(f"peak memory {own:.0f} MB, of the limited process {child:.0f} MB")
    print(dict(upload.counts), f"conflicts {len(conflicts)}, written {written}")
    refused = [file["name"] for file in upload.files if file["refused"]]
    if (refused, len(conflicts), written) != (["上期.xlsx", "坏.xlsx"], 1, TASKS):
        raise SystemExit(f"lost: {refused}, {conflicts}, {written}")
    return done - begun


if __name__ == "__main__":
    sys.exit(main())
