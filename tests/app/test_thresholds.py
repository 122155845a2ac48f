"""The thresholds' page: the consequence before the change."""

import pytest

from db.figures.renewal import renew
from db.site.queries import thresholds
from db.store import Store
from db.tables import AuditEvent
from db.thresholds import actions
from tests.app.acting import confirmed, words
from tests.app.conftest import Open
from tests.support.trail import only


def _field(seen, label: str):
    return next(field for field in seen.main.text_input if label in field.label)


def test_nothing_can_be_saved_until_a_number_is_changed(open_page: Open):
    seen = open_page("thresholds", "member")
    assert not [found for found in seen.main.button if found.label == "保存阈值"]
    assert "修改任一数值" in words(seen)


def test_the_change_of_the_lights_is_told_before_it_is_saved(open_page: Open, sample: Store):
    seen = open_page("thresholds", "member")
    seen = _field(seen, "滞后").input("12").run()
    assert "滞后 ■" in words(seen)
    assert "→" in words(seen)
    assert thresholds(sample).red_behind_permille == 300
    seen = confirmed(seen, "保存阈值")
    assert thresholds(sample).red_behind_permille == 120
    assert only(sample, AuditEvent, action="set_thresholds").detail["after"]["red_behind_permille"] == 120
    assert "12.0 个百分点" in words(seen)


def test_red_before_amber_is_refused_beside_its_field_and_stays_typed(open_page: Open):
    seen = open_page("thresholds", "member")
    seen = _field(seen, "滞后").input("5").run()
    assert "应大于预警的落后幅度" in words(seen)
    assert _field(seen, "滞后").value == "5"
    seen = _field(seen, "滞后").input("很多").run()
    assert not [found for found in seen.main.button if found.label == "保存阈值"]


def test_until_the_figures_are_made_pages_say_whose_lights_they_show(
    open_page: Open, sample: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(actions, "renew", lambda _: None)
    seen = _field(open_page("thresholds", "member"), "滞后").input("12").run()
    seen = confirmed(seen, "保存阈值")
    assert "以下仍按原阈值显示" in words(seen)
    assert "30.0 个百分点" in words(seen)
    assert _field(seen, "滞后").value == "12.0"
    assert "修改任一数值" in words(seen)
    overview = open_page("overview", "leadership")
    assert "正在重算；" in words(overview)
    assert "正在重算" not in words(open_page("accounts", "sysadmin"))
    monkeypatch.setattr("pages.shared.renewal.percent_made", lambda _: 40)
    assert "（已完成 40%）" in words(overview.run())
    renew(sample)
    assert "正在重算" not in words(overview.run())
    assert "12.0 个百分点" in words(open_page("thresholds", "member"))
