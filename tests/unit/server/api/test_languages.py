"""The language of an answer follows `Accept-Language`, and is Chinese where that says nothing of ours."""

import pytest
from starlette.requests import Request

from server.api.languages import language_of
from tracking.vocabulary import Language


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", Language.ZH_CN),
        ("en-GB", Language.EN),
        ("fr", Language.ZH_CN),
        ("zh-CN, en;q=0.5", Language.ZH_CN),
        ("zh;q=0.1, en;q=0.5", Language.EN),
        ("en;q=much, zh;q=0.1", Language.ZH_CN),
    ],
)
def test_the_preferred_of_ours_is_spoken(asked: str, language: Language):
    request = Request({"type": "http", "headers": [(b"accept-language", asked.encode())]})
    assert language_of(request) is language
