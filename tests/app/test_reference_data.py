"""The page of the catalogue: words, their sources, who checked them, and what is retired."""

from db.reference.actions import add_indicator
from db.reference.composites import PartOf, add_composite
from db.reference.queries import actions_frame, indicators_frame, measures_frame, notice_facts_frame
from db.store import Store
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.app.looping import count_units, person
from tests.support.trail import last_event
from tracking.composites import CompositeForm
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


def _typed(seen, **typed: str):
    for label, words_ in typed.items():
        next(field for field in seen.main.text_input if field.label == label).input(words_)
    return seen.run()


def test_an_action_is_added_with_its_source_and_waits_to_be_checked(open_page: Open, sample: Store):
    seen = open_page("reference_data", "sysadmin", part="action")
    seen = press(_typed(seen, 标题="举办线上展会", 出处="通知第一条"), "新增具体行动")
    assert "具体行动已新增" in words(seen)
    added = actions_frame(sample, notice_id=1)[lambda frame: frame["title"] == "举办线上展会"].iloc[0]
    assert (added["measure_number"], added["number"], added["cited"]) == (1, 3, "通知第一条")
    assert added["title_source"] == added["measure_source"] == TitleSource.TO_BE_CHECKED


def test_a_paraphrase_says_that_it_is_one(open_page: Open):
    seen = open_page("reference_data", "sysadmin", part="safeguard")
    shown = seen.dataframe[0].value
    assert shown[shown["title"] == "加大宣传推介"]["source"].tolist() == ["按大意概括，待与原文核对"]
    assert "概括表述" in words(seen)


def test_a_measure_with_open_tasks_stays_and_an_action_is_retired_and_brought_back(
    open_page: Open, sample: Store
):
    seen = open_page("reference_data", "sysadmin", part="measure", measure="1")
    seen = press(_typed(seen, 停用理由="不再开展"), "停用")
    assert "该举措下还有未完成任务" in words(seen)
    seen = open_page("reference_data", "sysadmin", part="action", action="1")
    seen = press(_typed(seen, 停用理由="不再开展"), "停用")
    assert last_event(sample).action == "retire_part"
    seen = press(seen, "恢复使用")
    assert "已恢复使用" in words(seen)
    assert actions_frame(sample, notice_id=1)["retired_on"].isna().all()


def test_the_facts_about_the_notice_carry_their_source(open_page: Open, sample: Store):
    facts = notice_facts_frame(sample, notice_id=1).set_index("key")["fact_id"]
    seen = open_page("reference_data", "sysadmin", part="fact", fact=str(facts["issued_on"]))
    assert f"{count_units(sample)} 家" in seen.dataframe[0].value["stated"].tolist()
    seen = press(seen, "标注核对")
    checked = notice_facts_frame(sample, notice_id=1).set_index("key")["source"]
    assert checked["issued_on"] == TitleSource.CONFIRMED


def test_a_composite_is_added_and_the_measure_shows_it_with_its_parts_or_what_it_lacks(
    open_page: Open, sample: Store
):
    indicators = indicators_frame(sample, notice_id=1).set_index("name")["indicator_id"]
    seen = open_page("reference_data", "sysadmin", part="composite")
    above, below = (f"i{indicators[name]}" for name in ("参展企业", "组织参加境内外展会"))
    chosen = dict(
        zip(("被除数（几项时相加，单位相同）", "除数（几项时相加，单位相同）"), (above, below), strict=True)
    )
    for box in seen.main.multiselect:
        box.set_value([chosen[box.label]])
    seen = press(_typed(seen.run(), 标题="场均参展企业"), "新增综合指标")
    assert "综合指标已新增" in words(seen)
    officer = {"by": person(sample, "sysadmin"), "measure_id": 1, "cited": "", "starts_on": None}
    nobody = add_indicator(
        sample, by=officer["by"], measure_id=1, name="线上展位", unit="场", additive=True, headline=False
    )
    lacking = [PartOf(indicator_id=nobody), PartOf(indicator_id=int(indicators["组织参加境内外展会"]))]
    add_composite(sample, title="展会合计", form=CompositeForm.SUM, parts=lacking, **officer)
    shown = open_page("measure", "member", measure="1")
    (table,) = (one.value for one in shown.dataframe if "formula" in one.value)
    rows = table.set_index("composite")
    assert rows.loc["场均参展企业", "formula"] == "参展企业 ÷ 组织参加境内外展会"
    assert rows.loc["场均参展企业", "amount"].endswith("家次/场")
    assert rows.loc["展会合计", "amount"] == "暂不计算：缺少 线上展位"
