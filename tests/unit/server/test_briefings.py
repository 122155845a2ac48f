"""Briefings as files: the download asks who reads it, and the command line tells the same figures."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from db.briefings.actions import draft_briefing, issue_briefing
from db.briefings.material import BriefingRequest, drafted
from db.store import Store
from tests.support.factories import FIRST_QUARTER, at, filed_plan, people, typed_task
from tests.support.trail import last_event
from tests.unit.server.conftest import Browser
from tests.unit.server.test_commands import run
from tracking.vocabulary import BriefingKind, Language

CIRCULAR = BriefingRequest(BriefingKind.CIRCULAR)


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(date(2026, 3, 20)):
        filed_plan(store, typed_task(1), typed_task(2))
        yield


def text_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_an_issued_briefing_is_a_download_and_a_draft_is_not_there(officer: Browser, store: Store):
    member = people().member
    briefing_id = draft_briefing(store, by=member, period_id=FIRST_QUARTER, wanted=CIRCULAR)
    address = f"/briefing.docx?briefing={briefing_id}"
    assert officer.get(address).status_code == 404
    issue_briefing(store, by=member, briefing_id=briefing_id, row_version=1)
    answer = officer.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=briefing.docx")
    assert answer.headers["cache-control"] == "no-store"
    assert docx.Document(BytesIO(answer.content)).sections[0].header.paragraphs[0].text == ""
    assert last_event(store).action == "take_briefing"


@pytest.mark.parametrize("query", ["", "?briefing=9", "?briefing=one"])
def test_an_address_that_means_nothing_is_refused(officer: Browser, query: str):
    assert officer.get(f"/briefing.docx{query}").status_code == 404


def test_nobody_signed_in_gets_nothing(visitor: Browser):
    assert visitor.get("/briefing.docx?briefing=1").headers["location"].startswith("/login")


def test_every_number_of_the_file_is_one_of_the_figures_told(store: Store, tmp_path: Path):
    file = tmp_path / "briefing.docx"
    done = run("briefing", "--period", "1", str(file), "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    made = drafted(store, period_id=FIRST_QUARTER, wanted=CIRCULAR, language=Language.ZH_CN)
    assert {name: one["shown"] for name, one in told["figures"].items()} == {
        name: one["shown"] for name, one in made["figures"].items()
    }
    known = {one["shown"] for one in told["figures"].values()}
    rows = {str(cell) for annex in made["content"]["annexes"] for row in annex["rows"] for cell in row}
    # Beside the figures: year, month and day, annexes, item numbers and what stands in the annexes.
    known |= {"2026", "3", "20", *"123"} | {
        number for cell in rows for number in re.findall(r"[\d.]+%?", cell)
    }
    said = set(re.findall(r"\d+(?:\.\d+)?%?", text_of(file.read_bytes())))
    assert said <= known


@pytest.mark.parametrize(
    ("more", "begins"),
    [
        ("--kind unit_sheet --unit 10000", "北省主管部门2026年"),
        ("--kind measure_sheet --measure 2", "举措2“举措2”2026年"),
        ("--kind brief --region 华北", "华北地区2026年"),
    ],
)
def test_the_command_takes_every_kind(store: Store, tmp_path: Path, more: str, begins: str):
    file = tmp_path / "sheet.docx"
    done = run("briefing", "--period", "1", *more.split(), str(file))
    assert (done.exit_code, "已写入" in done.stdout) == (0, True)
    assert text_of(file.read_bytes()).startswith(begins)


def test_a_measure_that_is_not_there_is_told(store: Store, tmp_path: Path):
    done = run("briefing", "--period", "1", "--measure", "99", str(tmp_path / "x.docx"))
    assert (done.exit_code, done.stderr) == (1, "没有序号为 99 的举措。\n")
