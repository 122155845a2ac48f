"""The burden of one reporting period: an officer with thirty tasks, twenty of them unchanged.

Clicks and typed fields are counted from the desk to the working group's door; docs/burden.md tells them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import Authority, ProgressUpdate, Task
from tests.e2e.visits import drawn, sign_in, sign_in_by_form, until, visit
from tests.support.servers import Server
from tests.support.years import ORDINARY
from tracking.messages import Message
from tracking.vocabulary import UpdateStatus

TASKS, CHANGED = 30, 10
# In the first period of a year nothing can be unchanged.
DAY = ORDINARY.isoformat()
MOST_CLICKS, MOST_TYPED = 30, 12
MOST_TABS = 300  # once round the page
SIGNED = "the signatory's part, and looking again (not the officer's)"
FIGURES = '[class*="-actuals-"] input, [class*="-typed_permille"] input'
# Ten cells, and one sentence on whatever stands out among the unchanged.
GRID_CLICKS, GRID_TYPED = 15, 11


@dataclass
class Hand:
    """Somebody's hand on mouse and keyboard, counted."""

    page: Page
    server: Server
    clicks: int = 0
    typed: int = 0
    steps: list[tuple[str, int, int, float]] = field(default_factory=list)

    def step(self, name: str) -> None:
        """A step ends here: told at the end with its clicks, its typed fields and the server's seconds of CPU."""
        self.steps.append((name, self.clicks, self.typed, self.server.cpu_seconds()))

    def tell(self) -> None:
        """The steps as rows of a table, shown by `pytest -s`."""
        for (_, *before), (name, *after) in pairwise(self.steps):
            clicks, typed, seconds = (now - then for now, then in zip(after, before, strict=True))
            print(f"| {name} | {clicks} | {typed} | {seconds:.1f} |")

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1
        drawn(self.page)

    def type(self, field: Locator, text: str) -> None:
        """A hand has to click into a field before it types; that click counts as well."""
        field.click()
        self.clicks += 1
        field.fill(text)
        self.typed += 1
        field.press("Tab")  # the consequence is shown at once, not after a rest of the hand
        drawn(self.page)


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def _statuses(store: Store) -> list[UpdateStatus]:
    """The status of each update of Zhejiang's that is on its way."""
    with store.read() as session:
        return list(
            session.exec(
                select(ProgressUpdate.status)
                .join(Task, Task.id == ProgressUpdate.task_id)
                .join(Authority, Authority.id == Task.authority_id)
                .where(Authority.code == "330000", ProgressUpdate.status != UpdateStatus.DRAFT)
                .where(ProgressUpdate.accepted_at.is_(None), ProgressUpdate.returned_at.is_(None))
            )
        )


def _newest(store: Store, task_id: int) -> ProgressUpdate:
    """The task's report for this period, or for the last one before any is made."""
    with store.read() as session:
        newest = select(ProgressUpdate).where(ProgressUpdate.task_id == task_id)
        return session.exec(newest.order_by(ProgressUpdate.id.desc())).first()


def _last_accepted(store: Store, task_id: int) -> ProgressUpdate:
    """What was accepted of it last."""
    with store.read() as session:
        return session.get_one(ProgressUpdate, session.get_one(Task, task_id).latest_update_id)


def _lines(page: Page) -> Locator:
    """The lines of what is still to be reported."""
    return page.locator('[class*="st-key-group_todo"] [class*="st-key-open_task_"] button')


def _tick(page: Page, index: int) -> Locator:
    return page.locator('[class*="st-key-group_todo"] [data-testid="stCheckbox"] label').nth(index + 1)


def _begins_filled_in(page: Page, last: ProgressUpdate) -> None:
    """Nothing is asked twice: what was said last is there, and no figure begins empty."""
    for name in ("progress", "difficulties", "next_steps"):
        shown = page.get_by_role("textbox", name=zh(f"report.{name}")).input_value()
        assert shown == getattr(last, name)
    for figure in page.locator(FIGURES).all():
        assert figure.input_value()


def _report_a_change(hand: Hand) -> bool:
    """One value more than last time, or one milestone more; before the last one there is only something to say."""
    field = hand.page.locator(FIGURES)
    open_steps = hand.page.locator('[class*="-milestone-"] label:not(:has(input:checked))')
    if field.count():
        last = field.first.input_value().replace(",", "")
        hand.type(field.first, str(int(float(last or 0)) + 1))
    elif open_steps.count() > 1:
        hand.click(open_steps.first)
    else:
        return False
    return True


