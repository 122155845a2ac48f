"""The trace: each figure taken apart gives just the figure that the pages show, down to whoever wrote the update."""

from itertools import product

import pytest
from streamlit.testing.v1 import AppTest

from db.authorities.scope import NATION
from db.figures.queries import cells_frame
from db.periods.queries import periods_frame
from db.reference.queries import measures_frame, notices_frame, units_frame
from db.store import Store
from db.tasks.sheets import updates_frame
from db.traces.queries import traced_tasks
from tests.app.acting import words
from tests.app.conftest import Open
from tracking.figures.axes import Axes
from tracking.figures.cells import COUNTS
from tracking.figures.cube import Cube
from tracking.figures.indicators import completion_by_measure, completion_by_unit, headline
from tracking.traces import TracedFigure, trace_parts, trace_units
from tracking.vocabulary import Light


def _unit(sample: Store, name: str) -> str:
    units = units_frame(sample)
    return str(units[units["short_name"] == name]["unit_id"].iloc[0])


@pytest.fixture
def figures(sample: Store):
    """Of the period under way and the one before: cells, and the units and measures they lie along."""
    notice_id = int(notices_frame(sample)["notice_id"].iloc[0])
    measures = measures_frame(sample, notice_id=notice_id)
    return {
        period_id: (cells_frame(sample, NATION, period_id=period_id), Axes(units_frame(sample), measures))
        for period_id in periods_frame(sample, notice_id=notice_id)["period_id"].head(3).tolist()
    }


def test_every_figure_over_units_is_just_what_the_overview_shows(figures):
    for cells, axes in figures.values():
        cube = Cube.of(cells, axes)
        head, each = headline(cube, None), completion_by_unit(cube)
        traced = {figure: trace_units(each, figure).value for figure in TracedFigure}
        assert traced[TracedFigure.COMPLETION] == pytest.approx(head.completion_permille, abs=1e-9)
        assert traced[TracedFigure.EXPECTED] == pytest.approx(head.expected_permille, abs=1e-9)
        assert traced[TracedFigure.REPORTED] == (each["reported"] > 0).sum()
        assert (traced[TracedFigure.TASKS], traced[TracedFigure.SUSPENDED]) == (head.tasks, head.suspended)
        assert {light: traced[TracedFigure(light)] for light in Light} == head.lights


def test_every_figure_of_a_unit_is_the_sum_of_its_measures(figures):
    for cells, axes in figures.values():
        each = completion_by_unit(Cube.of(cells, axes)).set_index("unit_id")
        for unit_id in each.index[:12]:
            own = cells[cells["unit_id"] == unit_id]
            alone = Axes(axes.units[axes.units["unit_id"] == unit_id], axes.measures)
            parts = completion_by_measure(Cube.of(own, alone))
            shown = each.loc[unit_id]
            if not shown["tasks"]:
                continue
            completion = trace_parts(parts, TracedFigure.COMPLETION)
            assert completion.value == pytest.approx(shown["completion_permille"], abs=1e-9)
            assert (completion.numerator, completion.denominator) == (shown["done"], shown["weight_tenths"])
            for figure in set(TracedFigure) - {TracedFigure.COMPLETION, TracedFigure.EXPECTED}:
                assert trace_parts(parts, figure).value == shown[str(figure)]


def test_every_cell_is_the_sum_of_its_tasks(figures, sample: Store):
    for period_id, (cells, _) in list(figures.items())[:2]:
        for cell in cells[cells["unit_id"].isin(cells["unit_id"].unique()[::7])].itertuples():
            tasks = traced_tasks(
                sample,
                NATION,
                period_id=period_id,
                unit_ids=(cell.unit_id,),
                measure_id=cell.measure_id,
            )
            assert tasks[list(COUNTS)].sum().to_dict() == {name: getattr(cell, name) for name in COUNTS}
            assert (
                tasks["done"] == tasks["weight_tenths"] * tasks["completion_permille"].clip(upper=1000)
            ).all()


def _metrics(seen: AppTest) -> dict[str, str]:
    return {figure.label: figure.value for figure in seen.metric}


