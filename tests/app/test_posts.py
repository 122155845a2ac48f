"""How posts are told: the sentence over the list of responsible officers."""

import pandas as pd

from pages.parts.officers.list import posts_sentence


def _posts(*holders: int | None, alarm: bool = False) -> pd.DataFrame:
    return pd.DataFrame(
        {"authority_id": 1, "officer_id": holder, "alarm": alarm and holder is None} for holder in holders
    )


def test_the_sentence_says_whether_any_post_stands_vacant_and_too_long():
    assert posts_sentence(_posts(1, 2), 30) == "1 家单位共设责任岗位 **2 个**，全部有人在岗。"
    assert "空缺 1 个，均未超过 30 天" in posts_sentence(_posts(1, None), 30)
    assert "其中 :red[**1 个超过 30 天**]" in posts_sentence(_posts(1, None, alarm=True), 30)
