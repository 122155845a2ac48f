"""Whatever is added, worded, moved, retired and brought back: figures of the past stay, and a past day is as it was."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from hypothesis import Phase, given, settings, strategies as st

from db import migrations
from db.authorities.scope import NATION
from db.clock import now
from db.figures import past, summaries
from db.figures.queries import cells_frame
from db.periods import actions as periods
from db.reference import actions as reference, levels, parts
from db.reference.queries import actions_frame, measures_frame
from db.store import Store
from db.traces.actuals import actuals_frame
from tests.conftest import lend
from tests.support.factories import (
    FIRST_QUARTER,
    SECOND_QUARTER,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tracking.figures.vintages import Vintage
from tracking.messages import Refusal
from tracking.vocabulary import CataloguePart, ResultLevel

SPRING, FROZEN = date(YEAR, 3, 25), date(YEAR, 5, 20)
BY = people().administrator
PARTS = (CataloguePart.MEASURE, CataloguePart.ACTION, CataloguePart.INDICATOR)
WHAT = ("word", "add", "move", "retire", "restore", "label")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(WHAT),
        st.sampled_from(PARTS),
        st.integers(1, 3),
        st.integers(0, 40),
        st.integers(0, 20),
    ),
    min_size=2,
    max_size=5,
)


def begun(store: Store) -> None:
    """A plan with a reported task, and the first quarter published."""
    migrations.upgrade(store)
    with at(SPRING):
        small_country(store)
        task_id, *_ = filed_plan(
            store, fair_task(measure_action_id=1), typed_task(2, due_on=date(YEAR, 5, 31))
        )
        accepted(store, task_id, fairs_held(3))
    with at(FROZEN):
        with store.upkeep() as session:
            summaries.bring_to_day(session, known_at=now())
        for act in (periods.close_period, periods.freeze_period):
            act(store, by=people().member, period_id=FIRST_QUARTER)


def _step(what: str, part: CataloguePart, key: int, later: date, title: str) -> Callable[[Store], Any]:
    """One change of the catalogue; some of them are refused."""
    own = {"by": BY, "part": part, "part_id": key}
    named = {"unit": "场", "additive": True, "headline": True}
    worded = {"by": BY, "indicator_id": key, "name": title, **named}
    added = {"by": BY, "measure_id": key, "name": title, **named}
    acts: dict[str, Callable[[Store], Any]] = {
        "word": lambda store: (
            reference.edit_indicator(store, **worded)
            if part is CataloguePart.INDICATOR
            else reference.edit_entry(store, **own, title=title, cited="")
        ),
        "add": lambda store: (
            reference.add_indicator(store, **added)
            if part is CataloguePart.INDICATOR
            else reference.add_entry(
                store, by=BY, part=CataloguePart.ACTION, within_id=key, title=title, cited="", starts_on=later
            )
        ),
        "move": lambda store: parts.move_part(store, **own, number=2),
        "retire": lambda store: parts.retire_part(store, **own, retired_on=later, reason="不再开展"),
        "restore": lambda store: parts.restore_part(store, **own),
        "label": lambda store: levels.label_indicator(
            store, by=BY, indicator_id=1, level=ResultLevel.OUTPUT, from_on=later
        ),
    }
    return acts[what]


def _figures(store: Store, period_id: int, vintage: Vintage) -> list[Any]:
    """Every cell of a period, and every value under a measure, in one order."""
    cells = cells_frame(store, NATION, period_id=period_id, vintage=vintage)
    asked = {"notice_id": 1, "year": YEAR, "measure_id": 1, "known_on": vintage.known_on}
    return [_rows(cells), _rows(actuals_frame(store, NATION, **asked))]


def _rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    kept = frame[[name for name in sorted(frame) if name != "as_of_day"]]
    return sorted(kept.itertuples(index=False, name=None))


# A smaller example is not worth the minutes that a store each takes.
@settings(max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(steps=STEPS)
def test_no_change_of_the_catalogue_moves_a_figure_of_the_past(databases, tmp_path, steps):
    folder = tmp_path / f"walk-{datetime.now().timestamp()}"  # noqa: DTZ005 -- only a name of its own
    published = Vintage(published=True)
    for store in lend(databases, databases.fresh(begun, folder)):
        today, told = FROZEN + timedelta(1), {}
        with at(today):
            official = _figures(store, FIRST_QUARTER, published)[0]
        for number, (what, part, key, ahead, days) in enumerate(steps):
            with at(today, 9):
                try:
                    _step(what, part, key, today + timedelta(ahead), f"新名{number}")(store)
                except Refusal:
                    continue
                assert _figures(store, FIRST_QUARTER, published)[0] == official
                assert summaries_agree(store)
                told[today] = _figures(store, SECOND_QUARTER, Vintage())
            today += timedelta(days)
        with at(today + timedelta(1)):
            for day in told:
                past.keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
            replayed = {day: _figures(store, SECOND_QUARTER, Vintage(known_on=day)) for day in told}
            assert replayed == told
            assert len(measures_frame(store, notice_id=1, year=YEAR)) == 3
            assert set(actions_frame(store, notice_id=1)["action_id"]) >= {1, 2, 3}


def summaries_agree(store: Store) -> bool:
    """What is kept is what would be made anew."""
    with store.upkeep() as session:
        summaries.bring_to_day(session, known_at=now())
        return summaries.differences(session, known_at=now()).empty
