"""The ledger read in part: its first lines, and how many there are without reading them."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from db import batches as sizes
from db.authorities.scope import NATION
from db.ledger import index as ledger_index
from db.ledger.exports import LedgerFilter, export_ledger
from db.ledger.queries import ledger_frame
from db.store import Store
from tests.support.factories import (
    FIRST_QUARTER,
    SOUTH,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    small_country,
    typed_task,
)
from tracking.documents.csv import ledger_csv
from tracking.figures.counts import task_counts
from tracking.figures.vintages import NEWEST, Vintage
from tracking.ledgers.columns import OVERDUE, ledger_headers
from tracking.vocabulary import Language


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def test_the_first_lines_are_those_of_the_whole_ledger(store: Store):
    first, _ = filed_plan(store, fair_task(), typed_task(2))
    accepted(store, first, fairs_held(3))
    whole = ledger_frame(store, NATION, period_id=FIRST_QUARTER)
    for count in (1, 2, 9):
        part = ledger_frame(store, NATION, period_id=FIRST_QUARTER, first=count)
        assert part.to_dict("records") == whole.head(count).to_dict("records")


@pytest.mark.parametrize(
    ("where", "lines"),
    [
        ({}, 2),
        ({"measure_id": 2}, 1),
        ({"area_id": 1}, 2),
        ({"area_id": 2}, 0),
        ({"unit_id": SOUTH}, 0),
        ({"region": "华南"}, 0),
        ({"region": "华南", "grouping": "region_four"}, 0),
        ({"action_id": 99}, 0),
    ],
)
def test_the_lines_are_narrowed_by_whatever_an_address_names(store: Store, where: dict[str, Any], lines: int):
    filed_plan(store, fair_task(), typed_task(2))
    index = ledger_index.ledger_index(store, NATION, period_id=FIRST_QUARTER, **where)
    assert len(index) == len(ledger_frame(store, NATION, period_id=FIRST_QUARTER, **where)) == lines
    assert task_counts(index).tasks == lines


def said(frames: list[pd.DataFrame]) -> bytes:
    language = Language.ZH_CN
    return b"".join(ledger_csv(frames, headers=ledger_headers(language), foot="", language=language))


def test_an_export_gives_the_lines_of_the_ledger_batch_by_batch(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    first, *_ = filed_plan(store, fair_task(), typed_task(2), typed_task(3))
    accepted(store, first, fairs_held(3))
    monkeypatch.setattr(sizes, "BATCH", 2)

    def exported(**where) -> list[pd.DataFrame]:
        export = export_ledger(
            store, by=None, period_id=FIRST_QUARTER, where=LedgerFilter(**where), file_format="csv"
        )
        batches = list(export.batches)
        assert export.lines == sum(map(len, batches))
        return batches

    whole = ledger_frame(store, NATION, period_id=FIRST_QUARTER)
    batches = exported()
    assert [len(batch) for batch in batches] == [2, 1]
    assert said(batches) == said([whole])
    assert pd.concat(exported(text="任务3"))["task"].tolist() == ["任务3"]


@pytest.mark.parametrize("vintage", [NEWEST, Vintage(known_on=date(YEAR, 3, 19))])
@pytest.mark.parametrize("few", [0, 9])
def test_the_index_has_the_lights_of_the_lines(store: Store, vintage, few, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ledger_index, "_FEW", few)
    over = typed_task(3, due_on=date(YEAR, 3, 1))
    first, _, last = filed_plan(store, fair_task(), typed_task(2), over)
    accepted(store, first, fairs_held(3))
    with at(date(YEAR, 6, 1)):
        for asked in ({"period_id": period_id, "vintage": vintage} for period_id in (1, 2)):
            index = ledger_index.ledger_index(store, NATION, **asked)
            lines = ledger_frame(store, NATION, **asked)
            assert index["task_id"].tolist() == lines["task_id"].tolist()
            assert index["light"].tolist() == lines["light"].tolist()
            late = ledger_index.ledger_index(store, NATION, **asked, light=OVERDUE)
            assert late["task_id"].tolist() == lines[lines["task_id"] == last]["task_id"].tolist()
