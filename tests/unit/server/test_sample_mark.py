"""While the sample is loaded every page, export, paper and answer says so; where it is not, none does."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import httpx
import pypdfium2
import pytest

from db.accounts.token_actions import issue_token
from db.backups.take_out import take_out
from db.briefings.actions import draft_briefing
from db.briefings.material import BriefingRequest
from db.handovers.actions import hand_over_post
from db.store import Store
from db.tables import Notice
from db.urging.actions import issue_slips
from server.routes import ROUTES
from tests.support.factories import FIRST_QUARTER, NORTH_POST, at, filed_plan, people, typed_task
from tests.support.fonts import needs_chinese_font
from tests.support.register_cases import add_registers
from tests.unit.server.readers import TODAY, Readers
from tests.unit.server.test_commands import run
from tracking.messages import text
from tracking.vocabulary import BriefingKind, Language, Role, TokenScope

MARK, WANTED = "示例数据", BriefingRequest(BriefingKind.CIRCULAR)
FILES = {
    "/ledger.xlsx": (Role.MEMBER, f"?period={FIRST_QUARTER}"),
    "/ledger.csv": (Role.MEMBER, f"?period={FIRST_QUARTER}"),
    "/ledger-form.xlsx": (Role.REPORTING_OFFICER, f"?period={FIRST_QUARTER}"),
    "/plan-form.xlsx": (Role.REPORTING_OFFICER, "?revision=1"),
    "/handover.docx": (Role.REPORTING_OFFICER, "?handover=1"),
    "/sign-off-page.docx": (Role.REPORTING_OFFICER, "?revision=1"),
    "/slip.docx": (Role.REPORTING_OFFICER, "?slip=1"),
    "/briefing.docx": (Role.MEMBER, "?briefing=1"),
    "/coverage.docx": (Role.MEMBER, "?notice=1"),
    "/changes.docx": (Role.MEMBER, "?notice=1"),
    "/plan.docx": (Role.MEMBER, "?revision=1"),
    "/unit.docx": (Role.MEMBER, f"?period={FIRST_QUARTER}&unit=1"),
    "/moves.xlsx": (Role.MEMBER, "?notice=1&year=2026"),
    "/countries.xlsx": (Role.MEMBER, "?notice=1"),
    "/registers.xlsx": (Role.MEMBER, "?register=1"),
}
# Every paper is there as PDF too.
PDFS = {path.replace(".docx", ".pdf"): asked for path, asked in FILES.items() if path.endswith(".docx")}
# One's own workbook is given back as it was made; everything is tested below, as a folder.
OTHERS = {"/ledger-marked.xlsx", "/everything.zip"}


@pytest.fixture(params=[True, False], ids=["sample", "real"])
def sample(request: pytest.FixtureRequest, store: Store) -> bool:
    """Whether the store was filled with the sample, as its trail tells."""
    with at(TODAY):
        if request.param:
            with store.write(None) as tx:
                tx.audit("load_sample", tx.load(Notice, 1))
        filed_plan(store, typed_task(1, due_on=date(2026, 3, 1)), typed_task(2))
    return bool(request.param)


@pytest.fixture
def readers(build: Callable, store: Store) -> Readers:
    return Readers(build, store)


def _fill(store: Store) -> None:
    add_registers(store)
    cast, asked = people(), {"answer_by": TODAY + timedelta(9), "demand": "请反馈"}
    with at(TODAY):
        issue_slips(store, by=cast.member, task_ids=[1], **asked)
        draft_briefing(store, by=cast.member, period_id=FIRST_QUARTER, wanted=WANTED)
        hand_over_post(store, by=cast.officer, post_id=NORTH_POST, effective_on=TODAY, officer_id=2)


def _words(content: bytes) -> str:
    """All that a file says, a package unpacked."""
    if content.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(content) as pages:
            return "".join(page.get_textpage().get_text_range() for page in pages)
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as parts:
        return "".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())


def test_every_file_of_the_server_says_so_or_does_not(store: Store, readers: Readers, sample: bool):
    _fill(store)
    routes = {getattr(route, "path", "") for route in ROUTES}
    files = {path for path in routes if path.endswith((".docx", ".xlsx", ".csv", ".zip", ".pdf"))}
    assert files == FILES.keys() | PDFS.keys() | OTHERS
    found = {path: MARK in _words(readers.take(role, path + query)) for path, (role, query) in FILES.items()}
    assert found == dict.fromkeys(FILES, sample)


def test_every_paper_says_so_as_pdf_too(store: Store, readers: Readers, sample: bool):
    needs_chinese_font()
    _fill(store)
    found = {path: MARK in _words(readers.take(role, path + query)) for path, (role, query) in PDFS.items()}
    assert found == dict.fromkeys(PDFS, sample)


def test_a_draft_says_at_its_head_that_it_is_one_too(readers: Readers, sample: bool):
    head = ">示例数据　草稿<" if sample else ">草稿<"
    assert head in _words(readers.take(Role.MEMBER, "/coverage.docx?notice=1"))


def test_the_sign_in_page_says_so_in_the_language_of_the_browser(visitor, sample: bool):
    for language in Language:
        note = text("sample.note", language)
        assert (note in visitor.get(f"/login?language={language}").text) is sample


def test_a_briefing_of_the_command_line_and_everything_say_so(store: Store, tmp_path: Path, sample: bool):
    with at(TODAY):
        done = run("briefing", "--period", "1", str(tmp_path / "briefing.docx"))
        assert done.exit_code == 0, done.stderr
        take_out(store, tmp_path / "everything")
    assert (MARK in _words((tmp_path / "briefing.docx").read_bytes())) is sample
    assert (tmp_path / "everything" / "README.txt").read_text().startswith(MARK) is sample


def test_every_answer_of_the_api_says_so(build: Callable, store: Store, sample: bool):
    with at(TODAY):
        token = issue_token(store, by=people().officer, name="t", scope=TokenScope.READ, expires_on=TODAY)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(build()), base_url="http://tracker.example")
        for path, secret in (("/me", token.secret), ("/tasks", token.secret), ("/me", "none")):
            headers = {"Authorization": f"Bearer {secret}"}
            answer = asyncio.run(client.get(f"/api/v1{path}", headers=headers))
            assert (answer.headers.get("x-sample-data") == "true") is sample, path