def _say_what_is_new(hand: Hand, last: ProgressUpdate) -> None:
    """The text of the last period is not handed over for this one: the change writes its own, else it is typed."""
    text = hand.page.get_by_role("textbox", name=zh("report.progress"))
    if _report_a_change(hand):
        expect(text).not_to_have_value(last.progress)
    else:
        hand.type(text, "本期按计划推进，完成阶段任务。")


def _report_the_rest_unchanged(hand: Hand, verb: str) -> None:
    """In one go; where some of it stands out, a sentence says why it has not moved."""
    button = hand.page.get_by_role("button", name=zh(verb, count=TASKS - CHANGED))
    asks = bool(hand.page.get_by_test_id("stPopover").filter(has=button).count())
    hand.click(button)
    if asks:
        hand.type(hand.page.get_by_role("textbox", name=zh("report.sentence")), "按计划下季度集中推进。")
        report = zh("report.no_change_do", count=TASKS - CHANGED)
        hand.click(hand.page.get_by_test_id("stPopoverBody").get_by_role("button", name=report))


def _at_the_desk(server: Server, new_context: Callable) -> tuple[Hand, Store]:
    """The officer, signed in, and the store to look into."""
    page = new_context().new_page()
    sign_in_by_form(page, server.url, "zhejiang.officer", DEMO_PASSWORD)
    drawn(page)
    hand = Hand(page, server)
    hand.step("")
    return hand, open_store(data_dir=server.data_dir)


def test_thirty_tasks_are_reported_by_form_within_thirty_clicks(
    start: Callable[..., Server], new_context: Callable
):
    hand, store = _at_the_desk(start(day=DAY), new_context)
    page = hand.page
    hand.click(page.get_by_role("link", name=zh("page.report")).first)
    expect(_lines(page)).to_have_count(TASKS)
    hand.step("open the report page")
    for left in range(TASKS, TASKS - CHANGED, -1):
        expect(_lines(page)).to_have_count(left)
        task_id = int(parse_qs(urlsplit(page.url).query)["task"][0])
        last = _last_accepted(store, task_id)
        _begins_filled_in(page, last)
        _say_what_is_new(hand, last)
        hand.click(page.get_by_role("button", name=zh("report.hand_over"), exact=True))
        expect(_lines(page)).to_have_count(left - 1)
        assert _newest(store, task_id).progress != last.progress
    hand.step("ten tasks, one after the other: a figure, a milestone or a sentence, and hand over")
    hand.click(_tick(page, -1))
    _report_the_rest_unchanged(hand, "report.no_change_of")
    until(lambda: len(_statuses(store)) == TASKS, page)
    hand.step("tick all that is left, report it as unchanged, with a sentence on what stands out")

    _signed_off(hand, store, new_context)
    _submit_all(hand, store)

    assert hand.clicks <= MOST_CLICKS
    assert hand.typed <= MOST_TYPED
    store.engine.dispose()


def test_thirty_tasks_are_reported_by_grid_within_fifteen_clicks(
    start: Callable[..., Server], new_context: Callable
):
    hand, store = _at_the_desk(start(day=DAY), new_context)
    page = hand.page
    hand.click(page.get_by_role("link", name=zh("page.report")).first)
    hand.click(page.get_by_text(zh("grid.entry_grid"), exact=True))
    hand.click(page.locator('textarea[data-cell^="actuals."]').first)
    hand.step("open the report page, switch to the grid, click into the first figure")
    changed = _type_down_the_column(hand)
    hand.step("ten figures down the column, the next row by Enter")
    hand.click(page.get_by_role("button", name=zh("grid.write_news", count=CHANGED)))
    expect(page.get_by_role("button", name=zh("grid.write_news", count=0))).to_be_visible()
    drawn(page)  # the rows grow by what was written, and the button below them moves
    hand.click(page.get_by_role("button", name=zh("grid.hand_over", count=CHANGED)))
    until(lambda: len(_statuses(store)) == CHANGED, page)
    hand.step("let the figures write the progress, hand over all ten")
    _report_the_rest_unchanged(hand, "grid.no_change")
    until(lambda: len(_statuses(store)) == TASKS, page)
    hand.step("report the rest as unchanged, with a sentence on what stands out")
    for task_id, value in changed.items():
        newest, last = _newest(store, task_id), _last_accepted(store, task_id)
        assert newest.progress != last.progress
        assert value in newest.progress

    _signed_off(hand, store, new_context)
    hand.click(page.get_by_text(zh("grid.entry_single"), exact=True))
    _submit_all(hand, store)

    assert hand.clicks <= GRID_CLICKS
    assert hand.typed <= GRID_TYPED
    store.engine.dispose()


