"""The page of extensions and moved dates: who may do what with a request, and what the register says."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from db import clock
from db.identity import SignedIn
from db.requests import actions as requests
from db.store import Store
from db.tables import Account, Authority, DateMove, Officer, Task, TaskRequest
from pages.shared.forms import day_bounds
from tests.app.acting import button, confirmed, press, words
from tests.app.conftest import Open
from tests.support.trail import last_event, row
from tests.support.years import this_year
from tracking.requests import Asked
from tracking.validation.days import FIRST_DAY, last_day
from tracking.vocabulary import RequestKind, RequestStatus, Role

NAMES = {
    Role.REPORTING_OFFICER: "zhejiang.officer",
    Role.SIGNATORY: "zhejiang.signatory",
}


def _by(store: Store, sign_in_name: str, role: Role) -> SignedIn:
    with store.read() as session:
        account = session.exec(select(Account).where(Account.sign_in_name == sign_in_name)).one()
        officer = session.get_one(Officer, account.officer_id)
        return SignedIn(officer.id, officer.name, officer.authority_id, frozenset({role}), sign_in_name)


@pytest.fixture
def task(sample: Store) -> Task:
    """A task of Zhejiang's that falls due soon."""
    with sample.read() as session:
        rows = (
            select(Task)
            .join(Authority, Authority.id == Task.authority_id)
            .where(Authority.code == "330000", Task.in_force, col(Task.due_on) > clock.today())
            .where(Task.latest_permille < 1000)
        )
        return session.exec(rows.order_by(Task.due_on, Task.number)).first()


@pytest.fixture
def draft(sample: Store, task: Task) -> int:
    """A request that waits for Zhejiang's signatory."""
    by = _by(sample, "zhejiang.officer", Role.REPORTING_OFFICER)
    asked = Asked(RequestKind.EXTENSION, "境外展会改期", task.due_on + timedelta(60), "已完成招展")
    return requests.make_request(sample, by=by, task_id=task.id, asked=asked)


def _status(sample: Store, request_id: int) -> RequestStatus:
    return row(sample, TaskRequest, request_id).status


def _fill(seen, label: str, text: str) -> None:
    next(field for field in seen.main.text_area if field.label == label).input(text)


def test_an_officer_asks_and_every_fault_stands_beside_its_field(open_page: Open, sample: Store, task: Task):
    seen = open_page("extensions", "zhejiang.officer", ask=str(task.id))
    before = sample.data_version()
    seen = press(seen, "送审签")
    assert sample.data_version() == before
    assert words(seen).count(":red[请填写此项。]") == 2
    _fill(seen, "延期原因（必填）", "展会改期")
    _fill(seen, "目前进展（必填）", "已完成招展")
    seen = press(seen, "送审签")
    assert last_event(sample).action == "request_extension"
    assert any("已有一份申请" in shown.value for shown in seen.info)
    assert "查看延期申请" in [link.proto.label for link in seen.main.get("page_link")]


def test_the_form_tells_the_light_that_a_later_day_would_give(open_page: Open, task: Task):
    seen = open_page("extensions", "zhejiang.officer", ask=str(task.id))
    assert "现在：完成率" in words(seen)
    assert f"若完成时限为 {task.due_on + timedelta(30)}" in words(seen)


def test_what_may_not_be_asked_says_why(open_page: Open, sample: Store, draft: int, task: Task):
    seen = open_page("extensions", "zhejiang.officer", ask=str(task.id))
    assert any("已有一份申请" in shown.value for shown in seen.info)
    seen = open_page("extensions", "zhejiang.officer", ask="999999")
    assert "送审签" not in [found.label for found in seen.main.button]


def test_a_signatory_signs_and_a_member_sees_it(open_page: Open, sample: Store, draft: int):
    seen = open_page("extensions", "zhejiang.signatory", request=str(draft))
    assert "境外展会改期" in words(seen)
    press(seen, "审签并报送")
    assert _status(sample, draft) is RequestStatus.REQUESTED
    seen = open_page("extensions", "member", request=str(draft))
    assert button(seen, "同意延期")


def test_a_signatory_sends_back_with_a_reason_and_the_next_form_begins_with_it(
    open_page: Open, sample: Store, draft: int, task: Task
):
    seen = open_page("extensions", "zhejiang.signatory", request=str(draft))
    _fill(seen, "退回原因", "先与主办方核实")
    press(seen, "退给填报人")
    assert _status(sample, draft) is RequestStatus.WITHDRAWN
    seen = open_page("extensions", "zhejiang.officer", ask=str(task.id))
    assert any("先与主办方核实" in shown.value for shown in seen.warning)
    assert "境外展会改期" in [field.value for field in seen.main.text_area]


def test_an_officer_takes_a_request_back(open_page: Open, sample: Store, draft: int):
    seen = open_page("extensions", "zhejiang.officer", request=str(draft))
    confirmed(seen, "撤回申请")
    assert _status(sample, draft) is RequestStatus.WITHDRAWN


def test_a_request_that_is_late_cannot_be_signed(
    open_page: Open, sample: Store, draft: int, monkeypatch: pytest.MonkeyPatch, task: Task
):
    monkeypatch.setattr(clock, "today", lambda: task.due_on)
    seen = open_page("extensions", "zhejiang.signatory", request=str(draft))
    assert any("之前申请" in shown.value for shown in seen.warning)
    assert "审签并报送" not in [found.label for found in seen.main.button]


