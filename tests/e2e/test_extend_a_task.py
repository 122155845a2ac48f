"""One request for a later date on its way: officer, signatory, member; then the register and the light say so."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from db.authorities.scope import NATION
from db.moves.queries import move_totals
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import Authority, DateMove, Notice, Task, TaskRequest
from tests.e2e.visits import sign_in, until, visit
from tests.support.servers import Server
from tests.support.years import ORDINARY
from tracking.messages import Message


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def _task_due_soon(store: Store) -> Task:
    """The task of Zhejiang's that falls due next."""
    with store.read() as session:
        rows = select(Task).join(Authority, Authority.id == Task.authority_id)
        rows = rows.where(Authority.code == "330000", Task.in_force, Task.latest_permille < 1000)
        rows = rows.where(col(Task.due_on) > ORDINARY + timedelta(1))
        return session.exec(rows.order_by(Task.due_on, Task.number)).first()


def _request_of(store: Store, task_id: int) -> TaskRequest | None:
    """The newest: in winter a task that is still due has been given time before."""
    with store.read() as session:
        rows = select(TaskRequest).where(TaskRequest.task_id == task_id).order_by(col(TaskRequest.id).desc())
        return session.exec(rows).first()


def _type_day(page: Page, label: str, day: date) -> None:
    """Type a day into a date field, part by part; it is taken once one leaves the field."""
    group = page.locator('[data-testid="stDateInput"]').filter(has_text=label)
    group.locator('[role="spinbutton"]').first.click()
    page.keyboard.type(f"{day:%Y%m%d}")
    page.locator("h1").click()


def test_extend_a_task(start: Callable[..., Server], new_context: Callable, requested: list[str]):
    # In the first period of a year an interim target may turn a task red, whatever is granted.
    server = start(day=ORDINARY.isoformat())
    store = open_store(data_dir=server.data_dir)
    task = _task_due_soon(store)
    before, granted = _request_of(store, task.id), task.due_on + timedelta(20)

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    officer, signatory, member, leader = map(
        tab, ("zhejiang.officer", "zhejiang.signatory", "member", "leadership")
    )
    visit(officer, f"{server.url}/task?task={task.id}")
    officer.get_by_role("link", name=zh("extension_page.to_ask")).click()
    officer.get_by_label(zh("extension_page.reason")).fill("境外展会改期 <b>不是标记</b>")
    officer.get_by_label(zh("extension_page.progress")).fill("已完成招展")
    officer.get_by_role("button", name=zh("extension_page.ask"), exact=True).click()
    until(lambda: _request_of(store, task.id) != before, officer)

    visit(signatory, f"{server.url}/extensions?request={_request_of(store, task.id).id}")
    expect(signatory.get_by_text("<b>不是标记</b>", exact=False).first).to_be_visible()
    signatory.get_by_role("button", name=zh("extension_page.sign"), exact=True).click()
    until(lambda: _request_of(store, task.id).requested_at is not None, signatory)

    visit(member, f"{server.url}/home")
    expect(member.get_by_text(zh("waiting.requests_to_rule"))).to_be_visible()
    visit(member, f"{server.url}/extensions?request={_request_of(store, task.id).id}")
    _type_day(member, zh("extension_page.granted_due_on"), granted)
    said = zh("extension_page.light_after", day=f"{granted:%Y-%m-%d}", light="", reason="").split("：")[0]
    expect(member.get_by_text(said, exact=False)).to_be_visible()
    member.get_by_role("button", name=zh("extension_page.grant"), exact=True).click()
    member.get_by_role("dialog").get_by_role("button", name=zh("extension_page.grant")).click()
    until(lambda: _request_of(store, task.id).granted_due_on is not None, member)
    assert _request_of(store, task.id).granted_due_on == granted

    with store.read() as session:
        moves = select(DateMove).where(DateMove.task_id == task.id).order_by(col(DateMove.id).desc())
        moved = session.exec(moves).first()
        due_on, red_on = session.exec(select(Task.due_on, Task.red_on).where(Task.id == task.id)).one()
        notice_id = session.exec(select(Notice.id)).one()
    assert (moved.from_on, moved.to_on, moved.days, due_on) == (task.due_on, granted, 20, granted)
    assert red_on > task.red_on
    totals = move_totals(store, NATION, notice_id=notice_id, year=task.year)
    visit(leader, f"{server.url}/extensions")
    expect(leader.locator(".st-key-headline")).to_contain_text(f"{totals.moves} 次")
    visit(leader, f"{server.url}/task?task={task.id}")
    expect(leader.get_by_text(f"{granted:%Y-%m-%d}").first).to_be_visible()
    with leader.expect_download() as download:
        leader.evaluate(f"location.href = '/moves.xlsx?notice={notice_id}&year={task.year}'")
    assert download.value.suggested_filename.endswith(".xlsx")
    store.engine.dispose()
