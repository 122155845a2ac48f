"""The thresholds' page: the consequence before the change."""

from db.site.queries import thresholds
from db.store import Store
from tests.app.acting import confirmed, words
from tests.app.conftest import Open
from tests.support.trail import last_event


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
    assert last_event(sample).action == "set_thresholds"
    assert "12.0 个百分点" in words(seen)


def test_red_before_amber_is_refused_beside_its_field_and_stays_typed(open_page: Open):
    seen = open_page("thresholds", "member")
    seen = _field(seen, "滞后").input("5").run()
    assert "应大于预警的落后幅度" in words(seen)
    assert _field(seen, "滞后").value == "5"
    seen = _field(seen, "滞后").input("很多").run()
    assert not [found for found in seen.main.button if found.label == "保存阈值"]
