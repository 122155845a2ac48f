"""The registers: what stands, what was corrected or withdrawn, and that nothing is ever overwritten."""

from datetime import date, timedelta

import pandas as pd
import pytest

from db.obligations.queries import obligation_facts_frame
from db.obligations.safeguards import mechanisms_frame
from db.officers.actions import end_appointment
from db.registers.actions import correct_entry, record_entry, withdraw_entry
from db.registers.exports import export_register
from db.registers.queries import (
    RegisterFilter,
    count_entries,
    references_of,
    register_frame,
    versions_frame,
)
from db.store import Conflict, NotFound, Store
from db.tables import RegisterField
from tests.support import register_cases as cases
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
from tests.support.register_cases import ABROAD, FAIR, MECHANISM, PRESS, add_registers, key_of
from tests.support.trail import last_event, refusal_of
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.vocabulary import Body, FieldKind

EVERYTHING, THE_SOUTH = Scope(None), Scope(frozenset({SOUTH}))
TODAY = date(YEAR, 3, 1)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        add_registers(store)
        yield


def recorded(store: Store, key: str = "cooperation", content=None) -> int:
    return cases.recorded(store, people().officer, key, content or ABROAD)


def found(store: Store, key: str = "cooperation", scope=EVERYTHING, **where):
    return register_frame(store, scope, register_id=key_of(store, key), where=RegisterFilter(**where))


def versions(store: Store, key: str, entry_id: int, scope=EVERYTHING):
    return versions_frame(store, scope, register_id=key_of(store, key), entry_id=entry_id)


def facts(store: Store, on: date = TODAY) -> dict:
    """What the north has in place."""
    frame = obligation_facts_frame(store, EVERYTHING, notice_id=1, year=YEAR, on=on)
    return frame.set_index("unit_id").loc[NORTH].to_dict()


@pytest.mark.parametrize(
    ("key", "content"), [("coordination", MECHANISM), ("cooperation", ABROAD), ("publicity", PRESS)]
)
def test_an_entry_stands_with_its_writer_and_is_told_in_the_trail(store: Store, key, content):
    entry_id = recorded(store, key, content)
    event = last_event(store)
    row = found(store, key).iloc[0]
    assert (row["entry_id"], row["authority_name"], row["recorded_by"]) == (entry_id, "北省", "officer")
    assert found(store, key, THE_SOUTH).empty
    assert (event.action, event.subject_id, event.authority_id) == ("record_entry", entry_id, NORTH)


def test_a_correction_is_a_new_version_and_the_old_one_stays(store: Store):
    first = recorded(store)
    signed = {**ABROAD, "standing": "已签署"}
    second = correct_entry(store, by=people().officer, entry_id=first, content=signed)
    assert found(store)[["entry_id", "standing"]].to_numpy().tolist() == [[second, "已签署"]]
    assert last_event(store).detail == {
        "register": "双多边机制",
        "changes": {"状态": {"before": "正在磋商", "after": "已签署"}},
    }
    third = correct_entry(store, by=people().officer, entry_id=second, content=ABROAD)
    for asked in (first, second, third):
        frame = versions(store, "cooperation", asked)
        assert frame["entry_id"].tolist() == [third, second, first]
    assert frame["standing"].tolist() == ["正在磋商", "已签署", "正在磋商"]


def test_a_correction_of_what_somebody_corrected_meanwhile_is_a_conflict(store: Store):
    entry_id, by = recorded(store), people().officer
    correct_entry(store, by=by, entry_id=entry_id, content={**ABROAD, "results": "一"})
    with pytest.raises(Conflict):
        correct_entry(store, by=by, entry_id=entry_id, content={**ABROAD, "results": "二"})
    with pytest.raises(Conflict):
        withdraw_entry(store, by=by, entry_id=entry_id, reason="误登")


def test_a_correction_that_changes_nothing_is_refused(store: Store):
    with pytest.raises(Refusal, match="相同"):
        correct_entry(store, by=people().officer, entry_id=recorded(store), content=ABROAD)


