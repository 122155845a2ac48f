"""A city through its province: reported, signed, submitted, returned, again, passed on, accepted; and its figure moves."""

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from db import clock
from db.authorities.scope import NATION
from db.hierarchy.founding_actions import found_authority
from db.officers.queries import posts_frame
from db.passwords import hashed
from db.plans import actions as plans
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import Account, Authority, ProgressUpdate, ReportingPeriod
from tests.app.looping import person
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.levels import Staff, plan_sent_up, staffed
from tests.support.servers import Server
from tests.support.trail import only
from tests.support.years import this_year
from tracking.founding import Founding
from tracking.messages import Message
from tracking.validation import TaskDraft
from tracking.vocabulary import AuthorityKind, PeriodStatus, UpdateStatus

CITY = "虚构市"


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def founded(store: Store) -> int:
    """A city under Jiangsu with people of its own, whose plan of one task is filed; gives its key."""
    above = only(store, Authority, code="320000").id
    city = found_authority(
        store,
        by=None,
        founding=Founding("x-city", f"{CITY}主管部门", CITY, AuthorityKind.CITY),
        parent_id=above,
        starts_on=clock.today(),
        reason="示例",
    )
    staff = staffed(store, city, "xugou")
    _let_in(store, staff)
    year = this_year(store)
    posts = posts_frame(store, NATION, on=clock.today(), authority_id=above)
    task = TaskDraft(
        measure_id=1,
        title="组织市内企业参展",
        goal="全年",
        starts_on=date(year, 1, 1),
        due_on=date(year, 12, 31),
        post_id=int(posts["post_id"].iloc[0]),
        lead_unit="企业处",
    )
    revision_id = plan_sent_up(store, staff, task, year=year)
    plans.pass_on_plan(store, by=person(store, "jiangsu.signatory"), revision_id=revision_id)
    plans.file_plan(store, by=person(store, "member"), revision_id=revision_id)
    return city


def _let_in(store: Store, staff: Staff) -> None:
    """Nobody has to choose a password first."""
    with store.write(None) as tx:
        for who in (staff.officer, staff.signatory):
            rows = select(Account).where(Account.officer_id == who.officer_id)
            account = tx.session.exec(rows).one()
            account.password_hash, account.must_change_password = hashed(DEMO_PASSWORD), False
            tx.audit("plant", account)


def newest(store: Store) -> ProgressUpdate:
    """The last version of the city's report."""
    with store.read() as session:
        return session.exec(select(ProgressUpdate).order_by(col(ProgressUpdate.id).desc()).limit(1)).one()


def test_a_city_through_its_province(
    start: Callable[[], Server], new_context: Callable, requested: list[str]
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    city = founded(store)
    period = only_open(store)

    def tab(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, server.url, name, DEMO_PASSWORD)
        return page

    officer, signatory, province, member = map(
        tab, ("xugou.officer", "xugou.signatory", "jiangsu.signatory", "member")
    )

    def stands(status: UpdateStatus, page: Page) -> None:
        until(lambda: newest(store).status is status, page)

    def press(page: Page, key: str) -> None:
        page.get_by_role("button", name=zh(key), exact=True).click()

    def report(share: str) -> None:
        visit(officer, f"{server.url}/report?period={period.id}")
        officer.get_by_label(zh("report.typed_percent")).fill(share)
        officer.get_by_label(re.compile(zh("report.progress"))).fill("组织企业参展。")
        drawn(officer)
        for asked in officer.get_by_label(zh("report.explanation")).all():
            asked.fill("如实填报。")
        drawn(officer)
        press(officer, "report.hand_over")
        stands(UpdateStatus.HANDED_OVER, officer)
        visit(signatory, f"{server.url}/sign_off?update={newest(store).id}")
        press(signatory, "update_act.sign")
        stands(UpdateStatus.SIGNED_OFF, signatory)
        visit(signatory, f"{server.url}/sign_off?update={newest(store).id}")
        press(signatory, "update_act.submit")
        signatory.get_by_role("dialog").get_by_role("button", name=zh("update_act.submit")).click()
        stands(UpdateStatus.CHECKING, signatory)

    report("30")
    visit(province, f"{server.url}/sign_off?update={newest(store).id}")
    expect(province.get_by_text(zh("sign_off.to_check")).first).to_be_visible()
    province.get_by_label(zh("update_act.reason")).fill("请补充证明")
    drawn(province)
    press(province, "update_act.return_")
    stands(UpdateStatus.RETURNED, province)

    report("40")
    visit(member, f"{server.url}/review?update={newest(store).id}")
    expect(member.get_by_text(re.compile("待审核上报")).first).to_be_visible()
    expect(member.get_by_role("button", name=zh("update_act.accept"), exact=True)).to_have_count(0)
    visit(province, f"{server.url}/sign_off?update={newest(store).id}")
    press(province, "update_act.pass_on")
    stands(UpdateStatus.SUBMITTED, province)

    place = f"{server.url}/region?unit={only(store, Authority, code='320000').id}&period={period.id}&beneath={city}"
    visit(member, place)
    expect(member.get_by_text(re.compile("0.0%")).first).to_be_visible()
    visit(member, f"{server.url}/review?update={newest(store).id}")
    press(member, "update_act.accept")
    stands(UpdateStatus.ACCEPTED, member)
    visit(member, place)
    expect(member.get_by_role("heading", level=1)).to_contain_text(CITY)
    expect(member.get_by_text(re.compile("40.0%")).first).to_be_visible()
    assert requested
    store.engine.dispose()


def only_open(store: Store) -> ReportingPeriod:
    """The newest period that takes reports."""
    with store.read() as session:
        rows = select(ReportingPeriod).where(ReportingPeriod.status == PeriodStatus.OPEN)
        return session.exec(rows.order_by(col(ReportingPeriod.id).desc())).first()  # type: ignore[return-value]  # the sample has one
