"""A CCPIT council goes from its founding to a filed plan and an accepted report, on the pages alone."""

import pytest
from streamlit.testing.v1 import AppTest

from db import clock
from db.accounts.actions import change_own_password
from db.accounts.sign_in_actions import sign_in, token_hash
from db.authorities.scope import NATION
from db.plans.queries import plans_frame
from db.seed import DEMO_PASSWORD
from db.store import Store
from db.tables import Account, Authority, Officer, Post, ProgressUpdate, Task
from tests.app.acting import confirmed, press
from tests.app.conftest import Open
from tests.app.looping import MEMBER, every_word, field, typed
from tests.support.trail import only
from tracking.vocabulary import AuthorityKind, Role, UpdateStatus

COUNCIL = "贸促纺织"
SIGNATORY, OFFICER = "textile.signatory", "textile.officer"
YEAR = clock.today().year

pytestmark = pytest.mark.usefixtures("ordinary_day")


def first_password(store: Store, seen: AppTest, sign_in_name: str) -> None:
    """Sign in with the password that the page shows, once, and choose another."""
    token, by = sign_in(store, sign_in_name=sign_in_name, password=seen.main.code[0].value)
    chosen = {"current": seen.main.code[0].value, "password": DEMO_PASSWORD}
    change_own_password(store, by=by, session_hash=token_hash(token), **chosen)


def found(open_page: Open) -> None:
    seen = open_page("units", "sysadmin", show="new")
    field(seen, "类别").select(AuthorityKind.CCPIT_INDUSTRY).run()
    said = {"代码": "CCPIT-TEX", "单位名称": "中国贸促会纺织行业分会", "简称": COUNCIL}
    for label, text in {**said, "变更依据": "虚构文件〔2026〕2号"}.items():
        field(seen, label).set_value(text)
    assert "单位已设立" in every_word(press(seen.run(), "设立单位"))


def signatory_by_the_administrators(open_page: Open, store: Store) -> None:
    council = only(store, Authority, short_name=COUNCIL).id
    seen = open_page("accounts", "sysadmin")
    seen = field(seen, "所属单位").select(council).run()
    field(seen, "姓名").set_value("钱某")
    field(seen, "用户名").set_value(SIGNATORY)
    first_password(store, press(seen.run(), "新建账号"), SIGNATORY)
    account = only(store, Account, sign_in_name=SIGNATORY)
    seen = open_page("accounts", "secadmin", account=str(account.id))
    role = [box for box in seen.main.selectbox if box.label == "角色"][-1]
    press(role.select(Role.SIGNATORY).run(), "授予角色")


def officer_by_the_signatory(open_page: Open, store: Store) -> None:
    seen = open_page("accounts", SIGNATORY)
    assert "1/10" in every_word(seen)
    field(seen, "姓名").set_value("孙某")
    field(seen, "用户名").set_value(OFFICER)
    first_password(store, press(seen.run(), "新建账号"), OFFICER)


def post(open_page: Open, store: Store) -> None:
    seen = press(typed(open_page("officers", SIGNATORY), "岗位名称", "秘书处处长"), "新增岗位")
    key = only(store, Post, title="秘书处处长", authority_id=only(store, Authority, short_name=COUNCIL).id).id
    seen = open_page("officers", OFFICER, post=str(key))
    officer = only(store, Officer, name="孙某").id
    press(field(seen, "人员").select(officer).run(), "登记责任人")


def filed_plan(open_page: Open) -> None:
    seen = press(open_page("work_plan", OFFICER, year=str(YEAR)), f"编制 {YEAR} 年工作计划")
    press(typed(seen, "本年度总体目标", "组织会员参展"), "保存目标")
    seen = open_page("work_plan", OFFICER, year=str(YEAR), task="new")
    for label, value in (("工作任务", "组织参展"), ("年度目标（必填）", "全年两场"), ("牵头单位", "秘书处")):
        seen = typed(seen, label, value)
    seen = press(field(seen, "责任岗位").select_index(1).run(), "保存任务")
    assert "任务已添加" in every_word(seen)
    press(open_page("work_plan", OFFICER, year=str(YEAR)), "计划送审签")
    press(open_page("work_plan", SIGNATORY, year=str(YEAR)), "审签")
    confirmed(open_page("work_plan", OFFICER, year=str(YEAR)), "报送")


def test_a_council_goes_from_its_founding_to_an_accepted_report(open_page: Open, sample: Store):
    found(open_page)
    signatory_by_the_administrators(open_page, sample)
    officer_by_the_signatory(open_page, sample)
    post(open_page, sample)
    filed_plan(open_page)
    council = only(sample, Authority, short_name=COUNCIL).id

    plans = plans_frame(sample, NATION, notice_id=1, year=YEAR)
    plan = plans[plans["authority_id"] == council].iloc[0]
    confirmed(open_page("work_plan", MEMBER, revision=str(plan["revision_id"])), "备案")
    task = only(sample, Task, authority_id=council, in_force=True)
    seen = typed(open_page("report", OFFICER, task=str(task.id)), "累计完成率", "40")
    press(typed(seen, "本期进展", "已办一场"), "送审签")
    update = only(sample, ProgressUpdate, task_id=task.id)
    seen = press(open_page("sign_off", SIGNATORY, update=str(update.id)), "审签")
    confirmed(seen, "报送")
    press(open_page("review", MEMBER, update=str(update.id)), "采纳")
    assert only(sample, ProgressUpdate, task_id=task.id).status is UpdateStatus.ACCEPTED
    assert only(sample, Task, id=task.id).latest_permille == 400
