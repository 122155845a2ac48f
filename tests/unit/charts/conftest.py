"""Pictures are drawn without plotly's validation, which takes most of their time; here each has it."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from tracking.charts.look import Picture


@pytest.fixture(autouse=True)
def validated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plotly accepts every picture that a test draws, and would send it just so."""
    drawn = Picture.__init__

    def draw(picture: Picture, data: Any) -> None:
        drawn(picture, data)
        validated, sent = (json.loads(figure.to_json()) for figure in (go.Figure(data), picture))
        said = {name: value for name, value in sent["layout"].items() if value != []}
        assert {**sent, "layout": said} == validated

    monkeypatch.setattr(Picture, "__init__", draw)
