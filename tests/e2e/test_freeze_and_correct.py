"""A period is frozen, a figure of it corrected: published and corrected stand side by side, and any day before is kept."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlmodel import select

from db import clock
from db.authorities.scope import NATION
from db.corrections.queries import corrections_frame
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import Correction, ReportingPeriod
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tracking.messages import Message
from tracking.vocabulary import CorrectionStatus


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def _correction(store: Store, correction_id: int) -> Correction:
    with store.read() as session:
        return session.get_one(Correction, correction_id)


def _completion(page: Page, address: str) -> str:
    """The first figure of the page."""
    visit(page, address)
    return page.locator('[data-testid="stMetricValue"]').first.inner_text()


def test_a_correction_stands_beside_what_was_published(
    start: Callable[[], Server], new_context: Callable, requested: list[str]
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    draft = corrections_frame(store, NATION, notice_id=1, status=CorrectionStatus.DRAFT).iloc[0]
    correction_id, period = int(draft["correction_id"]), int(draft["period_id"])

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    signatory, member, leader = map(tab, ("zhejiang.signatory", "member", "leadership"))
    zhejiang = f"{server.url}/region?unit=11&period={period}"
    published = _completion(leader, zhejiang)

    visit(signatory, f"{server.url}/corrections?correction={correction_id}")
    signatory.get_by_role("button", name=zh("verb.sign_off"), exact=True).click()
    signatory.get_by_role("dialog").get_by_role("button", name=zh("verb.sign_off"), exact=True).click()
    until(lambda: _correction(store, correction_id).status is CorrectionStatus.REQUESTED, signatory)

    visit(member, f"{server.url}/corrections?correction={correction_id}")
    member.get_by_role("button", name=zh("verb.approve"), exact=True).click()
    member.get_by_role("dialog").get_by_role("button", name=zh("verb.approve"), exact=True).click()
    until(lambda: _correction(store, correction_id).status is CorrectionStatus.APPROVED, member)

    assert _completion(leader, zhejiang) != published
    assert _completion(leader, f"{zhejiang}&figures=published") == published
    expect(leader.get_by_text(zh("vintage.shows_published"))).to_be_visible()
    yesterday = clock.today() - timedelta(1)
    assert _completion(leader, f"{zhejiang}&as_of={yesterday}") == published
    leader.get_by_role("button", name=zh("vintage.back")).click()
    expect(leader.get_by_text(re.compile(f"截至 {yesterday} 所掌握"))).to_have_count(0)
    assert requested
    store.engine.dispose()


def test_one_control_takes_the_page_to_a_past_day_and_the_next_page_with_it(
    server: Server, new_context: Callable
):
    page = new_context().new_page()
    sign_in(page, server.url, "leadership", DEMO_PASSWORD)
    now = _completion(page, f"{server.url}/overview")
    day = clock.today() - timedelta(60)
    then = _completion(page, f"{server.url}/overview?as_of={day}")
    assert then != now
    page.get_by_text(re.compile(f"截至 {day} 所掌握")).wait_for()
    page.locator('[data-testid="stDataFrame"]').last.scroll_into_view_if_needed()
    box = page.locator('[data-testid="stDataFrame"]').last.bounding_box()
    assert box
    page.mouse.click(box["x"] + 60, box["y"] + 60)
    page.wait_for_url("**/region?*")
    assert f"as_of={day}" in page.url
    drawn(page)
    expect(page.get_by_text(re.compile(f"截至 {day} 所掌握"))).to_be_visible()


def test_freezing_keeps_the_official_figures(start: Callable[[], Server], new_context: Callable):
    server = start()
    store = open_store(data_dir=server.data_dir)
    with store.read() as session:
        closed = session.exec(
            select(ReportingPeriod)
            .where(ReportingPeriod.status == "closed")
            .order_by(ReportingPeriod.ends_on)
        ).first()
    assert closed
    page = new_context().new_page()
    sign_in(page, server.url, "member", DEMO_PASSWORD)
    visit(page, f"{server.url}/periods?period={closed.id}")
    freeze = zh("period_act.freeze")
    page.get_by_role("button", name=freeze, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=freeze, exact=True).click()

    def frozen() -> bool:
        with store.read() as session:
            return session.get_one(ReportingPeriod, closed.id).frozen_at is not None

    until(frozen, page)
    visit(page, f"{server.url}/overview?period={closed.id}&figures=published")
    expect(page.get_by_text(zh("vintage.shows_published"))).to_be_visible()
    store.engine.dispose()
