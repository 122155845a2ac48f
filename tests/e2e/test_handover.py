"""A post with open tasks changes hands: preview, act, both are told, the sheet prints, and the past keeps its name."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
from playwright.sync_api import Page, expect
from sqlmodel import select

from db import clock
from db.authorities.scope import NATION
from db.handovers.items import open_lines
from db.handovers.queries import handovers_frame
from db.officers.queries import holder_on, posts_frame
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import Account, Officer
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tracking.messages import Message

ZHEJIANG = "浙江省中小企业主管部门"


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def _post(store: Store):
    """A held post of Zhejiang's with open tasks that no handover is about."""
    posts = posts_frame(store, NATION, on=clock.today())
    taken = handovers_frame(store, NATION)["post_id"]
    free = posts[(posts["authority_name"] == ZHEJIANG) & (posts["open_tasks"] > 0)]
    return next(free[~free["post_id"].isin(taken) & free["officer_id"].notna()].itertuples())


def _name_of(store: Store, sign_in_name: str) -> str:
    with store.read() as session:
        named = select(Officer.name).join(Account, Account.officer_id == Officer.id)
        return session.exec(named.where(Account.sign_in_name == sign_in_name)).one()


def test_a_post_changes_hands(start: Callable[[], Server], new_context: Callable, requested: list[str]):
    server = start()
    store = open_store(data_dir=server.data_dir)
    post, incoming = _post(store), _name_of(store, "zhejiang.officer")
    known, items = len(handovers_frame(store, NATION)), len(open_lines(store, NATION, post_id=post.post_id))

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    signatory, officer, leader = map(tab, ("zhejiang.signatory", "zhejiang.officer", "leadership"))

    visit(signatory, f"{server.url}/handover?post={post.post_id}")
    expect(signatory.get_by_text(f"{zh('handover_kind.task')} {post.open_tasks} 项").first).to_be_visible()
    signatory.get_by_role("combobox", name=zh("handover_sheet.incoming")).click()
    signatory.get_by_role("option", name=incoming).click()
    drawn(signatory)  # the choice is a run of the page, which draws the button anew
    signatory.get_by_role("button", name=zh("handover_page.confirm"), exact=True).click()
    dialog = signatory.get_by_role("dialog")
    expect(dialog).to_contain_text(f"未了事项 {items} 项")
    dialog.get_by_role("button", name=zh("handover_page.confirm"), exact=True).click()
    until(lambda: len(handovers_frame(store, NATION)) > known, signatory)
    assert holder_on(store, post.post_id, clock.today()).name == incoming
    key = int(handovers_frame(store, NATION)["handover_id"].max())

    visit(officer, f"{server.url}/")
    expect(officer.get_by_text(f"由您接任“{post.post_title}”").first).to_be_visible()
    visit(officer, f"{server.url}/handover?handover={key}")
    _prints(officer, post.open_tasks)
    content = officer.request.get(f"{server.url}/handover.docx?handover={key}").body()
    rows = docx.Document(BytesIO(content)).tables[1].rows
    assert len(rows) == items + 1

    earlier = clock.today() - timedelta(1)
    visit(leader, f"{server.url}/officers?on={earlier}&post={post.post_id}")
    expect(leader.get_by_text(zh("officers_page.nobody_then"))).to_have_count(0)
    expect(leader.locator("strong", has_text=post.officer_name).first).to_be_visible()
    visit(leader, f"{server.url}/officers?post={post.post_id}")
    expect(leader.locator("strong", has_text=incoming).first).to_be_visible()
    assert requested
    store.engine.dispose()


def _prints(page: Page, tasks: int) -> None:
    """On paper stand the items and the places to sign, and nothing that one would click."""
    sheet = page.locator(".st-key-handover_sheet")
    expect(sheet.locator("tbody tr", has_text=zh("handover_kind.task"))).to_have_count(tasks)
    page.emulate_media(media="print")
    for name in ("sign_outgoing", "sign_incoming", "sign_supervisor"):
        expect(sheet.get_by_text(zh(f"handover_sheet.{name}"))).to_be_visible()
    for hidden in ('[data-testid="stSidebar"]', ".st-key-sheet_acts", '[data-testid="stPageLink"]'):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")
