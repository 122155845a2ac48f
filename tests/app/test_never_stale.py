"""After every step of the reporting loop, what pages keep is what they would make anew."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
import streamlit as st
from sqlmodel import SQLModel

from db.store import Store
from db.updates import actions as updates, reviews
from pages.shared.reads import Reads
from tests.app.conftest import Open
from tests.app.looping import MEMBER, OFFICER, SIGNATORY, items_of, period_of, person
from tracking.messages import Refusal

SHOWN = {
    MEMBER: ("home", "overview", "measure", "region", "ledger", "submissions", "review", "changes"),
    OFFICER: ("home", "report", "work_plan", "ledger"),
    SIGNATORY: ("home", "sign_off"),
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Reads, Callable[[], Any]]]:
    """Whatever a page has asked its reads for, to be asked again."""
    calls: list[tuple[Reads, Callable[[], Any]]] = []
    for name in ("scoped", "common", "made"):
        calls_of = getattr(Reads, name)

        def noted(
            self: Reads, query: Any, /, *args: Any, _of: Callable[..., Any] = calls_of, **asked: Any
        ) -> Any:
            calls.append((self, lambda: _of(self, query, *args, **asked)))
            return _of(self, query, *args, **asked)

        monkeypatch.setattr(Reads, name, noted)
    return calls


@pytest.mark.usefixtures("ordinary_day")
def test_what_is_kept_is_what_would_be_made_anew(
    open_page: Open, sample: Store, asked: list[tuple[Reads, Callable[[], Any]]]
):
    for name, pages in SHOWN.items():
        for page in pages:
            assert not open_page(page, name).exception
    calls = list(asked)
    assert len(calls) > 200
    for step in _loop(sample):
        for reads, _ in calls:
            object.__setattr__(reads, "versions", sample.table_versions())
        kept = [_told(again) for _, again in calls]
        st.cache_resource.clear()
        stale = [told for told, (_, again) in zip(kept, calls, strict=True) if told != _told(again)]
        assert stale == [], step


def _loop(store: Store) -> Iterator[str]:
    """One report on its way, from its first draft until its acceptance is taken back."""
    officer, signatory, member = (person(store, name) for name in (OFFICER, SIGNATORY, MEMBER))
    item = next(item for item in items_of(store, officer) if not item.update and item.before)
    place = {"by": officer, "task_id": item.task.id, "period_id": period_of(store)}
    for version in range(2):
        draft = replace(item.draft, progress=f"第{version}稿。")
        key = updates.save_progress_update(store, **place, row_version=version, draft=draft)
        yield f"saved, version {version}"
    updates.report_no_change(store, **place, row_version=2, explanation="按计划推进，暂无变化。")
    yield "handed over"
    updates.sign_off_progress_updates(store, by=signatory, update_ids=[key])
    updates.submit_progress_update(store, by=signatory, update_id=key)
    yield "submitted"
    reviews.accept_progress_update(store, by=member, update_id=key)
    yield "accepted"
    reviews.reopen_progress_update(store, by=member, update_id=key, reason="数字请核对。")
    yield "reopened"


def _told(again: Callable[[], Any]) -> Any:
    try:
        return _plain(again())
    except Refusal as refused:
        return str(refused)


def _plain(value: Any) -> Any:
    """What can be compared: of frames and arrays the cells, of pictures the drawing, of rows the columns."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.to_csv()
    if isinstance(value, go.Figure):
        return value.to_json()
    if isinstance(value, SQLModel):
        return value.model_dump()
    if is_dataclass(value):
        value = {part.name: getattr(value, part.name) for part in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(part) for part in value]
    return value
