from datetime import date

import pandas as pd

from tracking.charts import change_dots
from tracking.vocabulary import Language

SPAN = {"since": date(2026, 4, 1), "until": date(2026, 5, 1), "language": Language.ZH_CN}


def _frame(*pairs: tuple[float | None, float | None]) -> pd.DataFrame:
    names = {"short_title": "展览展销", "title": "支持参展", "key_area_number": 1}
    rows = [
        {"measure_id": place, "number": place, **names, "before_permille": before, "completion_permille": now}
        for place, (before, now) in enumerate(pairs, start=1)
    ]
    return pd.DataFrame(rows)


def test_each_measure_goes_from_its_hollow_dot_to_its_full_one():
    plot = change_dots(_frame((200, 450), (None, 300)), **SPAN)
    *ways, before, after, differences = plot.data
    assert [tuple(way.x) for way in ways] == [(20.0, 45.0), (None, 30.0)]
    assert (list(before.x), list(after.x)) == ([20.0, None], [45.0, 30.0])
    assert list(differences.text) == ["+25.0", "—"]
    assert [key[0] for key in after.customdata] == [1, 2]


def test_without_figures_the_picture_says_so():
    assert not change_dots(_frame((None, None)), **SPAN).data