def test_a_withdrawn_entry_counts_no_more_and_stays_with_its_reason(store: Store):
    entry_id, by = recorded(store, "publicity", PRESS), people().officer
    with pytest.raises(Refusal):
        withdraw_entry(store, by=by, entry_id=entry_id, reason=" ")
    withdraw_entry(store, by=by, entry_id=entry_id, reason="重复")
    assert found(store, "publicity").empty
    gone = found(store, "publicity", withdrawn=True).iloc[0]
    assert (gone["withdrawn_by"], gone["withdrawal_reason"]) == ("officer", "重复")
    with pytest.raises(Conflict):
        withdraw_entry(store, by=by, entry_id=entry_id, reason="再撤")
    assert facts(store)["publicity"] == 0


def test_a_register_of_one_entry_takes_no_second_beside_it_until_the_first_is_withdrawn(store: Store):
    first, by = recorded(store, "coordination", MECHANISM), people().officer
    with pytest.raises(Conflict, match="更正"):
        recorded(store, "coordination", MECHANISM)
    second = correct_entry(store, by=by, entry_id=first, content={**MECHANISM, "document_number": "2号"})
    assert mechanisms_frame(store, EVERYTHING, notice_id=1)["document_number"].tolist()[0] == "2号"
    assert versions(store, "coordination", first)["document_number"].tolist() == ["2号", "1号"]
    withdraw_entry(store, by=by, entry_id=second, reason="机构撤并")
    assert not facts(store)["mechanism_recorded"]
    assert recorded(store, "coordination", MECHANISM) > second


def test_the_liaison_officer_belongs_to_the_authority(store: Store):
    officer_id = people().officer.officer_id
    content = {**MECHANISM, "liaison_officer_id": officer_id}
    recorded(store, "coordination", content)
    assert found(store, "coordination")["liaison_officer_id_name"].tolist() == ["officer"]
    with pytest.raises(Refusal) as refused:
        cases.recorded(store, people().southerner, "coordination", content, SOUTH)
    assert refused.value.fields == ("liaison_officer_id",)
    asked = {"register_id": key_of(store, "coordination"), "authority_id": NORTH}
    assert references_of(store, EVERYTHING, **asked)[FieldKind.OFFICER][officer_id] == "officer"
    assert references_of(store, THE_SOUTH, **asked) == {}


def test_every_fault_is_told_at_once_beside_its_field(store: Store):
    with pytest.raises(Refusal) as refused:
        recorded(store, "publicity", {"published_on": date(YEAR + 1, 1, 1), "link": "http://x"})
    assert set(refused.value.fields) == {"published_on", "channel", "title", "link"}


def test_entries_are_narrowed_counted_and_given_a_page_at_a_time(store: Store):
    recorded(store)
    recorded(store, content={**ABROAD, "partner_body": "百分之100%协会", "countries": ["RU"]})
    cases.recorded(store, people().southerner, "cooperation", ABROAD, SOUTH)
    assert len(found(store, authority_id=NORTH)) == 2
    assert len(found(store, region="华北")) == 3
    assert found(store, region="华南").empty
    assert found(store, text="100%")["partner_body"].tolist() == ["百分之100%协会"]
    assert found(store, country="RU")["countries"].tolist() == [("RU",)]
    asked = {"register_id": key_of(store, "cooperation"), "where": RegisterFilter()}
    assert count_entries(store, EVERYTHING, **asked) == (3, 2)
    assert count_entries(store, THE_SOUTH, **asked) == (1, 1)
    pages = [register_frame(store, EVERYTHING, **asked, first=2, skipped=skipped) for skipped in (0, 2)]
    assert [len(page) for page in pages] == [2, 1]


def test_versions_out_of_reach_or_in_another_register_are_not_there(store: Store):
    entry_id = recorded(store)
    for scope, key, register in (
        (THE_SOUTH, entry_id, "cooperation"),
        (EVERYTHING, 99, "cooperation"),
        (EVERYTHING, entry_id, "fairs"),
    ):
        with pytest.raises(NotFound):
            versions(store, register, key, scope)
    with pytest.raises(NotFound):
        register_frame(store, EVERYTHING, register_id=99, where=RegisterFilter())


