"""Whatever is appointed, ended, handed over and cancelled: a day has one holder at most, and no earlier day changes."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st
from sqlmodel import select

from db.handovers.actions import cancel_handover, hand_over_post
from db.officers import actions as officers
from db.store import Store
from db.tables import Appointment, Handover
from tests.support.factories import NORTH, YEAR, at, people, small_country
from tests.support.trail import row
from tracking.messages import Refusal

TODAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


STEP = st.one_of(
    st.tuples(st.just("hand_over"), st.integers(-60, 60), st.integers(1, 2)),
    st.tuples(st.just("appoint"), st.integers(-60, 60), st.integers(1, 2)),
    st.tuples(st.just("end"), st.integers(-60, 60), st.just(0)),
    st.tuples(st.just("cancel"), st.just(0), st.integers(0, 2)),
)
SPAN = [TODAY + timedelta(days) for days in range(-70, 71, 2)]


def _do(store: Store, post_id: int, step: tuple[str, int, int]) -> date:
    """One step of a random history; gives the first day whose answer it may change."""
    what, days, number = step
    by, on = people().officer, TODAY + timedelta(days)
    if what == "hand_over":
        hand_over_post(store, by=by, post_id=post_id, effective_on=on, officer_id=number)
    elif what == "appoint":
        officers.appoint_officer(store, by=by, post_id=post_id, starts_on=on, officer_id=number)
    elif what == "end":
        key = _last(store, Appointment, post_id)
        known = row(store, Appointment, key).ends_on if key else None
        officers.end_appointment(store, by=by, appointment_id=key, ends_on=on)
        return min(on, known or on) + timedelta(1)
    else:
        cancel_handover(store, by=by, handover_id=_last(store, Handover, post_id, number), reason="撤销")
        return TODAY + timedelta(1)
    return on


def _last(store: Store, table, post_id: int, before: int = 0) -> int:
    """The key of the newest row of a post, or of one so many before it."""
    with store.read() as session:
        rows = session.exec(select(table.id).where(table.post_id == post_id).order_by(table.id.desc()))
        return next(iter(rows.all()[before:]), 0)


def _answers(store: Store, post_id: int) -> dict[date, list[int]]:
    """Day → everybody who held the post on it."""
    with store.read() as session:
        held = session.exec(select(Appointment).where(Appointment.post_id == post_id)).all()
    return {
        on: [
            one.officer_id
            for one in held
            if one.starts_on <= on and (one.ends_on is None or on <= one.ends_on)
        ]
        for on in SPAN
    }


@settings(max_examples=25)
@given(steps=st.lists(STEP, min_size=2, max_size=9))
def test_no_sequence_gives_a_day_two_holders_or_rewrites_a_day_before_it(store, steps):
    title = f"岗位{store.data_version()}"
    post_id = officers.create_post(store, by=people().officer, authority_id=NORTH, title=title)
    answers = _answers(store, post_id)
    for step in steps:
        changed_from = date.max
        with suppress(Refusal):
            changed_from = _do(store, post_id, step)
        now = _answers(store, post_id)
        assert all(len(holders) <= 1 for holders in now.values())
        assert {on: who for on, who in now.items() if on < changed_from} == {
            on: who for on, who in answers.items() if on < changed_from
        }
        answers = now
