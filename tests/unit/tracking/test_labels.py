from hypothesis import given, strategies as st

from tracking.labels import columns_of, plain, shortened


def test_a_label_has_no_markup_and_no_formula():
    assert plain("<b>甲</b> $x^2$") == "＜b＞甲＜/b＞ ＄x^2＄"


def test_a_label_has_no_breaks_and_nothing_invisible():
    assert plain(" 甲\r\n乙\t丙\u202e丁\x00\ud800 ") == "甲 乙 丙丁"


def test_a_chinese_character_is_two_columns_wide():
    assert columns_of("完成率 62.4%") == 12


def test_a_label_that_fits_is_left_alone():
    assert shortened("展览展销", 8) == "展览展销"


def test_a_label_that_does_not_fit_is_cut_and_says_so():
    assert shortened("展览展销活动", 8) == "展览展…"


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_a_label_never_passes_its_width(words, width):
    assert columns_of(shortened(words, width)) <= width
