"""A notice divided into articles, and the measures they speak of."""

import pytest

from tests.support.trail import refusal_of
from tracking.articles import LONGEST_HEADING, LONGEST_TEXT, MOST_ARTICLES, Article, articles_of, linked

TEXT = """
各有关单位：
一、重点工作
（一）支持参加展览展销。组织参展。
会后跟踪。
(二) 建立平台
1. 搭建平台
2．办好 3.5 万平方米展会。
1.5 万家企业受益。
二、组织保障
"""


def test_headings_of_three_levels_begin_an_article_and_a_heading_ends_at_its_stop():
    assert articles_of(TEXT) == [
        Article(0, "", "各有关单位："),
        Article(1, "一、重点工作", ""),
        Article(2, "（一）支持参加展览展销。", "组织参展。\n会后跟踪。"),
        Article(2, "(二) 建立平台", ""),
        Article(3, "1. 搭建平台", ""),
        Article(3, "2．办好 3.5 万平方米展会", "1.5 万家企业受益。"),
        Article(1, "二、组织保障", ""),
    ]


def test_a_paragraph_too_long_for_a_heading_stands_under_its_mark():
    (one,) = articles_of(f"（三）{'长' * LONGEST_HEADING}。完")
    assert (one.heading, one.body) == ("（三）", "长" * LONGEST_HEADING + "。完")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "validation.required"),
        ("字" * (LONGEST_TEXT + 1), "articles.too_long"),
        ("1. 条\n" * (MOST_ARTICLES + 1), "articles.too_many"),
    ],
)
def test_a_text_that_cannot_be_one_is_refused_at_its_field(text, key):
    refused = refusal_of(articles_of, text)
    assert (refused.messages[0].key, refused.fields) == (key, ("text",))


def test_a_measure_is_linked_to_the_heading_that_names_it_else_to_the_text():
    found = linked(articles_of(TEXT), {7: "支持参加“展览”展销", 8: "跟踪", 9: "无此举措", 10: "建立平台"})
    assert found == {2: 7, 3: 10}


def test_a_measure_named_in_the_text_alone_is_linked_there():
    assert linked(articles_of(TEXT), {8: "万家企业受益"}) == {5: 8}
