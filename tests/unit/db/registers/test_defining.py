"""Registers and fields defined by page and program: added, worded, retired; and what is refused of it in one sentence."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from db.reference.parts import confirm_part, restore_part, retire_part
from db.registers import defining
from db.registers.actions import correct_entry, record_entry, withdraw_entry
from db.registers.definition_queries import register_definitions_frame, register_fields_frame
from db.registers.definitions import registers_of
from db.store import Store
from db.tables import Indicator
from tests.conftest import beginning
from tests.support.factories import FAIRS, NORTH, SOUTH, VISITORS, YEAR, at, people, small_country
from tests.support.register_cases import (
    FAIR,
    NAME,
    PRESS,
    PROJECTS,
    add_registers,
    key_of,
    recorded,
    register,
)
from tests.support.templates import empty_store
from tests.support.trail import last_event, refusal_of
from tracking.registers.drafts import FieldDraft
from tracking.vocabulary import Body, CataloguePart, FieldKind, IndicatorKind, Keeper

TODAY = date(YEAR, 3, 1)
FIRMS = FieldDraft("企业", FieldKind.NUMBER, unit="家")
STAGE = FieldDraft("阶段", FieldKind.CHOICE, options=(("在建", "Building"), ("运营", "Running")))
REGISTER, FIELD = CataloguePart.REGISTER, CataloguePart.FIELD


def fill(store: Store) -> None:
    empty_store(store)
    with at(TODAY):
        small_country(store)
        add_registers(store)
        with store.write(None) as tx:
            rate = Indicator(measure_id=1, number=9, name="签约率", unit="%", kind=IndicatorKind.RATE)
            rate.additive = rate.headline = False
            rate.source = "project"
            tx.audit("plant", tx.add(rate))


store = beginning(fill)


@pytest.fixture(autouse=True)
def _march():
    with at(TODAY):
        yield


def asked(**more):
    return {"by": people().administrator, **more}


def add(store: Store, *fields: FieldDraft, draft=PROJECTS, starts_on=None) -> int:
    return defining.add_register(
        store, **asked(notice_id=1, draft=draft, fields=fields or (NAME,), starts_on=starts_on)
    )


def add_field(store: Store, register_id: int, draft: FieldDraft, starts_on=None) -> int:
    return defining.add_field(store, **asked(register_id=register_id, draft=draft, starts_on=starts_on))


def why_not(action, store: Store, **more) -> list[tuple[str, str]]:
    refused = refusal_of(action, store, **asked(**more))
    pairs = zip(refused.fields, refused.messages, strict=True)
    return [(field, message.key.rpartition(".")[2]) for field, message in pairs]


def field_id(store: Store, key: str, title: str) -> int:
    return next(one.field_id for one in register(store, key).fields if one.title == title)


def retire(store: Store, part: CataloguePart, part_id: int, on: date = TODAY) -> None:
    retire_part(store, **asked(part=part, part_id=part_id, retired_on=on, reason="不再使用"))


def test_a_register_is_in_use_at_once_with_its_fields_and_told_in_the_trail(store: Store):
    register_id = add(store, NAME, STAGE, FIRMS)
    event = last_event(store)
    assert (event.action, event.detail["fields"]) == ("add_register", ["项目名称", "阶段", "企业"])
    found = registers_of(store, notice_id=1)[-1]
    assert (found.register_id, found.title_en, [one.key for one in found.asked]) == (
        register_id,
        "Projects",
        ["added_1", "added_2", "added_3"],
    )
    content = {"added_1": "某项目", "added_2": "Running", "added_3": "5"}
    asked_of = {"register_id": register_id, "authority_id": NORTH, "content": content}
    assert record_entry(store, by=people().officer, **asked_of) > 0


def test_a_register_and_a_field_may_begin_later(store: Store):
    later = date(YEAR, 4, 1)
    register_id = add(store, starts_on=later)
    keys = [one.register_id for one in registers_of(store, notice_id=1, retired=True)]
    assert register_id not in keys
    kept = {"register_id": register_id, "authority_id": NORTH, "content": {"added_1": "某项目"}}
    assert refusal_of(record_entry, store, by=people().officer, **kept).messages[0].key == "register.retired"
    add_field(store, key_of(store, "publicity"), NAME, later)
    assert "项目名称" not in [one.title for one in register(store, "publicity").asked]
    with at(later):
        assert record_entry(store, by=people().officer, **kept) > 0
        assert "项目名称" in [one.title for one in register(store, "publicity").asked]


def test_everything_wrong_with_a_register_is_told_at_once(store: Store):
    draft = replace(PROJECTS, title="展会", measure_id=None, indicator_id=999)
    found = why_not(defining.add_register, store, notice_id=1, draft=draft, fields=[], starts_on=None)
    assert found == [
        ("title", "title_taken"),
        ("measure_id", "serves_one"),
        ("indicator_id", "no_indicator"),
        ("fields", "no_field"),
    ]
    draft = replace(PROJECTS, measure_id=999)
    fields = [NAME, replace(NAME, indicator_id=FAIRS, denominator_id=1)]
    found = why_not(defining.add_register, store, notice_id=1, draft=draft, fields=[NAME], starts_on=None)
    assert found == [("measure_id", "serves_one")]
    found = why_not(defining.add_register, store, notice_id=1, draft=PROJECTS, fields=fields, starts_on=None)
    assert found == [
        ("fields.1.title", "field_taken"),
        ("fields.1.indicator_id", "numbers_feed"),
        ("fields.1.indicator_id", "fed_already"),
        ("fields.1.denominator_id", "no_denominator"),
    ]


def test_nothing_counts_twice_in_an_indicator(store: Store):
    twice = {"register_id": add(store), "draft": replace(PROJECTS, indicator_id=FAIRS)}
    assert why_not(defining.edit_register, store, **twice) == [("indicator_id", "fed_already")]
    fed = replace(FIRMS, unit="人次", indicator_id=VISITORS)
    again = {"register_id": twice["register_id"], "draft": fed, "starts_on": None}
    assert why_not(defining.add_field, store, **again) == [("indicator_id", "fed_already")]
    counted = field_id(store, "fairs", "参展企业")
    retire(store, FIELD, counted)
    add_field(store, twice["register_id"], fed)
    restored = refusal_of(restore_part, store, **asked(part=FIELD, part_id=counted))
    assert restored.messages[0].key == "register_def.fed_already"
    both = [replace(fed, title="甲"), replace(fed, title="乙")]
    with_it = {"notice_id": 1, "draft": replace(PROJECTS, title="又一"), "fields": both, "starts_on": None}
    found = why_not(defining.add_register, store, **with_it)
    assert ("fields.1.indicator_id", "fed_already") in found


def test_a_rate_is_fed_by_two_numbers_of_one_register(store: Store):
    register_id = add(store, NAME, FIRMS)
    firms = next(one for one in registers_of(store, notice_id=1)[-1].fields if one.title == "企业").field_id
    rate = _rate(store)
    signed = FieldDraft("签约", FieldKind.NUMBER, unit="家", indicator_id=rate)
    alone = {"register_id": register_id, "draft": signed, "starts_on": None}
    assert why_not(defining.add_field, store, **alone) == [("indicator_id", "rate_has_two")]
    foreign = {**alone, "draft": replace(signed, denominator_id=1)}
    assert why_not(defining.add_field, store, **foreign) == [("denominator_id", "no_denominator")]
    alone["draft"] = replace(signed, indicator_id=None, denominator_id=firms)
    assert why_not(defining.add_field, store, **alone) == [("denominator_id", "rate_has_two")]
    add_field(store, register_id, replace(signed, denominator_id=firms))
    assert [one.denominator for one in registers_of(store, notice_id=1)[-1].fields] == [None, None, "added_2"]
    other = {"field_id": firms, "draft": replace(FIRMS, kind=FieldKind.TEXT)}
    assert why_not(defining.edit_field, store, **other) == [("kind", "is_denominator")]
    gone = {"part": FIELD, "part_id": firms, "retired_on": TODAY, "reason": "不用"}
    assert why_not(retire_part, store, **gone) == [("retired_on", "is_denominator")]


def _rate(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(Indicator.id).where(Indicator.kind == IndicatorKind.RATE))


def test_what_entries_hold_keeps_its_meaning(store: Store):
    register_id = add(store, NAME, STAGE, FIRMS)
    fields = {one.title: one.field_id for one in registers_of(store, notice_id=1)[-1].fields}
    free = {"field_id": fields["企业"], "draft": replace(FIRMS, unit="家次", required=True)}
    defining.edit_field(store, **asked(**free))
    content = {"added_1": "某项目", "added_2": "在建", "added_3": "5"}
    record_entry(store, by=people().officer, register_id=register_id, authority_id=NORTH, content=content)
    for draft in (FIRMS, replace(FIRMS, kind=FieldKind.TEXT)):
        held = {"field_id": fields["企业"], "draft": draft}
        assert why_not(defining.edit_field, store, **held) == [("kind", "field_in_use")]
    fewer = {"field_id": fields["阶段"], "draft": replace(STAGE, options=(("运营", ""),))}
    assert why_not(defining.edit_field, store, **fewer) == [("options", "option_in_use")]
    renamed = replace(STAGE, options=(("建设中", "Building"),))
    defining.edit_field(store, **asked(field_id=fields["阶段"], draft=renamed))
    (stage,) = registers_of(store, notice_id=1)[-1].of_kind(FieldKind.CHOICE)
    assert [(option.key, option.title) for option in stage.options] == [("option_1", "建设中")]
    assert last_event(store).action == "edit_field"


def test_a_new_required_field_is_asked_of_the_next_version_only(store: Store):
    entry_id = recorded(store, people().officer, "fairs", FAIR)
    add_field(store, key_of(store, "fairs"), replace(NAME, title="展馆"))
    key = register(store, "fairs").fields[-1].key
    refused = refusal_of(
        correct_entry, store, by=people().officer, entry_id=entry_id, content={**FAIR, "enterprises": "15"}
    )
    assert refused.fields == (key,)


def test_the_keepers_whose_entries_stand_go_on(store: Store):
    register_id = add(store)
    kept = {"register_id": register_id, "content": {"added_1": "某项目"}}
    ours = record_entry(store, by=people().member, authority_id=None, body=Body.MIIT, **kept)
    for authority_id, by in (
        (NORTH, people().officer),
        (SOUTH, people().southerner),
        (NORTH, people().officer),
    ):
        record_entry(store, by=by, authority_id=authority_id, **kept)
    draft = replace(PROJECTS, keeper=Keeper.UNITS, single=True)
    found = why_not(defining.edit_register, store, register_id=register_id, draft=draft)
    assert found == [("keeper", "keeper_in_use"), ("single", "several_stand")]
    withdraw_entry(store, by=people().member, entry_id=ours, reason="误登")
    defining.edit_register(store, **asked(register_id=register_id, draft=replace(draft, single=False)))
    assert registers_of(store, notice_id=1)[-1].keeper is Keeper.UNITS


def test_a_retired_register_is_read_and_takes_nothing_new(store: Store):
    entry_id = recorded(store, people().officer, "fairs", FAIR)
    fairs = key_of(store, "fairs")
    retire(store, REGISTER, fairs, date(YEAR, 3, 2))
    assert "fairs" in [one.key for one in registers_of(store, notice_id=1)]
    with at(date(YEAR, 3, 2)):
        assert "fairs" not in [one.key for one in registers_of(store, notice_id=1)]
        (ended,) = [one for one in registers_of(store, notice_id=1, retired=True) if one.retired]
        kept = {"register_id": ended.register_id, "authority_id": NORTH, "content": FAIR}
        refused = refusal_of(record_entry, store, by=people().officer, **kept)
        assert refused.messages[0].key == "register.retired"
        correct_entry(store, by=people().officer, entry_id=entry_id, content={**FAIR, "enterprises": "15"})
        restore_part(store, **asked(part=REGISTER, part_id=fairs))
        assert record_entry(store, by=people().officer, **kept) > 0


def test_what_an_obligation_or_a_register_stands_on_is_not_retired(store: Store):
    end = {"retired_on": TODAY, "reason": "不用"}
    obliged = {"part": REGISTER, "part_id": key_of(store, "publicity"), **end}
    assert why_not(retire_part, store, **obliged) == [("retired_on", "obliged")]
    register_id = add(store)
    (only,) = registers_of(store, notice_id=1)[-1].fields
    last = {"part": FIELD, "part_id": only.field_id, **end}
    assert why_not(retire_part, store, **last) == [("retired_on", "last_field")]
    add_field(store, register_id, STAGE)
    retire(store, FIELD, only.field_id)
    add_field(store, register_id, NAME)
    taken = refusal_of(restore_part, store, **asked(part=FIELD, part_id=only.field_id))
    assert taken.messages[0].key == "register_def.field_taken"
    nothing = {"part": FIELD, "part_id": only.field_id, "fields": ["title"], "checked_on": TODAY}
    assert why_not(confirm_part, store, **nothing) == [("", "nothing_confirmed")]


def test_a_register_has_no_more_fields_than_a_page_can_ask_for(store: Store):
    register_id = add(store, *(replace(NAME, title=f"字段{at}", title_en="") for at in range(50)))
    more = {"register_id": register_id, "draft": NAME, "starts_on": TODAY}
    assert why_not(defining.add_field, store, **more) == [("title", "no_field")]


def test_definitions_are_listed_with_what_is_over(store: Store):
    retire(store, FIELD, field_id(store, "publicity", "网址"))
    fields = register_fields_frame(store, notice_id=1)
    over = fields[fields["retired_on"].notna()].iloc[0]
    assert (over["register_title"], over["title"], over["retired_on"]) == ("宣传报道", "网址", TODAY)
    assert register_definitions_frame(store, notice_id=1)["number"].tolist() == list(range(1, 14))
    recorded(store, people().officer, "publicity", {key: PRESS[key] for key in PRESS if key != "link"})
