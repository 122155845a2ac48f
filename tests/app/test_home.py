"""The desk: what waits for each officer, and how the work stands."""

from db.notifications.sending import notify_role
from db.store import Store
from db.tables import Officer
from tests.app.acting import press, words
from tests.app.conftest import Open
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


def test_an_administrator_sees_no_business_figure(open_page: Open):
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR):
        seen = open_page("home", WHO[role])
        assert not seen.metric
        assert "完成率" not in words(seen)


def test_an_administrator_is_led_to_the_own_pages(open_page: Open):
    seen = open_page("home", WHO[Role.SYSTEM_ADMINISTRATOR])
    links = [link.proto.label for link in seen.main.get("page_link")]
    assert links[-3:] == ["基础数据", "账号与角色", "系统设置"]
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
