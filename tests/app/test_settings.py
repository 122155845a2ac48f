"""The settings' page: what is in force, and a change that leaves its trace."""

from db.site.queries import site_settings, working_days
from db.store import Store
from tests.app.acting import confirmed, press, words
from tests.app.conftest import Open
from tests.support.trail import last_event
from tracking.site_settings import EvidenceRule


def test_each_setting_says_what_it_does_and_what_is_in_force(open_page: Open):
    said = words(open_page("settings", "sysadmin"))
    assert "现行设置：**30 天**" in said
    assert "现行设置：**申请办结时要求**" in said
    assert "现行设置：**未开启**" in said


def test_days_and_rule_are_saved_one_by_one(open_page: Open, sample: Store):
    seen = open_page("settings", "sysadmin")
    seen = press(seen.main.number_input[0].set_value(45).run(), "保存")
    assert site_settings(sample).vacancy_days == 45
    seen = press(seen.main.selectbox[0].select(EvidenceRule.ALWAYS).run(), "保存")
    assert site_settings(sample).evidence_rule is EvidenceRule.ALWAYS
    assert "设置已保存" in words(seen)


def test_a_small_site_is_switched_on_after_a_warning_and_the_trail_has_it(open_page: Open, sample: Store):
    seen = confirmed(open_page("settings", "sysadmin"), "开启小型部署")
    assert site_settings(sample).small_site
    assert last_event(sample).detail == {"key": "small_site", "before": False, "after": True}
    assert seen.main.warning[0].value == "小型部署已开启：管理员之间的相互制约减弱。"


def test_a_pasted_notice_is_shown_as_it_is_read_then_kept_then_taken_back(open_page: Open, sample: Store):
    notice = "关于2099年部分节假日安排的通知\n1月1日至3日放假。1月4日上班。5月1日放假。"
    seen = open_page("settings", "sysadmin")
    area = next(one for one in seen.main.text_area if one.label == "通知全文")
    seen = area.set_value(notice).run()
    assert "通知中没有每年都有的假日：2099" in words(seen)
    seen = seen.main.text_area[0].set_value(f"{notice}10月1日放假。").run()
    assert "周末上班：2099-01-04" in words(seen)
    seen = press(seen, "采用 2099 年的安排")
    assert not working_days(sample).is_estimated(2099)
    assert "2099 年：已录入的放假通知" in [one.label for one in seen.main.expander]
    confirmed(seen, "撤销录入")
    assert working_days(sample).is_estimated(2099)
