"""The registers: what stands, what was corrected or withdrawn, and that nothing is ever overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from db.obligations.queries import obligation_facts_frame
from db.obligations.safeguards import mechanisms_frame
from db.officers.actions import end_appointment
from db.registers.actions import correct_entry, record_entry, withdraw_entry
from db.registers.exports import export_register
from db.registers.queries import RegisterFilter, count_entries, register_frame, versions_frame
from db.store import Conflict, NotFound, Store
from tests.support.factories import (
    NORTH,
    SOUTH,
    YEAR,
    at,
    draft_plan,
    fair_task,
    filed_plan,
    people,
    small_country,
)
from tests.support.trail import last_event
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.validation.registers import CooperationDraft, MechanismDraft, PublicityDraft
from tracking.vocabulary import Register

EVERYTHING, THE_SOUTH = Scope(None), Scope(frozenset({SOUTH}))
TODAY = date(YEAR, 3, 1)
MECHANISM = MechanismDraft(established_on=date(YEAR, 1, 5), document_number="1号", lead_leader="某领导")
ABROAD = CooperationDraft("某国", "商会", established_on=date(YEAR, 2, 1), standing="正在磋商")
PRESS = PublicityDraft(date(YEAR, 2, 3), "网站", "标题", "https://example.org/")


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def recorded(store: Store, draft=ABROAD) -> int:
    return record_entry(store, by=people().officer, authority_id=NORTH, notice_id=1, draft=draft)


def found(store: Store, register=Register.COOPERATION, scope=EVERYTHING, **where):
    return register_frame(store, scope, register=register, notice_id=1, where=RegisterFilter(**where))


def facts(store: Store, on: date = TODAY) -> dict:
    """What the north has in place."""
    frame = obligation_facts_frame(store, EVERYTHING, notice_id=1, year=YEAR, on=on)
    return frame.set_index("unit_id").loc[NORTH].to_dict()


@pytest.mark.parametrize("draft", [MECHANISM, ABROAD, PRESS], ids=lambda draft: type(draft).__name__)
def test_an_entry_stands_with_its_writer_and_is_told_in_the_trail(store: Store, draft):
    entry_id = recorded(store, draft)
    event = last_event(store)
    register = Register(event.action.removeprefix("record_"))
    row = found(store, register).iloc[0]
    assert (row["entry_id"], row["authority_name"], row["recorded_by"]) == (entry_id, "北省", "officer")
    assert found(store, register, THE_SOUTH).empty
    assert (event.subject_id, event.authority_id) == (entry_id, NORTH)


def test_a_correction_is_a_new_version_and_the_old_one_stays(store: Store):
    first = recorded(store)
    second = correct_entry(
        store, by=people().officer, entry_id=first, draft=replace(ABROAD, standing="已签署")
    )
    assert found(store)[["entry_id", "standing"]].to_numpy().tolist() == [[second, "已签署"]]
    assert last_event(store).detail == {"changes": {"standing": {"before": "正在磋商", "after": "已签署"}}}
    third = correct_entry(store, by=people().officer, entry_id=second, draft=ABROAD)
    for asked in (first, second, third):
        versions = versions_frame(store, EVERYTHING, register=Register.COOPERATION, entry_id=asked)
        assert versions["entry_id"].tolist() == [third, second, first]
    assert versions["standing"].tolist() == ["正在磋商", "已签署", "正在磋商"]


def test_a_correction_of_what_somebody_corrected_meanwhile_is_a_conflict(store: Store):
    entry_id, by = recorded(store), people().officer
    correct_entry(store, by=by, entry_id=entry_id, draft=replace(ABROAD, results="一"))
    with pytest.raises(Conflict):
        correct_entry(store, by=by, entry_id=entry_id, draft=replace(ABROAD, results="二"))
    with pytest.raises(Conflict):
        withdraw_entry(store, by=by, register=Register.COOPERATION, entry_id=entry_id, reason="误登")


def test_a_correction_that_changes_nothing_is_refused(store: Store):
    with pytest.raises(Refusal, match="相同"):
        correct_entry(store, by=people().officer, entry_id=recorded(store), draft=ABROAD)


def test_a_withdrawn_entry_counts_no_more_and_stays_with_its_reason(store: Store):
    entry_id, by = recorded(store, PRESS), people().officer
    with pytest.raises(Refusal):
        withdraw_entry(store, by=by, register=Register.PUBLICITY, entry_id=entry_id, reason=" ")
    withdraw_entry(store, by=by, register=Register.PUBLICITY, entry_id=entry_id, reason="重复")
    assert found(store, Register.PUBLICITY).empty
    gone = found(store, Register.PUBLICITY, withdrawn=True).iloc[0]
    assert (gone["withdrawn_by"], gone["withdrawal_reason"]) == ("officer", "重复")
    with pytest.raises(Conflict):
        withdraw_entry(store, by=by, register=Register.PUBLICITY, entry_id=entry_id, reason="再撤")
    assert facts(store)["publicity"] == 0


def test_of_coordination_mechanisms_the_newest_stands_and_a_second_beside_it_is_refused(store: Store):
    first, by = recorded(store, MECHANISM), people().officer
    with pytest.raises(Conflict, match="更正"):
        recorded(store, MECHANISM)
    second = correct_entry(store, by=by, entry_id=first, draft=replace(MECHANISM, document_number="2号"))
    assert mechanisms_frame(store, EVERYTHING, notice_id=1)["document_number"].tolist()[0] == "2号"
    versions = versions_frame(store, EVERYTHING, register=Register.COORDINATION, entry_id=first)
    assert versions["document_number"].tolist() == ["2号", "1号"]
    withdraw_entry(store, by=by, register=Register.COORDINATION, entry_id=second, reason="机构撤并")
    assert not facts(store)["mechanism_recorded"]
    assert recorded(store, MECHANISM) > second


def test_the_liaison_officer_belongs_to_the_authority(store: Store):
    recorded(store, replace(MECHANISM, liaison_officer_id=people().officer.officer_id))
    assert found(store, Register.COORDINATION)["liaison_name"].tolist() == ["officer"]
    with pytest.raises(Refusal) as refused:
        record_entry(
            store,
            by=people().southerner,
            authority_id=SOUTH,
            notice_id=1,
            draft=replace(MECHANISM, liaison_officer_id=people().officer.officer_id),
        )
    assert refused.value.fields == ("liaison_officer_id",)


def test_every_fault_is_told_at_once_beside_its_field(store: Store):
    with pytest.raises(Refusal) as refused:
        recorded(store, PublicityDraft(date(YEAR + 1, 1, 1), "", "", "http://x"))
    assert set(refused.value.fields) == {"published_on", "channel", "title", "link"}


def test_entries_are_narrowed_counted_and_given_a_page_at_a_time(store: Store):
    recorded(store)
    recorded(store, replace(ABROAD, partner_body="百分之100%协会"))
    southern = {"authority_id": SOUTH, "notice_id": 1, "draft": ABROAD}
    record_entry(store, by=people().southerner, **southern)
    assert len(found(store, authority_id=NORTH)) == 2
    assert len(found(store, region="华北")) == 3
    assert found(store, region="华南").empty
    assert found(store, text="100%")["partner_body"].tolist() == ["百分之100%协会"]
    asked = {"register": Register.COOPERATION, "notice_id": 1, "where": RegisterFilter()}
    assert count_entries(store, EVERYTHING, **asked) == (3, 2)
    assert count_entries(store, THE_SOUTH, **asked) == (1, 1)
    pages = [register_frame(store, EVERYTHING, **asked, first=2, skipped=skipped) for skipped in (0, 2)]
    assert [len(page) for page in pages] == [2, 1]


def test_versions_out_of_reach_are_not_there(store: Store):
    entry_id = recorded(store)
    for scope, key in ((THE_SOUTH, entry_id), (EVERYTHING, 99)):
        with pytest.raises(NotFound):
            versions_frame(store, scope, register=Register.COOPERATION, entry_id=key)


def test_what_was_exported_is_what_may_be_read_and_is_told_in_the_trail(store: Store):
    recorded(store)
    where = RegisterFilter(text="商会")
    asked = {"register": Register.COOPERATION, "notice_id": 1, "where": where}
    assert len(export_register(store, by=people().leader, **asked)) == 1
    assert last_event(store).detail == {"register": "cooperation", "text": "商会"}
    assert export_register(store, by=people().southerner, **asked).empty


def test_the_facts_of_a_unit_say_since_when_everything_is_in_place(store: Store):
    before = facts(store)
    assert not before["mechanism_recorded"]
    assert [before[name] for name in ("tasks", "cooperation", "publicity")] == [0, 0, 0]
    recorded(store, MECHANISM)
    recorded(store, ABROAD)
    recorded(store, replace(ABROAD, established_on=date(YEAR, 1, 20)))
    recorded(store, PRESS)
    filed_plan(store, fair_task(), fair_task(title="再办"))
    now = facts(store)
    assert (now["mechanism_on"], now["mechanism_number"]) == (date(YEAR, 1, 5), "1号")
    assert (now["plan_filed_on"], now["goals_filed_on"]) == (TODAY, TODAY)
    assert (now["tasks"], now["open_tasks"], now["held_tasks"]) == (2, 2, 2)
    assert now["held_since_on"] == date(2020, 1, 1)
    assert (now["cooperation"], now["cooperation_since_on"]) == (2, date(YEAR, 1, 20))
    assert (now["publicity"], now["publicity_since_on"]) == (1, date(YEAR, 2, 3))
    end_appointment(store, by=people().officer, appointment_id=1, ends_on=TODAY)
    assert facts(store, on=TODAY + timedelta(1))["held_tasks"] == 0


def test_a_plan_that_is_not_filed_is_no_plan_yet(store: Store):
    draft_plan(store, people().officer, fair_task())
    now = facts(store)
    assert pd.isna(now["plan_filed_on"])
    assert now["tasks"] == 0