def test_a_member_grants_an_earlier_day_and_its_light_is_told_first(
    open_page: Open, sample: Store, draft: int, task: Task
):
    by = _by(sample, "zhejiang.signatory", Role.SIGNATORY)
    requests.sign_request(sample, by=by, request_id=draft)
    seen = open_page("extensions", "member", request=str(draft))
    granted = task.due_on + timedelta(31)
    seen = seen.main.date_input[0].set_value(granted).run()
    assert f"若完成时限为 {granted}" in words(seen)
    confirmed(seen, "同意延期")
    assert row(sample, Task, task.id).due_on == granted
    seen = open_page("task", "leadership", task=str(task.id))
    assert any("日期调整记录" in shown.value for shown in seen.header)


def test_a_day_is_chosen_among_those_that_can_be_meant(open_page: Open, task: Task):
    (field,) = open_page("extensions", "zhejiang.officer", ask=str(task.id)).main.date_input
    assert (field.min, field.max) == (FIRST_DAY, last_day(clock.today()))
    year = {"min_value": clock.today(), "max_value": clock.today()}
    kept = day_bounds(clock.today() - timedelta(1), None, date.max, **year)
    assert kept == {"min_value": clock.today() - timedelta(1), "max_value": date.max}, "what stands stays"


def test_an_old_request_for_a_day_far_off_is_opened_and_not_granted(
    open_page: Open, sample: Store, draft: int
):
    requests.sign_request(sample, by=_by(sample, "zhejiang.signatory", Role.SIGNATORY), request_id=draft)
    with sample.upkeep() as session:
        session.get_one(TaskRequest, draft).requested_due_on = date.max
    seen = open_page("extensions", "member", request=str(draft))
    assert "完成时限最迟可延至" in words(confirmed(seen, "同意延期"))
    assert _status(sample, draft) is RequestStatus.REQUESTED


def test_a_member_refuses_with_a_reason(open_page: Open, sample: Store):
    with sample.read() as session:
        waits = session.exec(
            select(TaskRequest.id).where(
                TaskRequest.status == RequestStatus.REQUESTED, TaskRequest.kind == RequestKind.EXTENSION
            )
        ).first()
    seen = open_page("extensions", "member", request=str(waits))
    _fill(seen, "不同意的理由", "理由不充分")
    press(seen, "不同意延期")
    assert _status(sample, waits) is RequestStatus.REFUSED


@pytest.mark.parametrize("name", ["leadership", "ningbo.officer", "member"])
def test_others_do_not_see_what_is_not_signed(open_page: Open, draft: int, name: str):
    seen = open_page("extensions", name, show="waiting", request=str(draft))
    assert "境外展会改期" not in words(seen)


@pytest.mark.usefixtures("ordinary_day")
def test_leadership_begins_with_the_register(open_page: Open, sample: Store):
    seen = open_page("extensions", "leadership")
    assert "不影响亮灯" in words(seen)
    lines = seen.dataframe[0].value
    with sample.read() as session:
        year = this_year(sample)
        moves = session.exec(
            select(DateMove.id).join(Task, Task.id == DateMove.task_id).where(Task.year == year)
        )
        assert len(lines) == len(moves.all())
    assert {"延期批复（影响亮灯）", "计划调整（不影响亮灯）"} == set(lines["cause_words"])


def test_the_register_is_narrowed_by_its_address_and_so_is_its_file(open_page: Open):
    seen = open_page("extensions", "leadership", cause="extension", kind="due")
    assert set(seen.dataframe[0].value["cause_words"]) == {"延期批复（影响亮灯）"}
    seen = open_page("extensions", "leadership", kind="start")
    assert "没有符合条件的日期调整" in words(seen)


def test_a_unit_sees_its_own_register_by_measure(open_page: Open, sample: Store):
    seen = open_page("extensions", "ningbo.officer", show="register", year=str(this_year(sample)))
    assert "调整" in words(seen)
    assert [error.message for error in seen.exception] == []


def test_a_task_leads_to_its_request(open_page: Open, task: Task, draft: int):
    seen = open_page("task", "zhejiang.officer", task=str(task.id))
    assert [error.message for error in seen.exception] == []
    assert "查看延期申请" in [link.proto.label for link in seen.main.get("page_link")]


def test_a_task_leads_to_what_may_be_asked_of_it_and_says_why_it_stands_still(
    open_page: Open, sample: Store, task: Task
):
    seen = open_page("task", "zhejiang.officer", task=str(task.id))
    links = [link.proto.label for link in seen.main.get("page_link")]
    assert {"申请延期", "申请中止"} <= set(links)
    assert "申请恢复" not in links
    by = {role: _by(sample, name, role) for role, name in NAMES.items()}
    asked = Asked(RequestKind.SUSPENSION, "境外形势变化")
    request_id = requests.make_request(sample, by=by[Role.REPORTING_OFFICER], task_id=task.id, asked=asked)
    requests.sign_request(sample, by=by[Role.SIGNATORY], request_id=request_id)
    seen = open_page("extensions", "member", request=str(request_id))
    assert "若中止：" in words(seen)
    confirmed(seen, "同意中止")
    seen = open_page("task", "zhejiang.officer", task=str(task.id))
    assert any("境外形势变化" in shown.value for shown in seen.info)
    links = [link.proto.label for link in seen.main.get("page_link")]
    assert "申请恢复" in links
    assert not {"申请延期", "申请中止"} & set(links)
    seen = open_page("extensions", "zhejiang.officer", resume=str(task.id))
    _fill(seen, "恢复理由（必填）", "形势好转")
    press(seen, "送审签")
    assert last_event(sample).action == "request_resumption"
