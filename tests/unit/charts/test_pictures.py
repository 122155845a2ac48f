"""What is particular to one picture."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from tests.unit.charts import frames
from tracking import charts
from tracking.palette import LIGHT_PALETTE
from tracking.vocabulary import Language, Light

ZH = {"language": Language.ZH_CN}
TODAY = date(2026, 11, 23)


def labels_of(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def cells_of(figure) -> dict[tuple[float, float], tuple[str, str]]:
    """Place of a cell → its words and its ground, row by row."""
    cells = {
        (x, y): (words, ground)
        for trace in figure.data
        for x, y, words, ground in zip(trace.x, trace.base, trace.text, trace.marker.color, strict=True)
    }
    return dict(sorted(cells.items(), key=lambda cell: (cell[0][1], -cell[0][0])))


def test_a_measure_bar_has_the_colour_of_its_key_area():
    bars = charts.completion_bars(frames.measures(), **ZH).data[1]
    one, two = LIGHT_PALETTE.key_areas[:2]
    assert list(bars.marker.color) == [one, one, two]


def test_measures_stand_under_the_heading_of_their_key_area():
    assert labels_of(charts.completion_bars(frames.measures(), **ZH))[3:] == [
        "重点工作 1　贸易投资",
        "重点工作 2　优质服务",
    ]


def test_a_value_stands_inside_the_end_of_its_bar():
    values = charts.completion_bars(frames.measures().assign(median_permille=None), **ZH).data[-1]
    assert list(values.text) == ["62.4%", "70.0%", "—"]
    assert list(values.x) == [61.9, 69.5, 0.5]
    assert list(values.textposition) == ["middle left", "middle left", "middle right"]
    assert list(values.textfont.color)[1:] == [LIGHT_PALETTE.paper, LIGHT_PALETTE.ink]


def test_a_value_gives_way_to_the_marks_it_would_cover():
    near = frames.measures().assign(
        completion_permille=[700.0, 60.0, 60.0],
        expected_permille=[650.0, 100.0, 500.0],
        median_permille=[600.0, 160.0, 20.0],
    )
    values = charts.completion_bars(near, **ZH).data[-1]
    assert list(values.x) == [59.5, 16.5, 6.5]


def test_a_cell_shows_its_figure_and_a_dash_without_tasks():
    cells = cells_of(charts.heat_map(frames.matrix(), **ZH))
    assert {place: words for place, (words, _) in cells.items()} == {
        (1, -0.47): "62.4",
        (0, -0.47): "4.0",
        (1, 0.53): "—",
        (0, 0.53): "100.0",
    }
    assert cells[1, 0.53][1] == LIGHT_PALETTE.paper


def test_the_words_of_a_trace_have_one_colour_which_a_click_keeps():
    for figure in (charts.heat_map(frames.matrix(), **ZH), charts.tile_grid(frames.tiles(), **ZH)):
        inks = [(cells.textfont.color, cells.selected.textfont.color) for cells in figure.data]
        assert all(isinstance(before, str) and before == after for before, after in inks)


def test_a_cell_of_deviations_is_signed_and_red_where_behind():
    cells = cells_of(charts.heat_map(frames.matrix(), deviation=True, **ZH))
    assert [words for words, _ in cells.values()] == ["−12.6", "+0.0", "—", "+25.0"]
    assert cells[1, -0.47][1] in LIGHT_PALETTE.deviations[:4]
    assert cells[0, 0.53][1] in LIGHT_PALETTE.deviations[5:]


def test_the_tiles_say_that_they_are_no_map():
    assert charts.tile_grid(frames.tiles(), **ZH).layout.title.text == "各单位完成率示意图（非地图）"


def test_a_tile_that_is_not_covered_is_hatched_and_opens_nothing():
    *tiles, hatched = charts.tile_grid(frames.tiles(), **ZH).data
    assert sorted(words for part in tiles for words in part.text) == ["兵团<br>—", "北京<br>62.4"]
    assert (list(hatched.text), hatched.marker.pattern.shape) == (["台湾"], "/")
    assert hatched.customdata is None
    assert "未纳入统计" in hatched.hovertemplate


def test_a_tile_shows_the_shape_of_its_light():
    lit = frames.tiles().assign(light=["red", None, None])
    assert charts.tile_grid(lit, **ZH).data[0].text == ("北京<br>■\u200962.4",)


def test_lights_are_told_by_shape_and_word_with_count_and_share():
    figure = charts.light_bar({Light.RED: 3, Light.GREEN: 1}, **ZH)
    assert labels_of(figure)[:3] == [
        "■ <b>3</b><br>滞后<br>75.0%",
        "▲ <b>0</b><br>预警<br>0.0%",
        "● <b>1</b><br>正常<br>25.0%",
    ]
    assert [(part.base[0], part.x[0]) for part in figure.data] == [(0, 3), (3, 1)]


def test_suspended_tasks_stand_beside_the_others_and_take_no_share_of_them():
    figure = charts.light_bar({Light.RED: 3, Light.GREY: 1, Light.SUSPENDED: 2}, **ZH)
    assert labels_of(figure)[4:6] == ["○ <b>1</b><br>未启动<br>25.0%", "‖ <b>2</b><br>中止<br>—"]
    assert [(part.base[0], part.x[0]) for part in figure.data] == [(0, 3), (3, 1), (4, 2)]
    assert "4 项" in figure.layout.title.subtitle.text
    assert "另有 2 项" in figure.data[2].hovertemplate
    assert labels_of(charts.light_bar({Light.SUSPENDED: 2}, **ZH))[0] == "■ <b>0</b><br>滞后<br>—"


def test_the_last_period_is_the_present_one_unless_another_is_named():
    trend = frames.trend()
    assert charts.trend_lines(trend, **ZH).layout.shapes[0].x0 == 2.75
    assert charts.trend_lines(trend, present="2026年第2季度", **ZH).layout.shapes[0].x0 == 0.75


@pytest.mark.parametrize("areas", [1, 3, 6])
def test_direct_labels_never_meet_and_stay_on_the_picture(areas):
    figure = charts.trend_lines(frames.trend(areas=areas), **ZH)
    levels = sorted(note.y for note in figure.layout.annotations)
    assert len(levels) == areas
    assert all(upper - lower >= 14 for lower, upper in pairwise(levels))
    assert levels[-1] < 110


def test_a_long_key_area_is_named_on_two_lines():
    assert labels_of(charts.trend_lines(frames.trend(), **ZH))[0] == (
        "<b>96.1%</b><br>助力中小企业赴沿线<br>国家开展贸易投资"
    )


def test_a_key_area_that_never_reported_has_no_label():
    trend = frames.trend(areas=2)
    trend.loc[trend["key_area_number"] == 2, "completion_permille"] = None
    assert len(charts.trend_lines(trend, **ZH).layout.annotations) == 1


def test_one_period_alone_is_drawn_as_points():
    figure = charts.trend_lines(frames.trend(periods=1), **ZH)
    assert figure.data[0].mode == "markers"


def test_an_unmoved_task_has_its_due_date_for_baseline():
    baselines, spans, done = charts.plan_timeline(frames.plan(), today=TODAY, **ZH).data[:3]
    days = [length // 86_400_000 for length in (*baselines.x, *spans.x, *done.x)]
    assert days == [264, 90, 325, 90, 146, 90]


def test_milestones_are_filled_once_reached():
    diamonds = charts.plan_timeline(frames.plan(), today=TODAY, **ZH).data[4]
    assert list(diamonds.marker.color) == [LIGHT_PALETTE.ink, LIGHT_PALETTE.paper]
    assert [row[3] for row in diamonds.customdata] == ["已达到", "未达到"]


def test_a_light_on_the_timeline_has_shape_word_and_figure():
    headings = charts.plan_timeline(frames.plan(), today=TODAY, **ZH).data[-1]
    assert list(headings.text[2:]) == ["▲ 预警 45.0%", "✔ 完成 120.0%"]
    assert headings.text[1].endswith("…")


def test_the_day_is_named_on_the_timeline():
    assert labels_of(charts.plan_timeline(frames.plan(), today=TODAY, **ZH)) == ["今天 11-23"]


def test_a_plan_of_a_year_is_ruled_by_quarters_and_a_longer_one_by_years():
    axis = charts.plan_timeline(frames.plan(), today=TODAY, **ZH).layout.xaxis
    assert list(axis.ticktext) == ["2026年<br>第一季度", " <br>第二季度", " <br>第三季度", " <br>第四季度"]
    longer = frames.plan().assign(due_on=date(2029, 6, 30))
    axis = charts.plan_timeline(longer, today=TODAY, **ZH).layout.xaxis
    assert list(axis.ticktext) == ["2026年", "2027年", "2028年", "2029年"]


def test_a_timeline_takes_timestamps_for_days():
    stamped = frames.plan()
    for column in ("starts_on", "due_on", "baseline_due_on"):
        stamped[column] = pd.to_datetime(stamped[column])
    plain, of_stamps = (charts.plan_timeline(plan, today=TODAY, **ZH) for plan in (frames.plan(), stamped))
    assert plain.to_json() == of_stamps.to_json()


def test_units_of_one_name_keep_a_bar_each():
    names = charts.unit_bars(frames.units(), **ZH).data[0].x
    assert len(set(names)) == 4
    assert names[1].rstrip("\u200b") == names[2].rstrip("\u200b") == "内<br>蒙<br>古"


def test_the_own_unit_stands_out():
    bars = charts.unit_bars(frames.units(), own_unit_id=2, **ZH).data[0]
    muted = LIGHT_PALETTE.muted
    assert list(bars.marker.color) == [muted, LIGHT_PALETTE.primary, muted, muted]
    dots = charts.unit_dots(frames.units(), own_unit_id=1, **ZH)
    assert labels_of(dots) == ["<b>北京 90.0%</b>"]


def test_a_figure_over_a_bar_steps_aside_for_the_line_of_the_median():
    bars = charts.unit_bars(frames.units(), median_permille=500.0, **ZH)
    assert list(bars.data[0].text) == ["90.0", "46.0<br> ", "46.5<br> ", "—"]
    assert bars.layout.shapes[0].y0 == 50.0


def test_without_a_median_no_line_is_drawn():
    assert not charts.unit_bars(frames.units(), **ZH).layout.shapes
    assert not charts.unit_dots(frames.units(), **ZH).layout.shapes


def test_dots_that_coincide_are_piled_up():
    dots = charts.unit_dots(frames.units(), **ZH).data[0]
    assert list(zip(dots.x, dots.y, strict=True)) == [(46.0, 0), (46.5, 1), (90.0, 0)]


def test_units_without_full_names_are_named_by_their_short_ones():
    dots = charts.unit_dots(frames.units().drop(columns="name"), **ZH).data[0]
    assert dots.customdata[0][1] == "内蒙古"


def test_a_cell_of_coverage_shows_shape_word_and_ground_by_what_it_has():
    colours = LIGHT_PALETTE.completions
    assert list(cells_of(charts.coverage_grid(frames.coverage(), **ZH)).values()) == [
        ("◕<br>缺1", colours[4]),
        ("●<br>齐", colours[9]),
        ("○<br>无", LIGHT_PALETTE.paper),
        ("◔<br>缺3", colours[1]),
    ]


def test_hover_over_a_cell_of_coverage_names_what_it_lacks():
    figure = charts.coverage_grid(frames.coverage(), **ZH)
    lacks = {tuple(row[:2]): row[5] for trace in figure.data for row in trace.customdata}
    assert lacks == {(1, 11): "无", (1, 12): "有效时限、责任人、指标", (2, 11): "指标", (2, 12): "任务"}
    assert "截至" not in figure.data[0].hovertemplate


def test_an_obligation_says_how_many_units_have_it_in_place():
    figure = charts.obligation_grid(frames.obligations(), as_of=TODAY, **ZH)
    assert labels_of(figure)[0] == "协调机制 1/2"
    assert {words for words, _ in cells_of(figure).values()} == {"●<br>有", "○<br>缺"}
    found = {tuple(row[:2]): row[3:] for trace in figure.data for row in trace.customdata}
    assert found[1, "coordination_mechanism"] == ["2026-02-01", "1号"]
    assert found[1, "responsible_officer"] == ["2026-02-01", "2/2"]
    assert found[2, "publicity"] == ["—", "—"]


def test_the_row_with_most_open_stands_first_each_part_begins_where_the_last_ends():
    figure = charts.slip_bars(frames.slips(), **ZH)
    blue, _orange, red, totals = figure.data
    assert labels_of(figure) == ["广西", "浙江"]
    assert (list(blue.x), list(red.x)) == ([2, 1], [1, 0])
    assert list(red.base) == [2, 1]
    assert list(red.text) == ["◆", ""]
    assert list(totals.text) == [" 3", " 1"]


def test_a_long_list_of_rows_is_cut_and_says_so():
    names = [f"单位{number}" for number in range(20)]
    many = pd.DataFrame({"key": range(20), "name": names, "blue": 1, "orange": 0, "red": 0})
    figure = charts.slip_bars(many, **ZH)
    assert len(figure.data[0].x) == 12
    assert "共 20 行" in figure.layout.title.subtitle.text


def test_a_picture_is_a_figure_of_plotly_to_whoever_asks_for_a_part():
    picture = charts.ageing_grid(frames.ageing(), language=Language.ZH_CN)
    assert picture.layout.title.text == picture.to_dict()["layout"]["title"]["text"]
    assert [trace.type for trace in picture.data] == ["bar"] * len(picture.to_dict()["data"])
    assert not hasattr(picture, "nothing_of_the_kind")
