"""The page of reporting, as those who may see it."""

import pytest

from db.store import Store
from tests.app.acting import words
from tests.app.conftest import Open
from tests.support.years import this_year


@pytest.mark.parametrize("name", ["member", "leadership"])
def test_the_country_is_told_in_one_sentence_and_five_figures(open_page: Open, name: str):
    seen = open_page("submissions", name)
    assert "个已全部按期报送" in words(seen)
    assert "停留 15 天以上" in words(seen)
    assert len(seen.metric) == 5
    assert "工作组：待审核" in seen.dataframe[0].value["stage"].tolist()


@pytest.mark.parametrize("name", ["zhejiang.officer", "zhejiang.signatory"])
def test_a_unit_sees_itself_and_how_its_tasks_stand(open_page: Open, name: str):
    seen = open_page("submissions", name)
    assert "应报送 30 项任务" in words(seen)
    assert set(seen.dataframe[0].value["unit"]) == {"浙江"}


def test_the_address_narrows_the_page(open_page: Open, sample: Store):
    year = this_year(sample) - 1
    seen = open_page("submissions", "member", year=str(year), region="华东")
    assert f"{year}年第四季度" in words(seen)
    seen = open_page("submissions", "member", stage="reviewing")
    assert set(seen.dataframe[0].value["stage"]) == {"工作组：待审核"}
    assert set(seen.dataframe[1].value["stage"]) == {"工作组：待审核"}
    seen = open_page("submissions", "member", stage="writing")
    assert "不逐项列出" in words(seen)
