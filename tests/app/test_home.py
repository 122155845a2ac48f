"""The desk: what waits for each officer, and how the work stands."""

import re

import pytest
from sqlalchemy import update

from db.authorities.scope import scope_of
from db.home.queries import waiting
from db.notifications.sending import notify_role
from db.store import Store
from db.tables import Officer, RoleGrant
from db.updates import actions as updates
from pages.parts.updates.list import stage_of
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.app.looping import OFFICER, SIGNATORY, items_of, period_of, person
from tests.support.people import WHO
from tracking.vocabulary import Role


def test_a_member_sees_what_waits_for_review_and_how_the_work_stands(open_page: Open):
    seen = open_page("home", "member")
    assert "待审核的进展" in words(seen)
    assert len(seen.metric) == 5


def test_a_reporting_officer_sees_the_tasks_to_report_by_name(open_page: Open):
    seen = open_page("home", "zhejiang.officer")
    assert "待填报的任务" in words(seen)
    assert "title" in seen.dataframe[0].value


def test_what_the_signatory_sent_back_is_said_to_be_so(open_page: Open, sample: Store):
    officer, signatory = person(sample, OFFICER), person(sample, SIGNATORY)
    item = next(item for item in items_of(sample, officer) if stage_of(item) == "todo")
    save = {"task_id": item.task.id, "period_id": period_of(sample), "explanation": "展会推迟"}
    update_id = updates.report_no_change(sample, by=officer, row_version=item.row_version, **save)
    updates.send_back_progress_update(sample, by=signatory, update_id=update_id, reason="请写明原因")
    rows = open_page("home", OFFICER).dataframe[0].value
    (row,) = (one for one in rows.itertuples() if one.number == item.planned.number)
    assert (row.update_status, row.reason) == ("审签人退回", "请写明原因")


def test_what_is_counted_is_listed_those_beneath_included(open_page: Open, sample: Store):
    officer = person(sample, "jiangsu.officer")
    lines = {line.kind: line.count for line in waiting(sample, scope_of(sample, officer), officer)}
    counted = lines["to_report"] + lines.get("returned_updates", 0)
    seen = open_page("home", "jiangsu.officer")
    rows = seen.dataframe[0].value
    assert len(rows) == counted
    assert f"待填报任务（{counted}）" in [header.value for header in seen.header]
    assert rows["authority_name"].nunique() > 1


@pytest.mark.usefixtures("ordinary_day")
def test_the_report_page_says_of_every_task_how_it_stands(open_page: Open, sample: Store):
    seen = open_page("report", "jiangsu.officer")
    sentence = next(one.value for one in seen.main.markdown if "项任务：" in str(one.value))
    total, to_report, returned, underway, submitted, closed = map(
        int, re.findall(r"(\d+)\*{0,2} 项", sentence)
    )
    assert closed > 0
    assert total == to_report + underway + submitted + closed >= returned


def test_an_administrator_sees_no_business_figure(open_page: Open):
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR):
        seen = open_page("home", WHO[role])
        assert not seen.metric
        assert "完成率" not in words(seen)


def test_an_administrator_is_led_to_the_own_pages(open_page: Open):
    seen = open_page("home", WHO[Role.SYSTEM_ADMINISTRATOR])
    links = [link.proto.label for link in seen.main.get("page_link")]
    assert links[-3:] == ["目录管理", "账号与角色", "系统设置"]
    assert "审计记录" not in links
    assert "可用功能" not in words(open_page("home", "member"))


def test_what_was_told_can_be_laid_aside(open_page: Open, sample: Store):
    with sample.write(None) as tx:
        notify_role(tx, Role.MEMBER, "notification.plan_filed", "work_plan", year=2026)
        tx.audit("tell", tx.load(Officer, 1))
    seen = open_page("home", "member")
    assert "2026 年工作计划已备案" in words(seen)
    press(seen, "全部标为已读")
    assert "2026 年工作计划已备案" not in words(seen)
    assert "消息已标为已读。" in words(seen)


def test_whoever_has_no_role_is_told_that_it_is_missing_and_who_grants_it(open_page: Open, sample: Store):
    officer_id = person(sample, "zhejiang.officer").officer_id
    with sample.write(None) as tx:
        tx.session.execute(
            update(RoleGrant).where(RoleGrant.officer_id == officer_id).values(revoked_at=tx.now)
        )
        tx.audit("plant", tx.load(Officer, officer_id))
    for page in ("home", "report"):
        seen = open_page(page, "zhejiang.officer")
        assert "您的账号尚未授予角色" in words(seen)
        assert "安全管理员" in words(seen)