@pytest.mark.parametrize(
    ("page", "narrowed"),
    [
        ("overview", {}),
        ("overview", {"region": "华东"}),
        ("measure", {"measure": "5"}),
        ("region", {"region": "西部", "grouping": "region_four"}),
        ("region", {"view": "provinces"}),
        ("region", {"unit": "浙江"}),
        ("region", {"period": "6", "tree": "today"}),
    ],
)
def test_the_trace_reads_just_as_the_page_it_came_from(open_page: Open, sample: Store, page, narrowed):
    where = {**narrowed, **({"unit": _unit(sample, narrowed["unit"])} if "unit" in narrowed else {})}
    shown = _metrics(open_page(page, "leadership", **where))
    pairs = {"completion": "平均完成率", "expected": "序时进度", "red": "滞后任务", "tasks": "在册任务"}
    pairs["reported"] = "已报送任务" if "已报送任务" in shown else "已报送单位"
    for figure, label in pairs.items():
        seen = open_page("trace", "leadership", figure=figure, **where)
        assert [error.message for error in seen.exception] == []
        assert f"为 {shown[label]}，" in words(seen), figure


def test_a_figure_leads_down_to_whoever_wrote_the_update(open_page: Open, sample: Store):
    zhejiang, last_year = _unit(sample, "浙江"), 4
    seen = open_page("trace", "leadership", unit=zhejiang, period=str(last_year))
    assert "Σ（权重 × 百分比）" in words(seen)
    assert len(seen.dataframe[0].value) == 10
    seen = open_page("trace", "leadership", unit=zhejiang, measure="1", period=str(last_year))
    assert "查看其进展依据" in seen.header[0].value
    assert "product" in seen.dataframe[0].value.columns
    tasks = traced_tasks(sample, NATION, period_id=last_year, unit_ids=(int(zhejiang),), measure_id=1)
    found = tasks[tasks["update_id"] > 0].iloc[0]
    update = (
        updates_frame(sample, NATION, int(found["task_id"])).set_index("update_id").loc[found["update_id"]]
    )
    seen = open_page("trace", "leadership", task=str(found["task_id"]), period=str(last_year))
    said = words(seen).replace("\\", "")
    assert f"{update['author']} 填写于" in said
    assert f"{update['signatory']} 审签于" in said or update["signatory"] in said
    assert update["reviewer"] in said
    assert "计入单位汇总" in said


def test_every_kind_of_basis_is_told(open_page: Open, sample: Store):
    told = set()
    for measure_id, unit in product(range(1, 11), ("浙江", "上海")):
        tasks = traced_tasks(
            sample, NATION, period_id=8, unit_ids=(int(_unit(sample, unit)),), measure_id=measure_id
        )
        for task_id in tasks["task_id"].head(1):
            seen = open_page("trace", "member", task=str(task_id))
            assert [error.message for error in seen.exception] == []
            told |= {basis for basis in ("按指标计算", "按节点计算", "由填报人填写") if basis in words(seen)}
    assert {"按指标计算", "按节点计算"} <= told


def test_a_unit_traces_its_own_figures_only(open_page: Open, sample: Store):
    seen = open_page("trace", "zhejiang.officer", unit=_unit(sample, "宁波"))
    assert "浙江的完成率为" in words(seen)
    ningbo = traced_tasks(sample, NATION, period_id=8, unit_ids=(int(_unit(sample, "宁波")),), measure_id=1)
    seen = open_page("trace", "zhejiang.officer", task=str(ningbo["task_id"].iloc[0]))
    assert "没有找到要看的内容" in words(seen)


def test_nonsense_in_the_address_counts_as_not_given(open_page: Open):
    seen = open_page("trace", "member", figure="x", unit="99999", measure="77", region="无", area="9")
    assert [error.message for error in seen.exception] == []
    assert "全国的完成率为" in words(seen)


def test_a_key_area_is_traced_over_its_measures(open_page: Open, sample: Store):
    seen = open_page("trace", "member", area="1")
    assert "助力中小企业" in words(seen)
    seen = open_page("trace", "member", area="1", unit=_unit(sample, "浙江"))
    assert len(seen.dataframe[0].value) == 4
