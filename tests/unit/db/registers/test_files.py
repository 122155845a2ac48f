"""Files that entries of a register carry: checked, kept once, named in list and sheet, and read by who may read the entry."""

from datetime import date

import pytest

from db.kept_files import digest_of, kept_path
from db.registers import defining
from db.registers.actions import correct_entry, record_entry
from db.registers.files import keep_register_file
from db.registers.queries import RegisterFilter, references_of, register_file, register_frame
from db.registers.sheet_actions import judge_entries, take_entries
from db.store import NotFound, Store
from tests.conftest import beginning
from tests.support.factories import NORTH, SOUTH, YEAR, at, people, small_country
from tests.support.register_cases import PDF, PRESS, add_registers, key_of, recorded, register
from tests.support.templates import empty_store
from tests.support.trail import last_event, refusal_of
from tracking.evidence import HandedIn
from tracking.permissions import Scope
from tracking.registers.drafts import FieldDraft
from tracking.registers.wording import worded_register
from tracking.vocabulary import Body, FieldKind, Language

TODAY = date(YEAR, 3, 1)
EVERYTHING, THE_SOUTH = Scope(None), Scope(frozenset({SOUTH}))


def fill(store: Store) -> None:
    empty_store(store)
    with at(TODAY):
        small_country(store)
        add_registers(store)
        draft = FieldDraft("佐证", FieldKind.FILES, "Proof")
        asked = {"register_id": key_of(store, "publicity"), "draft": draft, "starts_on": None}
        defining.add_field(store, by=people().member, **asked)


store = beginning(fill)


@pytest.fixture(autouse=True)
def _march():
    with at(TODAY):
        yield


def found(store: Store, scope: Scope = EVERYTHING):
    return register_frame(store, scope, register_id=key_of(store, "publicity"), where=RegisterFilter())


def proof(store: Store) -> str:
    return register(store, "publicity").fields[-1].key


def kept(store: Store, name: str, by=None, authority_id: int | None = NORTH, **more) -> int:
    asked = {"register_id": key_of(store, "publicity"), "authority_id": authority_id, **more}
    return keep_register_file(store, by=by or people().officer, name=name, content=PDF, **asked)


def test_files_come_with_an_entry_and_their_bytes_lie_there_once(store: Store):
    key = proof(store)
    handed = [HandedIn("总结.docx", PDF), HandedIn("照片.png", b"\x89PNG\r\n\x1a\n")]
    entry_id = recorded(store, people().officer, "publicity", {**PRESS, key: handed})
    row = found(store).iloc[0]
    assert row[f"{key}_name"] == ("总结.pdf", "照片.png")
    file = register_file(store, EVERYTHING, file_id=row[key][0])
    assert kept_path(store, file.sha256).read_bytes() == PDF
    assert (file.media_type, file.size, file.sha256) == ("application/pdf", len(PDF), digest_of(PDF))
    worded = worded_register(found(store), register(store, "publicity"), Language.EN)
    assert worded[key].tolist() == ["总结.pdf, 照片.png"]
    fewer = {**PRESS, key: [row[key][1], HandedIn("又一.pdf", PDF)]}
    correct_entry(store, by=people().officer, entry_id=entry_id, content=fewer)
    assert found(store).iloc[0][f"{key}_name"] == ("照片.png", "又一.pdf")
    assert last_event(store).detail["changes"]["佐证"]["before"] == list(row[key])


def test_a_file_at_fault_is_told_with_all_other_faults_and_nothing_is_kept(store: Store):
    key = proof(store)
    content = {**PRESS, "link": "http://x", key: [HandedIn("坏.exe", b"MZ")]}
    refused = refusal_of(recorded, store, people().officer, "publicity", content)
    assert refused.fields == ("link", key)
    assert refused.messages[1].key == "evidence.other_kind"
    many = refusal_of(
        recorded, store, people().officer, "publicity", {**PRESS, key: [HandedIn("a.pdf", PDF)] * 11}
    )
    assert many.messages[0].key == "register.too_many_files"


def test_a_file_is_read_and_named_by_its_keeper_alone(store: Store):
    key, own, group = (
        proof(store),
        kept(store, "a.pdf"),
        kept(store, "b.pdf", people().member, None, body=Body.MIIT),
    )
    assert last_event(store).action == "keep_register_file"
    for foreign in (group, 999, True, "a.pdf"):
        refused = refusal_of(recorded, store, people().officer, "publicity", {**PRESS, key: [foreign]})
        assert refused.messages[0].key == "register.no_file"
    assert recorded(store, people().officer, "publicity", {**PRESS, key: own})
    with pytest.raises(NotFound):
        register_file(store, THE_SOUTH, file_id=own)
    with pytest.raises(NotFound):
        register_file(store, EVERYTHING, file_id=999)
    assert register_file(store, THE_SOUTH, file_id=group).name == "b.pdf"
    of_group = {"register_id": key_of(store, "publicity"), "authority_id": None}
    assert references_of(store, THE_SOUTH, **of_group)[FieldKind.FILES] == {group: "b.pdf"}
    assert record_entry(
        store, by=people().member, body=Body.MIIT, content={**PRESS, key: [group]}, **of_group
    )


def test_a_workbook_names_files_and_leaves_them_as_they_are(store: Store):
    key, own = proof(store), kept(store, "a.pdf")
    entry_id = recorded(store, people().officer, "publicity", {**PRESS, key: [own]})
    line = f"{entry_id},{YEAR}-02-03,网站,新标题,别的.pdf"
    sheet = f"记录编号,日期,渠道,标题,佐证\n{line}".encode("utf-8-sig")
    asked = {"by": people().officer, "register_id": key_of(store, "publicity"), "content": sheet}
    assert judge_entries(store, **asked)[0].changes == {"标题": ("标题", "新标题")}
    take_entries(store, **asked)
    assert found(store).iloc[0][[key, "title"]].tolist() == [(own,), "新标题"]
