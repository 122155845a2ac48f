"""The accounts' page: each control for its own administrator, passwords shown once."""

import pytest

from db.accounts.queries import accounts_frame
from db.remits.queries import body_of, remits_frame
from db.store import Store
from tests.app.acting import confirmed, press, words
from tests.app.conftest import Open
from tests.support.trail import last_event
from tracking.vocabulary import Body, Role


def _account(store: Store, sign_in_name: str):
    accounts = accounts_frame(store)
    return next(accounts[accounts["sign_in_name"] == sign_in_name].itertuples())


@pytest.fixture
def account(sample: Store) -> str:
    """The account of the northern reporting officer of the sample."""
    return str(_account(sample, "zhejiang.officer").account_id)


def test_the_system_administrator_manages_and_is_told_who_does_the_rest(open_page: Open, account: str):
    seen = open_page("accounts", "sysadmin", account=account)
    labels = {found.label for found in seen.main.button}
    assert {"重置密码", "停用账号", "新建账号"} <= labels
    assert not {"授予角色", "结束全部登录和令牌"} & labels
    assert "“授予角色”由安全管理员办理。" in words(seen)


def test_the_security_administrator_grants_and_is_told_who_does_the_rest(open_page: Open, account: str):
    seen = open_page("accounts", "secadmin", account=account)
    labels = {found.label for found in seen.main.button}
    assert {"授予角色", "收回“填报人”", "结束全部登录和令牌"} <= labels
    assert not {"重置密码", "停用账号"} & labels
    assert words(seen).count("“管理账号”由系统管理员办理。") == 2


def test_a_new_account_shows_its_password_once(open_page: Open, sample: Store):
    seen = open_page("accounts", "sysadmin")
    for label, typed in (("姓名", "新同志"), ("用户名", "new.person")):
        next(field for field in seen.main.text_input if field.label == label).input(typed)
    seen = press(seen.run(), "新建账号")
    assert len(seen.main.code) == 1
    assert _account(sample, "new.person").roles == ()
    seen = press(seen, "已转交，不再显示")
    assert not seen.main.code


def test_a_name_that_is_taken_is_refused_beside_its_field_and_stays_typed(open_page: Open):
    seen = open_page("accounts", "sysadmin")
    for label, typed in (("姓名", "新同志"), ("用户名", "member")):
        next(field for field in seen.main.text_input if field.label == label).input(typed)
    seen = press(seen.run(), "新建账号")
    assert "该用户名已被使用" in words(seen)
    assert "member" in [field.value for field in seen.main.text_input]


def test_a_reset_ends_the_old_password_after_asking(open_page: Open, sample: Store, account: str):
    seen = confirmed(open_page("accounts", "sysadmin", account=account), "重置密码")
    assert len(seen.main.code) == 1
    assert _account(sample, "zhejiang.officer").must_change_password


def test_an_administrators_password_is_not_reset_here(open_page: Open, sample: Store):
    account = str(_account(sample, "auditor").account_id)
    seen = confirmed(open_page("accounts", "sysadmin", account=account), "重置密码")
    assert "只能由运维人员" in words(seen)


def test_roles_are_granted_and_taken_back(open_page: Open, sample: Store, account: str):
    seen = press(open_page("accounts", "secadmin", account=account), "授予角色")
    assert "角色已授予" in words(seen)
    assert set(_account(sample, "zhejiang.officer").roles) == {Role.REPORTING_OFFICER, Role.SIGNATORY}
    seen = confirmed(seen, "收回“审签人”")
    assert _account(sample, "zhejiang.officer").roles == (Role.REPORTING_OFFICER,)
    assert last_event(sample).action == "revoke_role"


def test_nobody_acts_on_the_own_account(open_page: Open, sample: Store):
    account = str(_account(sample, "secadmin").account_id)
    assert "须由另一名管理员办理" in words(open_page("accounts", "secadmin", account=account))


def test_a_signatory_keeps_the_accounts_of_the_unit_and_sees_no_others(open_page: Open, sample: Store):
    seen = open_page("accounts", "zhejiang.signatory")
    assert "在用账号 **2/10**" in words(seen)
    listed = seen.main.dataframe[0].value["sign_in_name"].tolist()
    assert listed == ["zhejiang.officer", "zhejiang.signatory"]
    for label, typed in (("姓名", "新同志"), ("用户名", "zhejiang.second")):
        next(field for field in seen.main.text_input if field.label == label).input(typed)
    seen = press(seen.run(), "新建账号")
    assert len(seen.main.code) == 1
    made = _account(sample, "zhejiang.second")
    assert (made.roles, made.authority_name) == (
        (Role.REPORTING_OFFICER,),
        _account(sample, "zhejiang.officer").authority_name,
    )
    seen = press(open_page("accounts", "zhejiang.signatory", account=str(made.account_id)), "授予“审签人”")
    assert set(_account(sample, "zhejiang.second").roles) == {Role.REPORTING_OFFICER, Role.SIGNATORY}
    own = str(_account(sample, "zhejiang.signatory").account_id)
    assert "须由另一位审签人或管理员办理" in words(open_page("accounts", "zhejiang.signatory", account=own))
    other = str(_account(sample, "member").account_id)
    assert "重置密码" not in {
        one.label for one in open_page("accounts", "zhejiang.signatory", account=other).main.button
    }


def test_a_member_is_given_a_remit_and_the_review_queue_follows(open_page: Open, sample: Store):
    member = _account(sample, "member")
    seen = open_page("accounts", "secadmin", account=str(member.account_id))
    unit = next(field for field in seen.main.selectbox if field.label == "单位")
    seen = press(unit.select_index(1).run(), "增加分工")
    assert "分工已增加" in words(seen) or "分工已增加" in "".join(str(one.value) for one in seen.toast)
    assert [row.unit_name for row in remits_frame(sample, officer_id=member.officer_id).itertuples()] == [
        "北京"
    ]
    body = next(field for field in seen.main.selectbox if field.label == "所属机构")
    press(body.select_index(1).run(), "保存所属机构")
    assert body_of(sample, officer_id=member.officer_id) is Body.MIIT
    assert open_page("review", "member", whose="all").session_state["switch_whose"] == "all"
    assert open_page("review", "member").session_state["switch_whose"] == "mine"