def test_what_the_working_group_enters_everybody_reads_and_a_unit_may_not_write(store: Store):
    asked = {"register_id": key_of(store, "fairs"), "authority_id": None, "content": FAIR}
    entry_id = record_entry(store, by=people().member, body=Body.CCPIT, **asked)
    assert found(store, "fairs", THE_SOUTH)["body"].tolist() == [Body.CCPIT]
    assert len(versions(store, "fairs", entry_id, THE_SOUTH)) == 1
    assert found(store, "fairs", body=Body.MIIT).empty
    for by in (people().officer, people().leader):
        with pytest.raises(Refusal):
            correct_entry(store, by=by, entry_id=entry_id, content={**FAIR, "title": "另一展会"})
    cases.recorded(store, people().officer, "fairs", FAIR)
    asked = {"register_id": key_of(store, "fairs"), "where": RegisterFilter()}
    assert count_entries(store, EVERYTHING, **asked) == (2, 2)


def test_an_entry_has_one_keeper_and_one_that_the_register_takes(store: Store):
    by = people().member
    with pytest.raises(Refusal, match="一方"):
        record_entry(store, by=by, register_id=key_of(store, "fairs"), authority_id=None, content=FAIR)
    with pytest.raises(Refusal, match="不由"):
        record_entry(
            store,
            by=by,
            register_id=key_of(store, "pairs"),
            authority_id=None,
            body=Body.MIIT,
            content={},
        )


def test_what_was_exported_is_what_may_be_read_and_is_told_in_the_trail(store: Store):
    recorded(store, content={**ABROAD, "countries": ["RU"]})
    where = RegisterFilter(text="商会", country="RU")
    asked = {"register_id": key_of(store, "cooperation"), "where": where}
    register, frame = export_register(store, by=people().leader, **asked)
    assert (register.key, len(frame)) == ("cooperation", 1)
    told = {"register": "双多边机制", "text": "商会", "country": "RU"}
    assert last_event(store).detail == told
    assert export_register(store, by=people().southerner, **asked)[1].empty


def test_the_facts_of_a_unit_say_since_when_everything_is_in_place(store: Store):
    before = facts(store)
    assert not before["mechanism_recorded"]
    assert [before[name] for name in ("tasks", "cooperation", "publicity")] == [0, 0, 0]
    recorded(store, "coordination", MECHANISM)
    recorded(store)
    recorded(store, content={**ABROAD, "established_on": date(YEAR, 1, 20)})
    recorded(store, "publicity", PRESS)
    recorded(store, "promotion", {"title": "推介会", "held_on": date(YEAR, 2, 9)})
    filed_plan(store, fair_task(), fair_task(title="再办"))
    now = facts(store)
    assert (now["mechanism_on"], now["mechanism_number"]) == (date(YEAR, 1, 5), "1号")
    assert (now["plan_filed_on"], now["goals_filed_on"]) == (TODAY, TODAY)
    assert (now["tasks"], now["open_tasks"], now["held_tasks"]) == (2, 2, 2)
    assert now["held_since_on"] == date(2020, 1, 1)
    assert (now["cooperation"], now["cooperation_since_on"]) == (2, date(YEAR, 1, 20))
    assert (now["publicity"], now["publicity_since_on"]) == (2, date(YEAR, 2, 3))
    end_appointment(store, by=people().officer, appointment_id=1, ends_on=TODAY)
    assert facts(store, on=TODAY + timedelta(1))["held_tasks"] == 0


def test_a_field_may_name_a_unit_and_no_other(store: Store):
    asked = {"number": 99, "key": "with_unit", "title": "合作单位", "kind": FieldKind.UNIT}
    with store.write(None) as tx:
        field = tx.add(RegisterField(register_id=key_of(store, "cooperation"), **asked))
        tx.audit("plant", field)
    recorded(store, content={**ABROAD, "with_unit": SOUTH})
    assert found(store)["with_unit"].tolist() == [SOUTH]
    refused = refusal_of(recorded, store, content={**ABROAD, "with_unit": 999})
    assert refused.fields == ("with_unit",)


def test_a_plan_that_is_not_filed_is_no_plan_yet(store: Store):
    draft_plan(store, people().officer, fair_task())
    now = facts(store)
    assert pd.isna(now["plan_filed_on"])
    assert now["tasks"] == 0
