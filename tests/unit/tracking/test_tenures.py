"""Who was responsible when, by hand and for any tenures."""

from datetime import date, timedelta

from hypothesis import given, strategies as st

from tracking.tenures import Belonging, Tenure, responsible

FIRST = date(2026, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def test_a_task_that_moves_to_another_post_moves_to_its_holders():
    tenures = [
        Tenure(1, "甲", day(-100), day(9)),
        Tenure(1, "乙", day(10), None),
        Tenure(2, "丙", day(-50), None),
    ]
    found = responsible([Belonging(1, day(0)), Belonging(2, day(20))], tenures)
    assert found == [
        Tenure(1, "甲", day(0), day(9)),
        Tenure(1, "乙", day(10), day(19)),
        Tenure(2, "丙", day(20), None),
    ]


def test_a_revision_that_keeps_the_post_does_not_part_a_tenure():
    found = responsible([Belonging(1, day(0)), Belonging(1, day(20))], [Tenure(1, "甲", day(-1), None)])
    assert found == [Tenure(1, "甲", day(0), None)]


def test_nobody_is_named_for_a_vacancy_or_without_a_post():
    tenures = [Tenure(1, "甲", day(0), day(4)), Tenure(1, "甲", day(10), None)]
    found = responsible([Belonging(1, day(0)), Belonging(None, day(20))], tenures)
    assert found == [Tenure(1, "甲", day(0), day(4)), Tenure(1, "甲", day(10), day(19))]
    assert responsible([], tenures) == []


def test_of_two_posts_on_one_day_the_later_said_counts():
    tenures = [Tenure(1, "甲", day(-9), None), Tenure(2, "乙", day(-9), None)]
    assert responsible([Belonging(1, day(0)), Belonging(2, day(0))], tenures) == [
        Tenure(2, "乙", day(0), None)
    ]


@given(
    st.lists(st.integers(1, 30), max_size=6),
    st.lists(st.tuples(st.sampled_from((1, 2, None)), st.integers(1, 20)), max_size=5),
    st.integers(0, 120),
)
def test_on_any_day_it_is_whoever_held_the_post_that_had_the_task(lengths, moves, asked):
    starts, start = [], 0
    for length in lengths:
        starts.append((start, start + length - 1))
        start += length + (length % 3)
    tenures = [
        Tenure(post, f"{post}-{number}", day(first), day(last))
        for post in (1, 2)
        for number, (first, last) in enumerate(starts)
    ]
    belongings, moved = [], 0
    for post, after in moves:
        moved += after
        belongings.append(Belonging(post, day(moved)))
    post_then = next((one.post_id for one in reversed(belongings) if one.starts_on <= day(asked)), None)
    expected = [
        tenure.officer_name
        for tenure in tenures
        if tenure.post_id == post_then and tenure.starts_on <= day(asked) <= tenure.ends_on
    ]
    found = [
        span.officer_name
        for span in responsible(belongings, tenures)
        if span.starts_on <= day(asked) and (span.ends_on is None or day(asked) <= span.ends_on)
    ]
    assert found == expected
