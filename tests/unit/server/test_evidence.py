"""Evidence on its way to a browser: whose it is, and how it is sent."""

from datetime import date

import pytest

from db.accounts import actions as accounts
from db.evidence import actions as evidence
from db.store import Store
from db.updates import actions as updates
from tests.support.factories import FIRST_QUARTER, SOUTH, at, fairs_held, filed_plan, people
from tests.support.finding import some
from tests.unit.server.conftest import CHOSEN, Browser
from tracking.vocabulary import Role

PDF = b"%PDF-1.7 report"


@pytest.fixture(autouse=True)
def _march():
    with at(date(2026, 3, 20)):
        yield


@pytest.fixture
def update_id(store: Store) -> int:
    """A draft of the northern unit's."""
    (task_id,) = filed_plan(store)
    return updates.save_progress_update(
        store,
        by=people().officer,
        task_id=task_id,
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(3),
    )


@pytest.fixture
def evidence_id(store: Store, update_id: int) -> int:
    """A file attached to it."""
    return evidence.attach_evidence(
        store, by=people().officer, update_id=update_id, name="总结.pdf", content=PDF
    )


def submit(store: Store, update_id: int) -> None:
    cast = people()
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=cast.officer, update_id=update_id)


@pytest.fixture
def submitted_id(store: Store, update_id: int, evidence_id: int) -> int:
    """The file once its update was submitted."""
    submit(store, update_id)
    return evidence_id


def enter_as(visitor: Browser, store: Store, role: Role, authority_id: int | None = None) -> Browser:
    made = accounts.create_account(
        store, by=None, sign_in_name="other", name="李四", authority_id=authority_id, roles=[role]
    )
    visitor.sign_in(made)
    visitor.post("/password", {"current": made.password, "password": CHOSEN, "repeated": CHOSEN})
    return visitor


def test_the_own_unit_gets_the_file_whole_and_as_a_download(officer: Browser, evidence_id: int):
    answer = officer.get(f"/evidence/{evidence_id}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-disposition"].endswith("filename*=UTF-8''%E6%80%BB%E7%BB%93.pdf")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_a_page_on_the_web_is_gone_on_to_without_saying_whence(
    officer: Browser, store: Store, update_id: int
):
    address = "https://example.invalid/news?id=3"
    evidence_id = evidence.attach_link(store, by=people().officer, update_id=update_id, address=address)
    answer = officer.get(f"/evidence/{evidence_id}")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert answer.headers["referrer-policy"] == "same-origin"


def test_the_working_group_gets_it_once_it_was_submitted(
    visitor, store: Store, update_id: int, evidence_id: int
):
    member = enter_as(visitor, store, Role.MEMBER)
    assert member.get(f"/evidence/{evidence_id}").status_code == 404
    submit(store, update_id)
    assert member.get(f"/evidence/{evidence_id}").content == PDF


@pytest.mark.parametrize(
    ("role", "authority_id", "status"),
    [
        (Role.REPORTING_OFFICER, SOUTH, 404),
        (Role.SYSTEM_ADMINISTRATOR, None, 403),
        (Role.AUDIT_ADMINISTRATOR, None, 403),
    ],
)
def test_nobody_else_gets_it(visitor, store: Store, submitted_id: int, role, authority_id, status):
    answer = enter_as(visitor, store, role, authority_id).get(f"/evidence/{submitted_id}")
    assert answer.status_code == status
    assert PDF not in answer.content


def test_a_file_there_is_not_is_refused_in_one_sentence(officer: Browser):
    answer = officer.get("/evidence/999")
    assert answer.status_code == 404
    assert "要找的内容不存在" in answer.text


def test_a_file_whose_bytes_are_gone_is_told_so(officer: Browser, store: Store, evidence_id: int):
    for path in some(path for path in some(store.settings.evidence_dir.rglob("*")) if path.is_file()):
        path.unlink()
    assert "未能读取" in officer.get(f"/evidence/{evidence_id}").text
