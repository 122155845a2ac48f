"""The row types of frames say what the queries really give: columns, dtypes and values, on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pandas as pd
import pytest

from db import clock
from db.accounts.queries import accounts_frame
from db.accounts.rows import AccountRow, TokenRow
from db.accounts.token_queries import tokens_frame
from db.authorities.scope import NATION
from db.corrections.queries import corrections_frame
from db.corrections.rows import CorrectionRow
from db.hierarchy.queries import authorities_frame
from db.hierarchy.rows import AuthorityRow
from db.officers.queries import officers_of, posts_frame
from db.officers.rows import OfficerRow, PostRow
from db.passings import PassingRow, passings_frame
from db.peer_groups.queries import peer_groups_frame
from db.peer_groups.rows import PeerGroupRow
from db.periods.queries import periods_frame
from db.periods.rows import PeriodRow
from db.plans.last_year import last_year_frame
from db.plans.queries import plans_frame, revisions_frame
from db.plans.rows import LastYearRow, PlanRow, RevisionRow
from db.reference.composites import PartOf, add_composite, composite_parts_frame, composites_frame
from db.reference.passages import notice_texts_frame, passages_frame
from db.reference.queries import (
    actions_frame,
    indicators_frame,
    key_areas_frame,
    measures_frame,
    notice_facts_frame,
    notices_frame,
    safeguards_frame,
    units_frame,
)
from db.reference.rows import (
    ActionRow,
    CompositePartRow,
    CompositeRow,
    FactRow,
    IndicatorRow,
    KeyAreaRow,
    MeasureRow,
    NoticeRow,
    PassageRow,
    SafeguardRow,
    TextRow,
    UnitRow,
)
from db.registers.definition_queries import register_definitions_frame, register_fields_frame
from db.registers.rows import FieldRow as RegisterFieldRow, RegisterRow
from db.store import Store
from db.supplied.queries import supplied_frame
from db.supplied.rows import SuppliedRow
from db.typed_rows import rows_as
from db.updates.queues import (
    accepted_index,
    queued_frame,
    review_queue_frame,
    sign_off_frame,
    submission_frame,
)
from db.updates.rows import QueueRow
from db.urging.queries import slips_frame
from db.urging.rows import SlipRow
from tests.support.factories import people
from tracking.composites import CompositeForm
from tracking.vocabulary import PeriodStatus

# The dtypes of a column whose values are of a kind; of one that lacks some, and of a word.
DTYPES = {
    bool: "bool",
    int: "int64",
    str: "str",
    date: "object",
    datetime: "datetime64[us, UTC]",
    Decimal: "object",
}
WITH_GAPS = DTYPES | {int: "Int64"}


def frames(store: Store) -> Iterator[tuple[type, pd.DataFrame]]:
    """Every frame that has a row type, as the sample fills it."""
    today, notice = clock.today(), {"notice_id": 1}
    periods, plans = periods_frame(store, **notice), plans_frame(store, NATION, **notice)
    yield AuthorityRow, authorities_frame(store, on=today)
    yield from ((PeriodRow, periods), (PlanRow, plans), (UnitRow, units_frame(store)))
    yield PassingRow, passings_frame(store, NATION, plan_id=int(plans["plan_id"].iloc[0]))
    yield RevisionRow, revisions_frame(store, NATION, int(plans["plan_id"][plans["number"].idxmax()]))
    yield LastYearRow, last_year_frame(store, NATION, revision_id=int(plans["revision_id"].iloc[0]))
    yield NoticeRow, notices_frame(store)
    yield KeyAreaRow, key_areas_frame(store, **notice)
    yield MeasureRow, measures_frame(store, **notice)
    yield ActionRow, actions_frame(store, **notice)
    yield IndicatorRow, indicators_frame(store, **notice)
    composed = composites_frame(store, **notice)
    yield from ((CompositeRow, composed), (CompositePartRow, composite_parts_frame(store, **notice)))
    yield SafeguardRow, safeguards_frame(store, **notice)
    yield FactRow, notice_facts_frame(store, **notice)
    yield RegisterRow, register_definitions_frame(store, **notice)
    yield RegisterFieldRow, register_fields_frame(store, **notice)
    texts = notice_texts_frame(store, **notice)
    yield from ((TextRow, texts), (PassageRow, passages_frame(store, text_id=int(texts["text_id"].iloc[0]))))
    yield PostRow, posts_frame(store, NATION, on=today)
    yield SlipRow, slips_frame(store, NATION)
    yield CorrectionRow, corrections_frame(store, NATION, **notice)
    yield SuppliedRow, supplied_frame(store, NATION)
    yield PeerGroupRow, peer_groups_frame(store, NATION, on=today)
    accounts = accounts_frame(store)
    yield AccountRow, accounts
    yield OfficerRow, officers_of(store, NATION, authority_id=int(accounts["authority_id"].dropna().iloc[0]))
    for waiting in (sign_off_frame, submission_frame, review_queue_frame):
        yield QueueRow, waiting(store, NATION, **notice)
    closed = periods[periods["status"] == PeriodStatus.FROZEN]["period_id"].iloc[0]
    accepted = accepted_index(store, NATION, **notice, period_id=int(closed))["update_id"]
    yield QueueRow, queued_frame(store, NATION, update_ids=accepted.tolist())
    yield TokenRow, tokens_frame(store, officer_id=int(accounts["officer_id"].iloc[0]))


def misfits(row: type, frame: pd.DataFrame) -> list[str]:
    """In what a frame is not what its row type says; the dtype of a column without any value is nobody's."""
    hints = get_type_hints(row)
    if list(frame) != [field.name for field in fields(row)]:
        return [f"{row.__name__}: {list(frame)}"]
    # A frame that is asked to hold plain objects has no other dtypes.
    told = [] if set(frame.dtypes.astype(str)) == {"object"} else list(frame)
    return [f"{name}: {frame[name].dtype}" for name in told if not _fits(hints[name], frame[name])] + [
        f"{name}: {value!r}"
        for read in rows_as(row, frame)
        for name, value in ((name, getattr(read, name)) for name in frame)
        if not isinstance(value, _plain(hints[name]))
    ]


