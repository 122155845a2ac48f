"""The stages of a ledger's way through the product, each in a process of its own: `python -m tests.bench.ledger_stages`.

It prints as JSON what each step took in seconds, and the peak memory in megabytes of itself and of its child.
"""

import gc
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from typing import Any

import xlsxwriter

from db import clock
from db.identity import SignedIn
from db.store import Store, open_store
from db.uploads.actions import export_ledger_form, upload_ledger
from db.uploads.committing import commit_upload
from db.uploads.queries import latest_upload, upload_findings, upload_of
from tests.bench.ledger_store import PERIOD, officers, words
from tracking.documents.ledger_template import ledger_template
from tracking.documents.limited import marked_workbook, read_sheets
from tracking.ledgers.results import notes_of
from tracking.steps import Step
from tracking.vocabulary import Language

# One row in so many has a value that is no number.
WRONG = 100
Took = dict[str, float]


def template(store: Store, by: SignedIn, file: Path) -> Took:
    """The form, read and written."""
    begun = perf_counter()
    form = export_ledger_form(store, by=by, period_id=PERIOD)
    read = perf_counter()
    about = {"period": "本期", "authority": form.authority, "on": clock.today(), "language": Language.ZH_CN}
    content = ledger_template(form.tasks, period_id=PERIOD, **about)  # type: ignore[arg-type]  # a mapping of its keywords
    file.write_bytes(content)
    return {"form read": read - begun, "form written": perf_counter() - read, "form MB": _megabytes(content)}


def fill(_store: Store, _by: SignedIn, file: Path) -> Took:
    """Every row filled in, by a library that keeps no styles; what nobody waits for is not measured."""
    sheet = read_sheets(file.read_bytes())[0]
    names = [str(value or "").removeprefix("#") for value in sheet.rows[2]]
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        percent, page = book.add_format({"num_format": "0.0%"}), book.add_worksheet(sheet.name)
        for line, row in enumerate(sheet.rows):
            values = _filled(dict(zip(names, row, strict=True)), line) if line > 3 else dict(enumerate(row))
            for at, (name, value) in enumerate(values.items()):
                if value is not None:
                    page.write(
                        line,
                        at,
                        str(value) if name == "due_on" else value,
                        percent if name == "percent" else None,
                    )
    file.write_bytes(out.getvalue())
    return {"filled MB": _megabytes(out.getvalue())}


def _filled(row: dict[str, Any], line: int) -> dict[str, Any]:
    typed = {"actual.1": 400, "milestone.2": "是", "percent": 0.4}
    if line % WRONG == 0:
        typed = dict.fromkeys(typed, "约四成")
    said = {name: typed[name] for name in typed if row.get(name) is not None}
    return row | said | {"progress": words(18), "difficulties": words(6), "next_steps": words(9)}


def preview(store: Store, by: SignedIn, file: Path) -> Took:
    """Read, judged and kept, as the steps tell."""
    begun: dict[str, float] = {}

    def note(step: Step, done: int, _total: int) -> None:
        begun.setdefault(step, perf_counter())
        begun[f"{step} done"] = perf_counter()

    started = perf_counter()
    upload_ledger(store, by=by, name="台账.xlsx", content=file.read_bytes(), on_step=note)
    judged, kept = begun[f"{Step.JUDGING} done"], perf_counter()
    return {
        "reading": begun[Step.JUDGING] - started,
        "judging": judged - begun[Step.JUDGING],
        "keeping": kept - judged,
    }


def mark(store: Store, by: SignedIn, _file: Path) -> Took:
    """The user's own workbook with notes in it."""
    upload_id = _latest(store, by)
    started = perf_counter()
    findings = upload_findings(store, by, upload_id=upload_id)
    marked_workbook(upload_of(store, by, upload_id=upload_id).content, notes_of(findings, Language.ZH_CN))
    return {"marking": perf_counter() - started, "findings": len(findings)}


def commit(store: Store, by: SignedIn, _file: Path) -> Took:
    """Everything written as drafts."""
    upload_id = _latest(store, by)
    started = perf_counter()
    rows = commit_upload(store, by=by, upload_id=upload_id)
    return {"commit": perf_counter() - started, "rows written": rows}


def _latest(store: Store, by: SignedIn) -> int:
    found = latest_upload(store, by)
    assert found is not None
    return found.id


def _megabytes(content: bytes) -> float:
    return len(content) / 2**20


STAGES: dict[str, Callable[[Store, SignedIn, Path], Took]] = {
    stage.__name__: stage for stage in (template, fill, preview, mark, commit)
}


# Megabytes of the limited process, as the kernel tells them: `getrusage` would count what it was forked from.
PEAKS: list[float] = []


def _watch() -> None:
    while True:
        for child in Path("/proc/self/task").glob("*/children"):
            for key in child.read_text().split():
                with suppress(OSError, LookupError):
                    # Until it has begun its own work, it is the memory of this process that shows.
                    if b"workbook_process" in Path(f"/proc/{key}/cmdline").read_bytes():
                        PEAKS.append(_peak(key))
        sleep(0.05)


def _peak(process: str) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(stage: str, folder: Path, tasks: int) -> None:
    """Do one stage for the authority of so many tasks, and print what it took."""
    store = open_store(data_dir=folder)
    # As the server does once it has started.
    gc.freeze()
    Thread(target=_watch, daemon=True).start()
    took = STAGES[stage](store, officers()[tasks], folder / f"{tasks}.xlsx")
    print(json.dumps(took | {"own MB": _peak("self"), "child MB": max(PEAKS, default=0.0)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
