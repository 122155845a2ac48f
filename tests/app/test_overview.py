"""The overview: the sentence that answers, the figures, and what its address narrows."""

import pytest

from db.figures.queries import cells_frame
from db.periods.queries import periods_frame
from db.reference.queries import measures_frame, notices_frame
from db.store import Store
from tests.app.acting import words
from tests.app.conftest import Open
from tests.app.looping import count_units
from tracking.permissions import Scope


def _newest_period(sample: Store) -> int:
    notice_id = int(notices_frame(sample)["notice_id"].iloc[0])
    periods = periods_frame(sample, notice_id=notice_id)
    return int(periods[periods["status"] != "upcoming"]["period_id"].iloc[0])


def test_leadership_reads_the_whole_country_in_one_sentence(open_page: Open, sample: Store):
    seen = open_page("overview", "leadership")
    cells = cells_frame(sample, Scope(None), period_id=_newest_period(sample))
    assert f"{count_units(sample)} 家单位中" in words(seen)
    assert f":red[**{cells['red'].sum()} 项任务滞后**]" in words(seen)
    assert [metric.label for metric in seen.metric] == [
        "平均完成率", "序时进度", "已报送单位", "滞后任务", "在册任务",
    ]  # fmt: skip
    assert seen.metric[-1].value == f"{cells['tasks'].sum()} 项"


def test_every_picture_and_the_table_of_units_are_there(open_page: Open, sample: Store):
    seen = open_page("overview", "member")
    assert len(seen.get("plotly_chart")) == 5
    assert len(seen.dataframe[0].value) == count_units(sample)


def test_a_unit_reads_itself_only_and_its_tasks_instead_of_other_units(open_page: Open):
    seen = open_page("overview", "zhejiang.officer")
    assert "家单位中" not in words(seen)
    assert len(seen.get("plotly_chart")) == 3
    assert "title" in seen.dataframe[0].value


def test_a_region_in_the_address_narrows_everything(open_page: Open, sample: Store):
    seen = open_page("overview", "member", region="华东")
    assert seen.selectbox(key="pick_region").value == "华东"
    assert "华东" in words(seen)
    assert len(seen.dataframe[0].value) < count_units(sample)


def test_a_choice_is_kept_in_the_address_and_the_first_one_is_not(open_page: Open):
    seen = open_page("overview", "member")
    seen.selectbox(key="pick_region").select("华东").run()
    assert seen.query_params["region"] == "华东"
    seen.selectbox(key="pick_region").select("").run()
    assert "region" not in seen.query_params


@pytest.mark.parametrize("asked", [{"period": "no-number"}, {"period": "999999"}, {"measure": "$x$"}])
def test_what_an_address_cannot_mean_counts_as_not_asked(
    open_page: Open, sample: Store, asked: dict[str, str]
):
    seen = open_page("overview", "member", **asked)
    assert not seen.exception
    assert f"{count_units(sample)} 家单位中" in words(seen)


def test_a_measure_in_the_address_narrows_the_tasks(open_page: Open, sample: Store):
    notice_id = int(notices_frame(sample)["notice_id"].iloc[0])
    measure_id = int(measures_frame(sample, notice_id=notice_id)["measure_id"].iloc[2])
    cells = cells_frame(sample, Scope(None), period_id=_newest_period(sample))
    seen = open_page("overview", "member", measure=str(measure_id))
    assert seen.metric[-1].value == f"{cells[cells['measure_id'] == measure_id]['tasks'].sum()} 项"
