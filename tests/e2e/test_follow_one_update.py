"""One update on its way through the product: officer, signatory, officer, member, and the overview shows it."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from playwright.sync_api import Page, expect
from sqlmodel import select

from db.authorities.scope import NATION
from db.figures.queries import cells_frame
from db.periods.queries import begun_period
from db.reference.queries import measures_frame, units_frame
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import Authority, IndicatorActual, Notice, ProgressUpdate, ReportingPeriod, Target, Task
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.figures.indicators import completion_by_measure
from tracking.messages import Message
from tracking.vocabulary import UpdateStatus


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def _period(store: Store) -> ReportingPeriod:
    with store.read() as session:
        notice = session.exec(select(Notice)).one()
        period = begun_period(session, notice.id)
        assert period is not None
        return period


def _task_with_one_target(store: Store) -> tuple[Task, Decimal]:
    """A task of Zhejiang's whose completion is one indicator's value, far from done; and its final target."""
    year = _period(store).year
    with store.read() as session:
        tasks = session.exec(
            select(Task)
            .join(Authority, Authority.id == Task.authority_id)
            .where(Authority.code == "330000", Task.in_force, Task.year == year, Task.latest_permille < 900)
            .order_by(Task.latest_permille)
        )
        for task in tasks:
            targets = session.exec(select(Target).where(Target.task_revision_id == task.revision_id)).all()
            if len({target.indicator_id for target in targets}) == 1:
                return task, max(target.value for target in targets)
    raise AssertionError("the sample has no such task")


def _shown(store: Store, measure_id: int) -> str:
    """The completion of a measure as the overview words it."""
    cells = cells_frame(store, NATION, period_id=_period(store).id)
    axes = Axes(units_frame(store), measures_frame(store, notice_id=_period(store).notice_id))
    measures = completion_by_measure(Cube.of(cells, axes))
    permille = measures.set_index("measure_id")["completion_permille"][measure_id]
    return f"{permille / 10:.1f}%"


def _updates_of(store: Store, task_id: int) -> Sequence[ProgressUpdate]:
    with store.read() as session:
        return session.exec(
            select(ProgressUpdate).where(
                ProgressUpdate.task_id == task_id, ProgressUpdate.period_id == _period(store).id
            )
        ).all()


def _update_of(store: Store, task_id: int) -> ProgressUpdate:
    [update] = _updates_of(store, task_id)
    return update


def test_follow_one_update(start: Callable[[], Server], new_context: Callable, requested: list[str]):
    server = start()
    store = open_store(data_dir=server.data_dir)
    task, target = _task_with_one_target(store)

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    officer, signatory, member, leader = map(
        tab, ("zhejiang.officer", "zhejiang.signatory", "member", "leadership")
    )
    before = _shown(store, task.measure_id)
    assert before in _overview_values(leader, server)

    visit(officer, f"{server.url}/report?task={task.id}")
    value = officer.get_by_role("textbox").nth(0)
    value.fill(f"{target:f}")
    officer.get_by_label(re.compile(zh("report.progress"))).fill("年度目标全部实现 <b>不是标记</b>")
    confirm = officer.locator(
        '[class*="-confirm-"] label'
    )  # all of it reached, not asked to be closed, without evidence
    expect(confirm).to_have_count(2)
    drawn(officer)
    # The first period of a year asks why so much is done already.
    for asked in officer.get_by_label(zh("report.explanation")).all():
        asked.fill("提前完成。")
    for place in range(2):
        confirm.nth(place).click()
        drawn(officer)  # what is confirmed may move what stands below it
    officer.get_by_role("button", name=zh("report.hand_over"), exact=True).click()
    until(lambda: any(one.status is UpdateStatus.HANDED_OVER for one in _updates_of(store, task.id)), officer)
    [update] = _updates_of(store, task.id)

    visit(signatory, f"{server.url}/sign_off?update={update.id}")
    signatory.get_by_role("button", name=zh("update_act.sign"), exact=True).click()
    expect(signatory.get_by_role("heading", level=1)).to_be_visible()
    drawn(signatory)
    until(lambda: _update_of(store, task.id).signed_off_at is not None, signatory)

    visit(officer, f"{server.url}/report?task={task.id}")
    officer.get_by_text(re.compile(f"^{zh('report.stage_signed_off')}")).first.click()
    officer.get_by_role("button", name=zh("report.submit_of", count=1)).click()
    officer.get_by_role("dialog").get_by_role("button", name=zh("report.submit_of", count=1)).click()
    until(lambda: _update_of(store, task.id).submitted_at is not None, officer)

    visit(member, f"{server.url}/review?update={update.id}")
    expect(member.get_by_text("<b>不是标记</b>", exact=False).first).to_be_visible()
    member.get_by_role("button", name=zh("update_act.accept"), exact=True).click()
    until(lambda: _update_of(store, task.id).accepted_at is not None, member)

    after = _shown(store, task.measure_id)
    assert after != before
    assert after in _overview_values(leader, server)
    with store.read() as session:
        actual = session.exec(select(IndicatorActual).where(IndicatorActual.update_id == update.id)).one()
    assert actual.value == target
    assert requested
    store.engine.dispose()


def _overview_values(page: Page, server: Server) -> list[str]:
    """The values at the ends of the bars."""
    visit(page, f"{server.url}/overview")
    texts = page.locator('[data-testid="stPlotlyChart"]').first.locator("svg text").all_text_contents()
    return [text for text in texts if text.endswith("%")]
