"""One task urged in the browser: blue issued, signed for, answered, gone unmet; only then is orange possible.

Days cannot pass within a test, so the slip's day to answer is moved into the past in the store while the server
runs: what the rule says of it changes at the next visit.
"""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlmodel import select

from db import clock
from db.authorities.scope import NATION
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import Authority, Task, UrgingSlip
from db.urging.candidates import candidates_frame
from db.urging.queries import slips_frame
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tests.support.years import this_year
from tracking.messages import Message
from tracking.vocabulary import SlipLevel, SlipStatus


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def _overdue_task(store: Store) -> int:
    """A task of Zhejiang's that nobody has urged, made overdue so that a slip may be issued."""
    urged = slips_frame(store, NATION)["task_id"].tolist()
    with store.write(None) as tx:
        task = tx.session.exec(
            select(Task)
            .join(Authority, Authority.id == Task.authority_id)
            .where(Authority.code == "330000", Task.in_force, Task.year == this_year(store))
            .where(Task.id.not_in(urged), Task.latest_permille < 900)
        ).first()
        assert task is not None
        task.due_on = task.red_on = clock.today() - timedelta(40)
        tx.audit("plant", task)
        return task.id


def _slip(store: Store, task_id: int) -> UrgingSlip | None:
    with store.read() as session:
        newest = select(UrgingSlip).where(UrgingSlip.task_id == task_id).order_by(UrgingSlip.id.desc())
        return session.exec(newest).first()


def _newest(store: Store, task_id: int) -> UrgingSlip:
    slip = _slip(store, task_id)
    assert slip is not None
    return slip


def _let_the_day_pass(store: Store, slip_id: int) -> None:
    with store.write(None) as tx:
        slip = tx.load(UrgingSlip, slip_id)
        slip.answer_by = clock.today() - timedelta(1)
        tx.audit("plant", slip)


def test_orange_follows_blue_only_after_it_went_unmet(start: Callable[[], Server], new_context: Callable):
    server = start()
    store = open_store(data_dir=server.data_dir)
    task_id = _overdue_task(store)

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    member, signatory, leader = map(tab, ("member", "zhejiang.signatory", "leadership"))

    def issue(level: SlipLevel) -> None:
        verb = zh("urging_page.issue_level", slip_level=level)
        member.get_by_role("button", name=verb, exact=True).click()
        member.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()
        until(lambda: getattr(_slip(store, task_id), "level", None) is level, member)

    visit(member, f"{server.url}/urging?show=candidates&task={task_id}")
    issue(SlipLevel.BLUE)
    blue = _newest(store, task_id)

    visit(signatory, f"{server.url}/")
    expect(signatory.get_by_text(zh("waiting.slips_to_acknowledge"))).to_be_visible()
    visit(signatory, f"{server.url}/urging?slip={blue.id}")
    signatory.get_by_role("button", name=zh("verb.acknowledge"), exact=True).click()
    until(lambda: _newest(store, task_id).status is SlipStatus.ACKNOWLEDGED, signatory)
    signatory.get_by_label(zh("urging_page.answer"), exact=True).fill("已增加人手 <b>不是标记</b>")
    signatory.get_by_role("button", name=zh("verb.answer"), exact=True).click()
    until(lambda: _newest(store, task_id).status is SlipStatus.ANSWERED, signatory)

    visit(member, f"{server.url}/urging?slip={blue.id}")
    expect(member.get_by_text("<b>不是标记</b>", exact=False).first).to_be_visible()
    expect(member.get_by_role("button", name=zh("urging_page.issue_next"), exact=True)).to_be_disabled()
    _let_the_day_pass(store, blue.id)
    visit(member, f"{server.url}/urging?slip={blue.id}")
    expect(member.get_by_text(re.compile(zh("slip_standing.unmet"))).first).to_be_visible()
    assert _next_level(store, task_id) is SlipLevel.ORANGE
    issue(SlipLevel.ORANGE)
    with store.read() as session:
        assert session.get_one(UrgingSlip, blue.id).status is SlipStatus.ESCALATED

    visit(leader, f"{server.url}/urging?slip={_newest(store, task_id).id}")
    expect(leader.get_by_role("heading", level=1)).to_contain_text(zh("slip_level.orange"))
    expect(leader.get_by_text(zh("urging_page.others"))).to_be_visible()
    drawn(leader)
    store.engine.dispose()


def _next_level(store: Store, task_id: int) -> SlipLevel:
    asked = {"notice_id": 1, "year": this_year(store), "task_id": task_id}
    return SlipLevel(candidates_frame(store, NATION, **asked)["level"].iloc[0])