def _fits(hint: Any, column: pd.Series) -> bool:
    found, gaps = str(column.dtype), get_origin(hint) is UnionType
    if not column.notna().any() or get_origin(hint) is tuple:
        return True
    kind = get_args(hint)[0] if gaps else hint
    kind = str if issubclass(kind, StrEnum) else kind
    return found in {(WITH_GAPS if gaps else DTYPES)[kind], DTYPES[kind] if column.notna().all() else ""}


def _plain(hint: Any) -> Any:
    return get_origin(hint) if get_origin(hint) is tuple else hint


def test_a_row_type_is_what_its_query_gives(store_with_sample: Store):
    parts = [PartOf(indicator_id=2), PartOf(indicator_id=1, below=True)]
    asked = {"measure_id": 1, "title": "场均参展企业", "cited": "", "starts_on": None, "parts": parts}
    add_composite(store_with_sample, by=people().administrator, form=CompositeForm.RATIO, **asked)
    found = list(frames(store_with_sample))
    assert len({row for row, _ in found}) == 29
    assert sum(len(frame) > 0 for _, frame in found) >= 20
    assert [fault for row, frame in found for fault in misfits(row, frame)] == []


@dataclass(frozen=True, slots=True)
class _Told:
    number: int
    status: PeriodStatus
    ends_on: date | None


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"number": [1], "status": ["open"], "ends_on": [date(2026, 1, 1)]}, 0),
        ({"number": [1, 2], "status": ["open", "frozen"], "ends_on": [None, date(2026, 1, 1)]}, 0),
        ({"number": [1], "status": ["open"]}, 1),
        ({"number": [1.5], "status": ["open"], "ends_on": [None]}, 2),
        ({"number": [1], "status": ["open"], "ends_on": [datetime(2026, 1, 1)]}, 1),  # noqa: DTZ001 -- planted
    ],
)
def test_a_planted_misfit_is_caught(values: dict[str, list[object]], faults: int):
    assert len(misfits(_Told, pd.DataFrame(values))) == faults


def test_a_row_holds_the_words_of_the_domain_and_nothing_where_something_is_missing():
    frame = pd.DataFrame({"ends_on": [None], "number": [3], "status": ["open"], "name": ["left out"]})
    assert rows_as(_Told, frame) == [_Told(3, PeriodStatus.OPEN, None)]
    assert rows_as(_Told, frame[:0]) == []
    assert rows_as(_Told, pd.DataFrame()) == []
