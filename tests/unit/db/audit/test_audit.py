"""The audit trail: how it is read, and that no tampering stays hidden."""

from datetime import date

import pytest
from sqlalchemy import text

from db.audit import anchor as audit_anchor
from db.audit.anchor import anchor, anchor_file
from db.audit.queries import (
    AuditFilter,
    audit_frame,
    audited_actions,
    audited_subjects,
    count_audit_events,
    verify_chain,
)
from db.officers.actions import reveal_phone
from db.site.actions import change_setting
from db.store import Store
from tests.support.factories import NORTH, SOUTH, YEAR, at, people, small_country
from tests.support.trail import last_event

pytestmark = pytest.mark.covers_postgresql

DAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(DAY):
        small_country(store)
        yield


def _look(store: Store, times: int = 3) -> None:
    """So many events by the member, about officers in the south."""
    for _ in range(times):
        reveal_phone(store, by=people().member, officer_id=3)


def _tamper(store: Store, statement: str) -> None:
    with store.upkeep() as session:
        session.execute(text(statement))


def test_the_newest_event_stands_first_with_names_beside_the_keys(store):
    _look(store, 1)
    frame = audit_frame(store)
    assert list(frame["number"]) == [2, 1]
    newest = frame.iloc[0]
    assert (newest.officer_name, newest.authority_name, newest.action) == (
        "member",
        "南市主管部门",
        "reveal_phone",
    )
    assert frame["officer_id"].isna().tolist() == [False, True]


def test_events_come_in_pages(store):
    _look(store, 4)
    assert list(audit_frame(store, page=1, page_size=2)["number"]) == [5, 4]
    assert list(audit_frame(store, page=3, page_size=2)["number"]) == [1]
    assert audit_frame(store, page=4, page_size=2).empty
    assert count_audit_events(store) == 5


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        ({"number": 4}, [4]),
        ({"officer_id": 4}, [3, 2]),
        ({"officer_id": 6}, [4]),
        ({"authority_id": SOUTH}, [3, 2]),
        ({"authority_id": NORTH}, []),
        ({"action": "change_setting"}, [4]),
        ({"subject": "officer", "subject_id": 3}, [3, 2]),
        ({"subject_id": 99}, []),
        ({"since_on": DAY, "until_on": DAY}, [3, 2, 1]),
        ({"since_on": date(YEAR, 3, 21)}, [4]),
        ({"until_on": DAY, "action": "reveal_phone"}, [3, 2]),
    ],
)
def test_filters_join_and_days_are_those_of_the_offices(store, where, numbers):
    _look(store, 2)
    with at(date(YEAR, 3, 21), hour=0):
        change_setting(store, by=people().administrator, key="vacancy_days", value=9)
    asked = AuditFilter(**where)
    assert list(audit_frame(store, where=asked)["number"]) == numbers
    assert count_audit_events(store, where=asked) == len(numbers)


def test_the_actions_and_subjects_in_the_trail_are_offered_once_each(store):
    _look(store)
    assert audited_actions(store) == ["plant", "reveal_phone"]
    assert audited_subjects(store) == ["notice", "officer"]


def test_an_untouched_chain_is_intact(store):
    _look(store)
    report = verify_chain(store)
    assert (report.intact, report.events) == (True, 4)


TAMPERINGS = {
    "a changed action": ("UPDATE audit_event SET action = 'nothing' WHERE number = 2", 2),
    "a changed detail": ("UPDATE audit_event SET detail = '{\"a\": 1}' WHERE number = 3", 3),
    "another officer": ("UPDATE audit_event SET officer_id = 1 WHERE number = 2", 2),
    "no officer": ("UPDATE audit_event SET officer_id = NULL WHERE number = 2", 2),
    "another authority": ("UPDATE audit_event SET authority_id = 1 WHERE number = 2", 2),
    "another subject": ("UPDATE audit_event SET subject_id = 9 WHERE number = 4", 4),
    "another time": ("UPDATE audit_event SET happened_at = '2020-01-01 00:00:00' WHERE number = 2", 2),
    "a removed event": ("DELETE FROM audit_event WHERE number = 2", 2),
    "the first event removed": ("DELETE FROM audit_event WHERE number = 1", 1),
    "the last event removed": ("DELETE FROM audit_event WHERE number = 4", 4),
    "a copied seal": ("UPDATE audit_event SET hash = previous_hash WHERE number = 4", 4),
    "a head moved back": ("UPDATE audit_head SET number = 3", 5),
    "a head with another seal": ("UPDATE audit_head SET hash = 'x'", 5),
    "an event slipped in": (
        """INSERT INTO audit_event SELECT 5, happened_at, officer_id, authority_id, action, subject, subject_id,
        detail, hash, hash FROM audit_event WHERE number = 4""",
        5,
    ),
    "numbers exchanged": (
        "UPDATE audit_event SET number = CASE number WHEN 2 THEN 103 ELSE 102 END WHERE number IN (2, 3)",
        2,
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_shows_at_the_first_number_that_is_wrong(store, tampering):
    _look(store)
    statement, number = TAMPERINGS[tampering]
    _tamper(store, statement)
    report = verify_chain(store)
    assert (report.intact, report.broken_at) == (False, number)


def test_a_chain_cut_with_its_head_moved_back_is_found_by_the_anchor_alone(store):
    _look(store)
    assert anchor(store)
    assert verify_chain(store).intact
    _tamper(store, "UPDATE audit_head SET number = 2, hash = (SELECT hash FROM audit_event WHERE number = 2)")
    _tamper(store, "DELETE FROM audit_event WHERE number > 2")
    report = verify_chain(store)
    assert (report.events, report.broken_at) == (2, 4)
    anchor_file(store).unlink()
    assert verify_chain(store).intact


def test_a_chain_written_anew_with_the_key_is_found_by_its_anchor(store):
    _look(store)
    anchor(store)
    _tamper(store, "UPDATE audit_head SET number = 1, hash = (SELECT hash FROM audit_event WHERE number = 1)")
    _tamper(store, "DELETE FROM audit_event WHERE number > 1")
    for _ in range(4):
        change_setting(store, by=people().administrator, key="vacancy_days", value=9)
    assert last_event(store).number == 5
    assert verify_chain(store).broken_at == 4


def test_the_head_is_noted_once_a_day_and_never_before_the_first_event(store):
    assert [anchor(store), anchor(store)] == [True, False]
    _look(store)
    with at(date(YEAR, 3, 21)):
        assert anchor(store)
    assert list(audit_anchor.anchors(store)) == [1, 4]
    assert anchor_file(store).read_text().startswith(f"{DAY} 1 ")
    assert verify_chain(store).intact


def test_a_verification_reads_one_state_while_others_write(store, monkeypatch):
    _look(store)
    verify = verify_chain.__globals__["verify"]

    def write_meanwhile(events, head, key):
        _look(store, 1)
        return verify(events, head, key)

    monkeypatch.setitem(verify_chain.__globals__, "verify", write_meanwhile)
    assert verify_chain(store).intact


def test_an_empty_chain_is_intact_and_has_nothing_to_note(store):
    _tamper(store, "DELETE FROM audit_event")
    _tamper(store, "UPDATE audit_head SET number = 0, hash = ''")
    assert not anchor(store)
    assert verify_chain(store).intact
