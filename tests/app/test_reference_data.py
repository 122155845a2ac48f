"""The catalogue's page: words, their source, and the mark of whoever checked them."""

from db.reference.queries import indicators_frame, measures_frame
from db.store import Store
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.support.trail import last_event
from tracking.vocabulary import TitleSource


def _measure(store: Store):
    return next(measures_frame(store, notice_id=1).itertuples())


def test_a_checked_measure_carries_its_mark_and_loses_it_with_its_words(open_page: Open, sample: Store):
    measure_id = str(_measure(sample).measure_id)
    seen = open_page("reference_data", "sysadmin", part="measure", measure=measure_id)
    for box in seen.main.checkbox:
        box.check()
    seen = press(seen.run(), "标注核对")
    assert "已标注" in words(seen)
    assert _measure(sample).title_source == _measure(sample).area_source == TitleSource.CONFIRMED
    title = next(field for field in seen.main.text_input if field.label == "标题")
    seen = press(title.input("另一个标题").run(), "保存修改")
    assert _measure(sample).title == "另一个标题"
    assert _measure(sample).title_source == TitleSource.TO_BE_CHECKED


def test_marking_nothing_is_refused(open_page: Open, sample: Store):
    measure_id = str(_measure(sample).measure_id)
    seen = open_page("reference_data", "sysadmin", part="measure", measure=measure_id)
    seen = press(seen, "标注核对")
    assert "请至少选择" in words(seen)


def test_an_indicator_of_the_site_is_told_apart_from_the_notice(open_page: Open, sample: Store):
    seen = open_page("reference_data", "sysadmin", part="indicator")
    before = len(indicators_frame(sample, notice_id=1))
    for label, typed in (("指标名称", "新指标"), ("计量单位", "个")):
        next(field for field in seen.main.text_input if field.label == label).input(typed)
    seen = press(seen.run(), "新增指标")
    indicators = indicators_frame(sample, notice_id=1)
    assert len(indicators) == before + 1
    assert indicators[indicators["name"] == "新指标"]["source"].tolist() == [TitleSource.PROJECT]
    assert last_event(sample).action == "add_indicator"


def test_actions_of_the_notice_are_shown_and_not_edited(open_page: Open):
    seen = open_page("reference_data", "sysadmin", part="action", action="1")
    assert len(seen.dataframe[0].value)
    assert not seen.main.text_input
