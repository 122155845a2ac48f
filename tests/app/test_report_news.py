"""The sentence that figures write in a report: how it follows them, and what stands beside it."""

from datetime import date

import pytest

from db.store import Store
from tests.app.acting import press
from tests.app.conftest import Open
from tests.app.looping import field, item_now, opened, typed


@pytest.fixture
def day(ordinary_day: date) -> date:
    """The last period's values stand beside the new ones, and a year's first period has none."""
    return ordinary_day


def test_what_was_typed_as_a_figure_need_not_be_typed_as_text(open_page: Open, sample: Store, measured):
    seen = opened(open_page, measured)
    begun = field(seen, "本期进展").value
    (last,) = measured.facts.last_actuals.values()
    for more in (1, 2):
        seen = typed(seen, "截至本期末累计", str(last + more))
        assert f"累计 {last + more:,.0f} " in field(seen, "本期进展").value
    seen = typed(seen, "截至本期末累计", str(last))
    assert field(seen, "本期进展").value == begun
    seen = press(typed(seen, "截至本期末累计", str(last + 1)), "送审签")
    assert f"累计 {last + 1:,.0f} " in item_now(sample, measured).draft.progress


def test_the_figures_are_put_before_what_somebody_has_worded(open_page: Open, measured):
    (last,) = measured.facts.last_actuals.values()
    seen = typed(typed(opened(open_page, measured), "截至本期末累计", str(last + 1)), "本期进展", "展会开幕")
    for more in (2, 3):
        seen = typed(seen, "截至本期末累计", str(last + more))
        assert f"累计 {last + more:,.0f} " not in field(seen, "本期进展").value
        seen = press(seen, "填入本期数值")
        said = field(seen, "本期进展").value
        assert f"累计 {last + more:,.0f} " in said
        assert said.count("截至本期末") == said.count("展会开幕") == 1
        assert said.endswith("。展会开幕")
    assert "填入本期数值" not in [found.label for found in seen.main.button]


def test_what_was_said_last_can_be_used_again_beside_new_figures(open_page: Open, sample: Store, measured):
    (last,) = measured.facts.last_actuals.values()
    seen = typed(opened(open_page, measured), "截至本期末累计", str(last + 1))
    seen = press(seen, "沿用上期文字")
    assert field(seen, "本期进展").value == measured.last.progress
    seen = opened(open_page, measured)  # found again in another session
    assert field(seen, "本期进展").value == measured.last.progress
    seen = press(press(seen, "填入本期数值"), "保存草稿")
    said = item_now(sample, measured).draft.progress
    assert said.startswith("截至本期末")
    assert said.endswith(measured.last.progress)


def test_a_sentence_of_ours_follows_the_figures_of_a_saved_draft(open_page: Open, sample: Store, measured):
    (last,) = measured.facts.last_actuals.values()
    press(typed(opened(open_page, measured), "截至本期末累计", str(last + 1)), "保存草稿")
    seen = typed(opened(open_page, measured), "截至本期末累计", str(last + 2))
    assert f"累计 {last + 2:,.0f} " in field(seen, "本期进展").value
    assert field(typed(seen, "截至本期末累计", str(last)), "本期进展").value == measured.last.progress
