"""The audit page: events in words, narrowed by the address, and the proof."""

import pytest
from sqlalchemy import text

from db.accounts.sign_in_actions import sign_in
from db.seed import DEMO_PASSWORD
from db.site.actions import change_setting
from db.store import Store
from tests.app.acting import press, words
from tests.app.conftest import Open
from tracking.messages import catalogue
from tracking.vocabulary import Language


@pytest.fixture
def changed(sample: Store) -> int:
    """The number of the event of a setting that was changed."""
    _, by = sign_in(sample, sign_in_name="sysadmin", password=DEMO_PASSWORD)
    change_setting(sample, by=by, key="vacancy_days", value=45)
    return sample.data_version()


def test_an_event_is_told_in_words(open_page: Open, changed: int):
    seen = open_page("audit", "auditor", event=str(changed))
    said = words(seen)
    assert f"第 {changed} 条 · 修改系统设置" in said.replace("\\", "")
    assert "岗位空缺提醒天数：30 → 45" in said


def test_the_address_narrows_the_trail(open_page: Open, changed: int):
    seen = open_page("audit", "auditor", action="change_setting")
    assert seen.dataframe[0].value["event"].tolist() == [changed]
    assert "符合所选条件的审计记录 **1 条**" in words(seen)
    seen = press(seen, "清除条件")
    assert len(seen.dataframe[0].value) > 1


def test_days_narrow_it_too_and_nonsense_in_the_address_does_not(open_page: Open, changed: int):
    assert "没有符合所选条件" in words(open_page("audit", "auditor", until="2001-01-01"))
    assert len(open_page("audit", "auditor", until="soon").dataframe[0].value)


def test_the_proof_says_how_many_and_where_it_breaks(open_page: Open, sample: Store, changed: int):
    seen = press(open_page("audit", "auditor"), "校验完整性")
    assert "全部完整" in words(seen)
    with sample.engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET action = 'nothing' WHERE number = 2"))
    seen = press(open_page("audit", "auditor"), "校验完整性")
    assert "校验在第 2 条处发现异常" in words(seen)


def test_every_action_of_the_code_has_its_words():
    from tests.unit.structure import source

    worded = catalogue(Language.ZH_CN)
    named = {
        call.args[0].value
        for path in [*source.noun_files(), *source.files("server")]
        for call in source.calls(source.tree_of(path))
        if source.name_of(call) == "audit" and call.args and hasattr(call.args[0], "value")
        if isinstance(call.args[0].value, str)
    }
    assert len(named) > 40
    assert sorted(name for name in named if f"audit_action.{name}" not in worded) == []
