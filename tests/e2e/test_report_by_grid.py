"""The grid of a period by keyboard alone: typed fast, walked through, pasted into, reloaded and saved; nothing is lost."""

import json
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import ProgressUpdate
from tests.e2e.axe import serious_faults
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.patience import MILLISECONDS
from tests.support.servers import Server
from tracking.messages import Message
from tracking.vocabulary import UpdateStatus

ODD = "二十场"
KEPT_WITHIN = 2_500  # milliseconds
MOST_TABS = 80


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def _tab_into(page: Page) -> None:
    """By Tab alone into the first cell."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator("textarea[data-cell]:focus").count():
            return
    raise AssertionError("the grid is not reached by keyboard")


def _column(page: Page, name: str) -> list[Locator]:
    """The cells of a column, from the top."""
    return page.locator(f'.entry-grid textarea[data-cell^="{name}"]').all()


def _walk_to(page: Page, cell: Locator) -> None:
    """By arrow keys: to the column that every row has, down, and to the left or right; empty places are skipped."""
    row = f'tr[data-task="{cell.locator("xpath=ancestor::tr").get_attribute("data-task")}"]'
    name = cell.get_attribute("data-cell") or ""
    _press_until(page, "ArrowRight", 'textarea[data-cell="progress"]')
    _press_until(page, "ArrowDown", f"{row} textarea")
    sideways = "ArrowRight" if name in {"difficulties", "next_steps", "explanation"} else "ArrowLeft"
    _press_until(page, sideways, f'{row} textarea[data-cell="{name}"]')


def _press_until(page: Page, key: str, there: str) -> None:
    """Press a key until the focus is there, what stands in a cell being chosen whole."""
    for _ in range(40):
        if page.locator(f"{there}:focus").count():
            return
        page.keyboard.press("Control+a")
        page.keyboard.press(key)
    raise AssertionError(f"{there} is not reached by {key}")


def _typed(page: Page) -> dict:
    """Task → cell → text, as the field holds it that goes to the server."""
    written = page.locator(".st-key-grid_cells textarea").input_value()
    return {int(task): row["cells"] for task, row in json.loads(written or "{}").items()}


def _shown(page: Page) -> dict:
    """Task → cell → text of every cell as it is seen."""
    rows = page.evaluate(
        """() => [...document.querySelectorAll(".entry-grid tr[data-task]")].map(row =>
          [row.dataset.task, [...row.querySelectorAll("textarea")].map(cell => [cell.dataset.cell, cell.value])])"""
    )
    return {int(task): dict(cells) for task, cells in rows}


def _updates(store: Store) -> dict[int, ProgressUpdate]:
    """Task → its draft, or what waits for the signatory."""
    waiting = ProgressUpdate.status.in_([UpdateStatus.DRAFT, UpdateStatus.HANDED_OVER])
    with store.read() as session:
        return {one.task_id: one for one in session.exec(select(ProgressUpdate).where(waiting)).all()}


def _copy(page: Page, rows: int, columns: int) -> list[list[str]]:
    """A block on the clipboard as a spreadsheet leaves it, one of its columns with two lines in every cell."""
    block = [[f"第{row}行{column}列" for column in range(columns)] for row in range(rows)]
    for row in block:
        row[-1] += "\n又一行"
    lines = ["\t".join([*row[:-1], f'"{row[-1]}"']) for row in block]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(lines) + "\r\n")
    return block


def test_nothing_typed_or_pasted_by_keyboard_alone_is_lost(
    start: Callable[[], Server], new_context: Callable
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    sign_in(page, server.url, "zhejiang.officer", DEMO_PASSWORD)
    visit(page, f"{server.url}/report?filling=grid")
    assert serious_faults(page) == []

    _tab_into(page)
    _walk_to(page, _column(page, "actuals.")[0])
    values = _type_fast(page, count=12)
    block = _copy(page, rows=10, columns=3)
    _press_until(page, "ArrowRight", 'textarea[data-cell="progress"]')
    _press_until(page, "ArrowUp", ".entry-grid tbody tr:first-child textarea")
    _walk_to(page, _column(page, "progress")[5])
    page.keyboard.press("Control+v")
    expect(page.locator(".grid-pasted")).to_contain_text(zh("grid.filled", count=30))
    pasted = [
        cell.locator("xpath=ancestor::tr").get_attribute("data-task")
        for cell in _column(page, "progress")[5:15]
    ]
    _compose(page, "你好")
    texts = {int(task): row for task, row in zip(pasted, block, strict=True)}
    texts[next(iter(texts))][0] = "你好"

    page.wait_for_timeout(KEPT_WITHIN)
    page.reload()
    drawn(page)
    expect(page.get_by_text("已恢复")).to_be_visible()
    _stand(page, values, texts)
    assert serious_faults(page) == []

    odd = next(iter(values))
    _tab_into(page)
    _walk_to(page, page.locator(f'tr[data-task="{odd}"] textarea.figure').first)
    page.keyboard.press("Control+a")
    page.keyboard.type(ODD)
    page.keyboard.press("Control+s")
    page.keyboard.press("Enter")
    page.keyboard.type("7")  # while the save is under way
    meanwhile = int(
        page.locator("textarea:focus").locator("xpath=ancestor::tr").get_attribute("data-task") or 0
    )
    saved = ({*values, *texts}) - {odd}
    until(lambda: saved <= _updates(store).keys(), page)
    expect(page.locator(".st-key-grid_told")).to_be_visible()
    assert odd not in _updates(store)
    assert {task: _updates(store)[task].progress for task in texts if task != odd} == {
        task: row[0] for task, row in texts.items() if task != odd
    }
    until(lambda: "7" in _typed(page).get(meanwhile, {}).values(), page)  # once the next table is painted
    assert ODD in _typed(page)[odd].values()
    expect(page.locator(f'tr[data-task="{odd}"] textarea[aria-invalid]')).to_have_value(ODD)

    _hand_over_by_keyboard(page)
    until(lambda: any(one.status is UpdateStatus.HANDED_OVER for one in _updates(store).values()), page)
    store.engine.dispose()


def _type_fast(page: Page, count: int) -> dict[int, str]:
    """Down the first column without a rest; gives task → what was typed."""
    typed: dict[int, str] = {}
    for place in range(count):
        row = page.locator("textarea:focus").locator("xpath=ancestor::tr")
        typed[int(row.get_attribute("data-task") or 0)] = str(60 + place)
        page.keyboard.type(str(60 + place))
        page.keyboard.press("Enter" if place % 2 else "ArrowDown")
    return typed


def _compose(page: Page, text: str) -> None:
    """As an input method writes it: keys that are no letters, a composition, and its end."""
    page.keyboard.press("Control+a")
    session = page.context.new_cdp_session(page)
    for sofar in ("n", "ni", "nih"):
        session.send(
            "Input.imeSetComposition", {"text": sofar, "selectionStart": 1, "selectionEnd": len(sofar)}
        )
    session.send("Input.insertText", {"text": text})
    expect(page.locator("textarea:focus")).to_have_value(text)


def _stand(page: Page, values: dict[int, str], texts: dict[int, list[str]]) -> None:
    """Every figure and every pasted text stands in its cell."""
    expect(page.locator(".entry-grid[data-painted]")).to_be_visible(timeout=MILLISECONDS)
    shown = _shown(page)
    for task, value in values.items():
        assert value in shown[task].values()
    for task, row in texts.items():
        assert [shown[task][name] for name in ("progress", "difficulties", "next_steps")] == row


def _hand_over_by_keyboard(page: Page) -> None:
    """Esc leads to the buttons, of which the first that can be pressed hands over."""
    _tab_into(page)
    page.keyboard.press("Escape")
    expect(page.locator('[class*="-hand_over"] button')).to_be_focused()
    page.keyboard.press("Enter")