def _type_down_the_column(hand: Hand) -> dict[int, str]:
    """In ten rows one value more than last time, the next row by Enter; gives task → what was typed."""
    typed: dict[int, str] = {}
    while len(typed) < CHANGED:
        cell = hand.page.locator("textarea:focus")
        if (cell.get_attribute("data-cell") or "").startswith("actuals."):
            value = f"{int(float(cell.input_value().replace(',', '') or 0)) + 1:,}"
            hand.page.keyboard.type(value)
            hand.typed += 1
            typed[int(cell.locator("xpath=ancestor::tr").get_attribute("data-task") or 0)] = value
        hand.page.keyboard.press("Enter")
    drawn(hand.page)
    return typed


def test_thirty_tasks_are_reported_by_grid_without_a_mouse(
    start: Callable[..., Server], new_context: Callable
):
    server = start(day=DAY)
    store = open_store(data_dir=server.data_dir)
    page = new_context().new_page()
    sign_in(page, server.url, "zhejiang.officer", DEMO_PASSWORD)
    visit(page, f"{server.url}/report?filling=grid")
    _tab_to(page, page.locator("#skip-link"))
    page.keyboard.press("Enter")
    _tab_to(page, page.locator('textarea[data-cell^="actuals."]'))
    _type_down_the_column(Hand(page, server))
    page.keyboard.press("Escape")
    _press(page, zh("grid.write_news", count=CHANGED))
    expect(page.get_by_role("button", name=zh("grid.write_news", count=0))).to_be_visible()
    drawn(page)
    _press(page, zh("grid.hand_over", count=CHANGED))
    until(lambda: len(_statuses(store)) == CHANGED, page)
    _press(page, zh("grid.no_change", count=TASKS - CHANGED))
    asked = page.get_by_test_id("stPopoverBody")
    _tab_to(page, asked.get_by_role("textbox"))
    page.keyboard.type("按计划下季度集中推进。")
    page.keyboard.press("Tab")
    drawn(page)
    _press(asked, zh("report.no_change_do", count=TASKS - CHANGED))
    until(lambda: len(_statuses(store)) == TASKS, page)
    store.engine.dispose()


def _press(place: Page | Locator, name: str) -> None:
    """Go on by Tab to the button of this name, and press it."""
    button = place.get_by_role("button", name=name)
    expect(button).to_be_enabled()
    _tab_to(button.page, button)
    button.page.keyboard.press("Enter")


def _tab_to(page: Page, target: Locator) -> None:
    """Go on by Tab until it has the focus."""
    expect(target.first).to_be_attached()
    focused = target.and_(page.locator(":focus"))
    for _ in range(MOST_TABS):
        if focused.count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab")


def _submit_all(hand: Hand, store: Store) -> None:
    page = hand.page
    hand.click(page.locator('[class*="st-key-group_signed_off"] [data-testid="stCheckbox"] label').first)
    submit = zh("report.submit_of", count=TASKS)
    hand.click(page.get_by_role("button", name=submit))
    hand.click(page.get_by_role("dialog").get_by_role("button", name=submit))
    until(lambda: _statuses(store) == [UpdateStatus.SUBMITTED] * TASKS, page)
    hand.step("tick all that is signed, submit, confirm")
    hand.tell()


def _signed_off(hand: Hand, store: Store, new_context: Callable) -> None:
    """The signatory's part, and the officer's page as it stands then."""
    _sign_off(new_context().new_page(), hand.server)
    until(lambda: set(_statuses(store)) == {UpdateStatus.SIGNED_OFF}, hand.page)
    hand.page.reload()
    drawn(hand.page)
    hand.step(SIGNED)


def _sign_off(page: Page, server: Server) -> None:
    """All at once, after a word on what is unusual among it."""
    sign_in(page, server.url, "zhejiang.signatory", DEMO_PASSWORD)
    page.goto(f"{server.url}/sign_off")
    drawn(page)
    sign = zh("sign_off.sign_of", count=TASKS)
    page.get_by_role("button", name=sign).click()
    page.get_by_role("dialog").get_by_role("button", name=sign).click()
