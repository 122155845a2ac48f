"""The page of coverage: the sentence counts the cells, and one departure changes one of them."""

from datetime import timedelta

from db import clock
from db.authorities.scope import NATION
from db.coverage.queries import measure_cells_frame
from db.identity import SignedIn
from db.officers.actions import end_appointment
from db.officers.queries import posts_frame
from db.reference.queries import actions_frame, measures_frame, units_frame
from db.sql import select
from db.store import Store
from db.tables import MeasureAction, Task, TaskRevision
from db.tasks.queries import task_frame
from tests.app.acting import words
from tests.app.conftest import Open
from tests.app.looping import count_units
from tests.support.years import this_year
from tracking.vocabulary import Role, TaskStatus

SHOWN = ["unit", "full", "partly", "empty", "lacks_date", "lacks_officer", "lacks_indicator"]


def unit(sample: Store, short_name: str) -> int:
    units = units_frame(sample).set_index("short_name")
    return int(units.loc[short_name, "unit_id"])


def test_the_sentence_says_how_many_cells_are_covered_partly_and_empty(open_page: Open, sample: Store):
    seen = open_page("coverage", "leadership")
    cells = seen.main.dataframe[0].value
    assert list(cells.columns) == SHOWN
    counts = [int(cells[name].sum()) for name in ("full", "partly", "empty")]
    in_all = count_units(sample) * 10
    assert sum(counts) == in_all
    assert all(counts), "the sample has gaps and covered cells"
    said = f"共 {in_all} 格：要素齐全 {counts[0]} 格"
    assert said in words(seen)
    assert f"部分齐全 {counts[1]} 格，尚无任务 {counts[2]} 格" in words(seen)


def test_one_cell_changes_when_one_officer_leaves(open_page: Open, sample: Store):
    zhejiang = unit(sample, "浙江")
    year, today = this_year(sample), clock.today()
    tasks = task_frame(sample, NATION, notice_id=1, year=year, unit_id=zhejiang)
    tasks = tasks[(tasks["status"] != TaskStatus.COMPLETED) & tasks["officer_name"].notna()]
    posts = tasks.groupby("post_title")["measure_id"].nunique()
    title = posts.index[0]
    measures = set(tasks[tasks["post_title"] == title]["measure_id"])
    before = measure_cells_frame(sample, NATION, notice_id=1, year=year, on=today)
    frame = posts_frame(sample, NATION, on=today, authority_id=zhejiang).set_index("post_title")
    by = SignedIn(1, "填报人", zhejiang, frozenset({Role.REPORTING_OFFICER}), "zhejiang.officer")
    end_appointment(
        sample, by=by, appointment_id=int(frame.loc[title, "appointment_id"]), ends_on=today - timedelta(1)
    )
    after = measure_cells_frame(sample, NATION, notice_id=1, year=year, on=today)
    changed = before["vacant"] != after["vacant"]
    assert set(before[changed]["unit_id"]) <= {zhejiang}
    assert set(before[changed]["line_id"]) <= measures


def test_filters_of_the_address_narrow_units_and_measures(open_page: Open, sample: Store):
    seen = open_page("coverage", "member", area="1", region="华东")
    measures = measures_frame(sample, notice_id=1)
    count = int((measures["key_area_number"] == 1).sum())
    assert f"× {count} 项举措" in words(seen)
    assert {"上海", "江苏", "浙江"} <= set(seen.main.dataframe[0].value["unit"])


def test_a_measure_is_shown_action_by_action_if_the_notice_names_some(open_page: Open, sample: Store):
    actions = actions_frame(sample, notice_id=1)["measure_id"].value_counts()
    several, alone = actions.index[0], actions.index[-1]
    seen = open_page("coverage", "member", measure=str(several))
    assert f"× {actions.iloc[0]} 项具体行动" in words(seen)
    assert "未对应具体行动，不在上图之中" not in words(seen), "every task of the sample names one"
    with sample.write(None) as tx:
        task = tx.session.scalars(
            select(Task).where(Task.measure_id == int(several), Task.year == this_year(sample))
        ).first()
        said = tx.session.get_one(TaskRevision, task.revision_id)
        said.measure_action_id = None
        tx.audit("plant", said)
    assert "另有 1 项任务（1 家）未对应具体行动" in words(
        open_page("coverage", "member", measure=str(several))
    )
    with sample.write(None) as tx:
        for action in tx.session.scalars(select(MeasureAction).where(MeasureAction.measure_id == int(alone))):
            action.retired_on = tx.today
            tx.audit("plant", action)
    seen = open_page("coverage", "member", measure=str(alone))
    units = count_units(sample)
    assert f"{units} 个单位 × 1 项举措共 {units} 格" in words(seen)


def test_a_unit_is_shown_with_the_tasks_that_lack_something(open_page: Open, sample: Store):
    seen = open_page("coverage", "member", unit=str(unit(sample, "山西")))
    assert {header.value for header in seen.main.header} == {"缺少要素的任务"}
    lacks = set(seen.main.dataframe[0].value["lacks"])
    assert any("责任人" in words for words in lacks)


def test_an_officer_sees_only_the_own_unit(open_page: Open):
    seen = open_page("coverage", "zhejiang.officer")
    assert "1 个单位 × 10 项举措共 10 格" in words(seen)
    assert set(seen.main.dataframe[0].value["unit"]) == {"浙江"}


def test_the_letter_is_there_for_whoever_may_take_it(open_page: Open, sample: Store):
    seen = open_page("coverage", "member", unit=str(unit(sample, "山西")))
    links = [link.proto.url for link in seen.main.get("link_button")]
    asked = f"notice=1&unit={unit(sample, '山西')}"
    assert links == [f"/coverage.{ending}?{asked}" for ending in ("docx", "pdf")]
