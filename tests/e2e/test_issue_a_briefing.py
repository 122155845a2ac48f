"""One briefing in the browser: drafted and edited by a member, issued, read by a unit, downloaded as Word."""

from collections.abc import Callable
from io import BytesIO

import docx
from playwright.sync_api import Page, expect

from db.authorities.scope import NATION
from db.briefings.queries import briefing_sheet, briefings_frame
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tracking.messages import text
from tracking.vocabulary import BriefingStatus, Language


def zh(key: str, **values: object) -> str:
    return text(key, Language.ZH_CN, **values)


def _newest(store: Store) -> int:
    return int(briefings_frame(store, NATION, drafts=True, notice_id=1)["briefing_id"].iloc[0])


def _sheet(store: Store, briefing_id: int):
    return briefing_sheet(store, NATION, drafts=True, briefing_id=briefing_id)


def _downloaded(page: Page) -> docx.document.Document:
    address = page.get_by_role("link", name=zh("briefings_page.word")).get_attribute("href")
    answer = page.request.get(f"{page.url.split('/briefings')[0]}/{address.split('/')[-1]}")
    assert answer.ok
    return docx.Document(BytesIO(answer.body()))


def test_a_member_drafts_edits_and_issues_what_a_unit_then_reads(
    start: Callable[[], Server], new_context: Callable
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    before = _newest(store)

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    member, officer = map(tab, ("member", "zhejiang.officer"))

    visit(member, f"{server.url}/briefings")
    member.get_by_text(zh("briefings_page.new"), exact=True).first.click()
    member.get_by_role("button", name=zh("briefings_page.draft"), exact=True).click()
    until(lambda: _newest(store) != before, member)
    briefing_id = _newest(store)

    visit(member, f"{server.url}/briefings?briefing={briefing_id}")
    opening = member.get_by_label(zh("briefing.heading_opening"), exact=True)
    opening.fill("现将有关情况通报如下。<b>不是标记</b>")
    opening.blur()
    drawn(member)
    member.get_by_role("button", name=zh("briefings_page.save"), exact=True).click()
    until(lambda: _sheet(store, briefing_id).version.number == 2, member)
    head = _downloaded(member).sections[0].header.paragraphs[0].text
    assert head.endswith(zh("briefing.draft"))

    verb = zh("briefings_page.issue")
    member.get_by_role("button", name=verb, exact=True).click()
    member.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()
    until(lambda: _sheet(store, briefing_id).briefing.status is BriefingStatus.ISSUED, member)

    visit(officer, f"{server.url}/inbox")
    expect(officer.get_by_text("印发了", exact=False).first).to_be_visible()
    visit(officer, f"{server.url}/briefings?briefing={briefing_id}")
    expect(officer.get_by_text("<b>不是标记</b>", exact=False).first).to_be_visible()
    document = _downloaded(officer)
    assert document.sections[0].header.paragraphs[0].text == zh("sample.mark")
    words = [line.text for line in document.paragraphs]
    assert "现将有关情况通报如下。<b>不是标记</b>" in words
    overall = _sheet(store, briefing_id).version.content["sections"]["overall"].splitlines()
    assert set(overall) <= set(words)
    store.engine.dispose()
