"""Finding the way: by keyboard to the first field, from what is missing to its field, and on a phone to what was tapped."""

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import BrowserContext, Page, expect

from db.authorities.scope import NATION
from db.seed import DEMO_PASSWORD
from db.store import open_store
from db.updates import actions as updates
from db.updates.queries import report_items
from tests.app.looping import OFFICER, period_of, person
from tests.e2e.visits import drawn, sign_in, visit
from tests.support.servers import Server
from tracking.messages import text
from tracking.vocabulary import Language

MOST_TABS = 8


def zh(key: str, **values: object) -> str:
    return text(key, Language.ZH_CN, **values)


def focused(page: Page) -> str:
    """What has the focus: the kind of element, and how it is called."""
    return str(
        page.evaluate(
            "() => { const at = document.activeElement;"
            " return `${at.tagName} ${at.id || at.getAttribute('aria-label') || at.textContent}`; }"
        )
    )


def test_the_way_to_a_field(start: Callable[[], Server], new_context: Callable[..., BrowserContext]) -> None:
    server = start()
    page = new_context().new_page()
    sign_in(page, server.url, OFFICER, DEMO_PASSWORD)

    # By keyboard alone: past the navigation and the list, into the form.
    visit(page, f"{server.url}/report")
    page.keyboard.press("Tab")
    assert "skip-link" in focused(page)
    page.keyboard.press("Enter")
    tabs = 1
    while not focused(page).startswith(("INPUT", "TEXTAREA")):
        page.keyboard.press("Tab")
        tabs += 1
        assert tabs <= MOST_TABS, focused(page)

    # What was opened has the focus.
    line = page.locator('[class*="st-key-open_task_"] button').nth(3)
    title = (line.text_content() or "").strip()
    line.focus()
    page.keyboard.press("Enter")
    drawn(page)
    expect(page.locator(".st-key-subject h3")).to_be_focused()
    assert title.split("　")[0] in focused(page)

    # What is missing leads to its task and into its field.
    store = open_store(data_dir=server.data_dir)
    by, period_id = person(store, OFFICER), period_of(store)
    item = report_items(store, NATION, authority_id=by.authority_id or 0, period_id=period_id)[5]
    updates.save_progress_update(
        store,
        by=by,
        task_id=item.task.id,
        period_id=period_id,
        row_version=0,
        draft=replace(item.draft, progress=""),
    )
    store.engine.dispose()
    visit(page, f"{server.url}/report")
    page.get_by_text(zh("report.stage_draft")).first.click()
    page.get_by_role("button", name=zh("report.hand_over_of", count=1)).click()
    page.locator('[class*="st-key-fault_0_field-progress"] button').click()
    drawn(page)
    field = page.get_by_label(zh("report.progress")).first
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()

    # On a phone the form comes into view.
    phone = new_context(has_touch=True, is_mobile=True).new_page()
    phone.set_viewport_size({"width": 390, "height": 620})
    sign_in(phone, server.url, OFFICER, DEMO_PASSWORD)
    visit(phone, f"{server.url}/report")
    expect(phone.locator(".st-key-subject h3")).not_to_be_in_viewport()
    phone.locator('[class*="st-key-open_task_"] button').nth(4).tap()
    drawn(phone)
    expect(phone.locator(".st-key-subject h3")).to_be_in_viewport()
    expect(phone.locator(".st-key-subject h3")).to_contain_text("5")
