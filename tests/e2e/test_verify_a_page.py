"""One attestation in the browser: printed, scanned, verified, and after one changed figure said to be another."""

from collections.abc import Callable
from io import BytesIO

import docx
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from db.accounts.sign_in_actions import sign_in as sign_in_by_name
from db.authorities.scope import NATION
from db.plans.actions import request_plan_sign_off, revise_plan
from db.plans.queries import plan_sheet, plans_frame
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tracking.messages import text
from tracking.vocabulary import Language


def zh(key: str, **values: object) -> str:
    return text(key, Language.ZH_CN, **values)


def _own(store: Store):
    plans = plans_frame(store, NATION, notice_id=1)
    return plans[plans["authority_name"] == "浙江"].iloc[0]


def _scanned(page: Page) -> str:
    """What the code on the page that one may fetch here says."""
    address = page.get_by_role("link", name=zh("attestation.link_plan")).get_attribute("href")
    answer = page.request.get(
        f"{page.url.split('/work_plan')[0]}{address[address.index('/sign-off-page') :]}"
    )
    assert answer.ok
    document = docx.Document(BytesIO(answer.body()))
    (picture,) = (part for part in document.part.package.iter_parts() if part.content_type == "image/png")
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture.blob)))
    return found.text


def test_a_page_is_printed_and_one_changed_figure_is_named(
    start: Callable[[], Server], new_context: Callable
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    plan = _own(store)

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    officer, signatory, member = map(tab, ("zhejiang.officer", "zhejiang.signatory", "member"))

    # The plan in force: the code is typed by a member, small letters and all.
    visit(officer, f"{server.url}/work_plan?revision={plan['revision_id']}")
    code = _scanned(officer)
    visit(member, f"{server.url}/verify")
    typed = member.get_by_placeholder(zh("filter.code"))
    typed.fill(code.lower().replace("-", " "))
    typed.press("Enter")
    expect(member.get_by_text("纸质与数据一致", exact=False).first).to_be_visible()

    # An amendment is printed to be signed; then one weight is changed in the form.
    _, by = sign_in_by_name(store, sign_in_name="zhejiang.officer", password=DEMO_PASSWORD)
    revision_id = revise_plan(store, by=by, plan_id=int(plan["plan_id"]), reason="展会改期")
    request_plan_sign_off(store, by=by, revision_id=revision_id)
    visit(signatory, f"{server.url}/work_plan?revision={revision_id}")
    code = _scanned(signatory)
    task = _sheet(store, revision_id).tasks[0].task_revision_id
    visit(officer, f"{server.url}/work_plan?revision={revision_id}&task={task}")
    weight = officer.get_by_label(zh("task_field.weight_tenths"), exact=False).first
    weight.fill("9.5")
    weight.blur()
    drawn(officer)
    officer.get_by_role("button", name=zh("plan.save_task"), exact=True).first.click()
    until(lambda: 95 in [task.draft.weight_tenths for task in _sheet(store, revision_id).tasks], officer)
    visit(signatory, f"{server.url}/verify?code={code}")
    expect(signatory.get_by_text("有 1 处不同", exact=False).first).to_be_visible()
    # A grid is drawn on a canvas; what is printed of it is text.
    signatory.emulate_media(media="print")
    row = signatory.locator(".st-key-paper_differences tr", has_text="9.5")
    expect(row).to_contain_text(zh("attestation_field.weight"))

    # What has not left the unit is nobody else's: to a member there is no such code.
    visit(member, f"{server.url}/verify?code={code}")
    expect(member.get_by_text("查无此码", exact=False).first).to_be_visible()
    store.engine.dispose()


def _sheet(store: Store, revision_id: int):
    return plan_sheet(store, NATION, revision_id=revision_id)
