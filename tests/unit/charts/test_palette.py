"""Every pair of text and ground reads, on both papers, and the theme of the pages says the same."""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from tracking.charts.look import FONT
from tracking.palette import DARK_PALETTE, LIGHT_PALETTE, SHAPES, SLIP_SHAPES, contrast, palette
from tracking.vocabulary import Light, SlipLevel

TEXT, GRAPHIC = 4.5, 3.0
PAPERS = pytest.mark.parametrize("colours", [LIGHT_PALETTE, DARK_PALETTE], ids=["light", "dark"])
THEME = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#FFFFFF") == 1


@PAPERS
def test_words_read_on_paper_and_on_the_quiet_surface(colours):
    words = [colours.ink, colours.second, colours.primary, *colours.lights.values(), *colours.key_areas]
    poor = [
        (word, ground)
        for word in words
        for ground in (colours.paper, colours.quiet)
        if contrast(word, ground) < TEXT
    ]
    assert poor == []


@PAPERS
def test_figures_read_on_every_step_of_every_scale(colours):
    grounds = [*colours.completions, *colours.deviations, *colours.fills.values(), *colours.slips.values()]
    assert [ground for ground in grounds if contrast(colours.text_on(ground), ground) < TEXT] == []


@PAPERS
def test_marks_stand_out_from_the_paper_and_the_own_one_from_the_others(colours):
    assert contrast(colours.muted, colours.paper) >= GRAPHIC
    assert contrast(colours.muted, colours.primary) >= 2


@PAPERS
def test_a_completion_only_grows_stronger(colours):
    strength = [contrast(step, colours.paper) for step in colours.completions]
    assert strength == sorted(strength)


@PAPERS
def test_a_deviation_is_red_behind_blue_ahead_and_weakest_at_nought(colours):
    red, blue = colours.deviation(-449), colours.deviation(449)
    assert int(red[1:3], 16) > int(red[5:7], 16)
    assert int(blue[1:3], 16) < int(blue[5:7], 16)
    strength = {step: contrast(step, colours.paper) for step in colours.deviations}
    assert min(strength, key=strength.__getitem__) == colours.deviation(0)


@PAPERS
def test_what_lies_outside_a_scale_has_the_colour_of_its_end(colours):
    assert colours.completion(1000) == colours.completion(1300) == colours.completions[-1]
    assert colours.completion(0) == colours.completions[0]
    assert colours.deviation(-2000) == colours.deviations[0]


@PAPERS
def test_six_key_areas_differ_and_the_seventh_repeats(colours):
    assert len({colours.key_area(number) for number in range(1, 7)}) == 6
    assert colours.key_area(7) == colours.key_area(1)


def test_every_light_has_a_shape_of_its_own():
    assert set(SHAPES) == set(Light)
    assert all(one != other for one, other in combinations(SHAPES.values(), 2))


def test_each_paper_has_its_palette():
    assert (palette(dark=False), palette(dark=True)) == (LIGHT_PALETTE, DARK_PALETTE)


@pytest.mark.parametrize(("mode", "colours"), [("light", LIGHT_PALETTE), ("dark", DARK_PALETTE)])
def test_the_theme_of_the_pages_has_the_colours_of_the_palette(mode, colours):
    theme = THEME[mode]
    assert {
        "primaryColor": colours.primary,
        "backgroundColor": colours.paper,
        "secondaryBackgroundColor": colours.quiet,
        "textColor": colours.ink,
        "borderColor": colours.rule,
        "redTextColor": colours.lights[Light.RED],
        "yellowTextColor": colours.lights[Light.AMBER],
        "greenTextColor": colours.lights[Light.GREEN],
        "blueTextColor": colours.lights[Light.BLUE],
        "grayTextColor": colours.second,
        "dataframeHeaderTextColor": colours.second,
    }.items() <= theme.items()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_theme_of_the_pages_reads(mode):
    theme = THEME[mode]
    pairs = [
        (theme["textColor"], theme["backgroundColor"]),
        (theme["textColor"], theme["sidebar"]["backgroundColor"]),
        (theme["linkColor"], theme["backgroundColor"]),
        (theme["linkColor"], theme["sidebar"]["backgroundColor"]),
        (theme["dataframeHeaderTextColor"], theme["dataframeHeaderBackgroundColor"]),
    ]
    assert [pair for pair in pairs if contrast(*pair) < TEXT] == []


def test_words_of_a_notice_read_on_its_ground():
    theme = THEME["light"]
    names = ("red", "yellow", "orange", "green", "blue", "gray")
    ratios = {name: contrast(theme[f"{name}TextColor"], theme[f"{name}BackgroundColor"]) for name in names}
    assert {name: ratio for name, ratio in ratios.items() if ratio < TEXT} == {}


def test_the_words_of_the_primary_button_read():
    words = f"light-dark({LIGHT_PALETTE.paper}, {DARK_PALETTE.paper})"
    assert words in Path("pages/shared/style.css").read_text(encoding="utf-8")
    for colours in (LIGHT_PALETTE, DARK_PALETTE):
        assert contrast(colours.paper, colours.primary) >= TEXT


def test_the_pages_and_the_pictures_have_one_font():
    assert THEME["font"] == THEME["headingFont"] == FONT
    assert 15 <= THEME["baseFontSize"] <= 16


def test_every_level_of_urging_has_a_shape_of_its_own():
    assert set(SLIP_SHAPES) == set(SlipLevel)
    assert len(set(SLIP_SHAPES.values())) == len(SlipLevel)
