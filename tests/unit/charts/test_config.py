"""How plotly behaves in the browser."""

import pytest

from tracking.charts import plotly_config
from tracking.vocabulary import Language


def test_the_mode_bar_only_downloads():
    config = plotly_config(Language.ZH_CN)
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["displaylogo"] is False


def test_months_and_days_are_chinese():
    config = plotly_config(Language.ZH_CN)
    format_ = config["locales"][config["locale"]]["format"]
    assert (format_["months"][0], format_["months"][11]) == ("一月", "十二月")
    assert (format_["days"][0], format_["shortDays"][6]) == ("星期日", "周六")


@pytest.mark.parametrize("language", Language)
def test_every_word_of_the_button_is_worded(language):
    config = plotly_config(language)
    words = config["locales"][config["locale"]]["dictionary"]
    assert len(words) == 4
    assert all(words.values())
    assert config["toImageButtonOptions"]["filename"]
