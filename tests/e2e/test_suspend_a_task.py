"""One task stands still and goes on again: officer, signatory, member, then the overview and its light say so."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from db.authorities.scope import NATION
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import Authority, Task, TaskRequest
from db.tasks.queries import task_frame
from tests.e2e.visits import sign_in, until, visit
from tests.support.servers import Server
from tracking.messages import Message
from tracking.vocabulary import Light, RequestKind, TaskStatus

RUNNING = (TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS)
REASON = "境外安全形势变化 <b>不是标记</b>"
SUSPENDED = re.compile(r"(\d+) 项\s*中止")


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def _running_task(store: Store) -> Task:
    """A task of Zhejiang's that runs, and for which nothing was ever asked."""
    with store.read() as session:
        asked = select(TaskRequest.task_id)
        rows = select(Task).join(Authority, Authority.id == Task.authority_id)
        rows = rows.where(Authority.code == "330000", Task.in_force, Task.latest_permille < 1000)
        rows = rows.where(col(Task.status).in_(RUNNING), Task.id.not_in(asked))
        return session.exec(rows.order_by(Task.year.desc(), Task.number)).first()


def _newest_request(store: Store, task_id: int) -> TaskRequest | None:
    with store.read() as session:
        rows = select(TaskRequest).where(TaskRequest.task_id == task_id).order_by(TaskRequest.id.desc())
        return session.exec(rows).first()


def _light(store: Store, task: Task) -> Light:
    return Light(task_frame(store, NATION, notice_id=1, year=task.year, task_id=task.id)["light"].item())


class Walk:
    """A request on its way through three hands, each in a browser of its own."""

    def __init__(self, url: str, store: Store, task: Task, tab: Callable[[str], Page]) -> None:
        self.url, self.store, self.task = url, store, task
        names = ("zhejiang.officer", "zhejiang.signatory", "member", "leadership")
        self.officer, self.signatory, self.member, self.leader = map(tab, names)

    def ask(self, kind: RequestKind) -> None:
        """From the sheet of the task, on its page."""
        before = _newest_request(self.store, self.task.id)
        visit(self.officer, f"{self.url}/task?task={self.task.id}")
        self.officer.get_by_role("link", name=zh(f"{kind}_page.to_ask")).click()
        self.officer.get_by_label(zh(f"{kind}_page.reason")).fill(REASON)
        self.officer.get_by_role("button", name=zh("extension_page.ask"), exact=True).click()
        until(lambda: _newest_request(self.store, self.task.id) != before, self.officer)

    def sign(self) -> None:
        visit(self.signatory, self._address())
        expect(self.signatory.get_by_text("<b>不是标记</b>", exact=False).first).to_be_visible()
        self.signatory.get_by_role("button", name=zh("extension_page.sign"), exact=True).click()
        until(lambda: _newest_request(self.store, self.task.id).requested_at is not None, self.signatory)

    def grant(self, kind: RequestKind) -> None:
        visit(self.member, f"{self.url}/home")
        expect(self.member.get_by_text(zh("waiting.requests_to_rule"))).to_be_visible()
        visit(self.member, self._address())
        expect(
            self.member.get_by_text(zh(f"{kind}_page.light_after", light="", reason="")[:3])
        ).to_be_visible()
        self.member.get_by_role("button", name=zh(f"{kind}_page.grant"), exact=True).click()
        self.member.get_by_role("dialog").get_by_role("button", name=zh(f"{kind}_page.grant")).click()
        until(lambda: _newest_request(self.store, self.task.id).ruled_at is not None, self.member)

    def suspended_on_overview(self) -> int:
        visit(self.leader, f"{self.url}/overview")
        told = self.leader.locator(".st-key-figures [data-testid=stMetric]").filter(
            has_text=zh("task_status.suspended")
        )
        return int(SUSPENDED.search(told.inner_text())[1])

    def _address(self) -> str:
        return f"{self.url}/extensions?request={_newest_request(self.store, self.task.id).id}"


@pytest.fixture
def walk(start: Callable[[], Server], new_context: Callable) -> Walk:
    server = start()
    store = open_store(data_dir=server.data_dir)

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    yield Walk(server.url, store, _running_task(store), tab)
    store.engine.dispose()


def test_suspend_a_task_and_take_it_up_again(walk: Walk):
    task, before, light = walk.task, walk.suspended_on_overview(), _light(walk.store, walk.task)
    walk.ask(RequestKind.SUSPENSION)
    walk.sign()
    walk.grant(RequestKind.SUSPENSION)
    assert walk.suspended_on_overview() == before + 1
    visit(walk.leader, f"{walk.url}/task?task={task.id}")
    expect(walk.leader.get_by_text("中止期间不填报", exact=False)).to_be_visible()
    expect(walk.leader.locator(".st-key-headline")).to_contain_text(zh(f"light.{_light(walk.store, task)}"))
    assert _light(walk.store, task) is Light.SUSPENDED

    walk.ask(RequestKind.RESUMPTION)
    walk.sign()
    walk.grant(RequestKind.RESUMPTION)
    assert walk.suspended_on_overview() == before
    assert _light(walk.store, task) is light
    visit(walk.leader, f"{walk.url}/task?task={task.id}")
    expect(walk.leader.get_by_text("中止期间不填报", exact=False)).to_have_count(0)
