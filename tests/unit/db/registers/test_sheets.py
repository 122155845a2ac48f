"""Many entries from a workbook: judged line by line, taken as a whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from db.registers.actions import record
from db.registers.exports import export_register
from db.registers.queries import RegisterFilter
from db.registers.sheet_actions import judge_entries, take_entries
from db.store import Store
from db.tables import RegisterEntry
from tests.support.factories import NORTH, SOUTH, YEAR, at, people, small_country
from tests.support.register_cases import FAIR, PRESS, add_registers, key_of, recorded, register
from tests.support.trail import refusal_of
from tracking.documents.excel import ledger_workbook
from tracking.registers.wording import register_headers, worded_register
from tracking.vocabulary import Body, Language

HEAD = "记录编号,登记单位,展会名称,开幕日期,国家（地区）,参展企业（家次）"


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 1)):
        small_country(store)
        add_registers(store)
        yield


def csv(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines]).encode("utf-8-sig")


def asked(store: Store, content: bytes, by=None, key: str = "fairs"):
    return {"by": by or people().officer, "register_id": key_of(store, key), "content": content}


def judged(store: Store, content: bytes, **more):
    return judge_entries(store, **asked(store, content, **more))


def taken(store: Store, content: bytes, **more):
    return {str(key): count for key, count in take_entries(store, **asked(store, content, **more)).items()}


def stored(store: Store, key: str = "fairs"):
    asked = {"register_id": key_of(store, key), "where": RegisterFilter()}
    return export_register(store, by=people().officer, **asked)


@pytest.mark.parametrize("language", Language)
def test_what_was_exported_comes_back_unchanged(store: Store, language: Language):
    content = {**FAIR, "countries": ["KZ", "HK"], "site": "home", "results": "多行\n文字"}
    recorded(store, people().officer, "fairs", content)
    register, frame = stored(store)
    book = ledger_workbook(
        worded_register(frame, register, language),
        headers=register_headers(register, frame, language, withdrawn=False),
        title="登记册",
        source="各单位登记",
        as_of=date(YEAR, 3, 1),
        filters="现行",
        language=language,
    )
    assert [str(one.change) for one in judged(store, book)] == ["same"]
    assert refusal_of(take_entries, store, **asked(store, book)).messages[0].key == "unit_list.nothing_new"


def test_new_and_changed_lines_are_shown_and_taken_together(store: Store):
    entry_id = recorded(store, people().officer, "fairs", FAIR)
    content = csv(f"{entry_id},北省,某展会,2026-02-10,俄罗斯,15", ",,新展会,2026/2/1,,")
    content = content.replace(b"2026", str(YEAR).encode()).replace(b"/2/1", b"/02/01")
    before = store.data_version()
    changed, new = judged(store, content)
    assert store.data_version() == before
    assert changed.changes == {
        "国家（地区）": ("哈萨克斯坦、俄罗斯", "俄罗斯"),
        "参展企业（家次）": ("12", "15"),
    }
    assert (str(new.change), new.changes["展会名称"]) == ("new", (None, "新展会"))
    assert taken(store, content) == {"changed": 1, "new": 1}
    frame = stored(store)[1].set_index("title")
    assert set(frame.index) == {"某展会", "新展会"}
    assert frame.loc["某展会", "countries"] == ("RU",)


def test_refused_cells_are_named_with_their_reasons_and_nothing_is_taken(store: Store):
    content = csv(
        ",,好展会,2020-02-10,,", ",,坏展会,某日,火星,多", "99,,展会,2020-02-10,,", "x,,展会,2020-02-10,,"
    )
    _, bad, gone, odd = judged(store, content)
    assert [cell for cell, _ in bad.faults] == ["D3", "E3", "F3"]
    assert bad.faults[1][1].key == "country.unknown"
    for one, cell in ((gone, "A4"), (odd, "A5")):
        assert [(place, message.key) for place, message in one.faults] == [(cell, "register_sheet.no_entry")]
    refused = refusal_of(take_entries, store, **asked(store, content))
    assert refused.messages[0].values["lines"] == ("3", "4", "5")
    assert stored(store)[1].empty


def test_only_who_may_enter_sees_a_preview(store: Store):
    refused = refusal_of(
        judge_entries, store, **asked(store, csv(",,某展会,2020-02-10,,"), by=people().leader)
    )
    assert refused.messages[0].key == "permission.right_missing"


def test_the_preview_speaks_the_language_of_who_looks(store: Store):
    recorded(store, people().officer, "fairs", FAIR)
    by = replace(people().officer, language=Language.EN)
    (line,) = judged(store, csv(f"1,,某展会,{YEAR}-02-10,俄罗斯,"), by=by)
    assert line.changes["Countries"] == ("Kazakhstan; Russia", "Russia")


def test_others_write_while_a_preview_is_made(store: Store):
    with store.rehearsal(people().officer, RegisterEntry) as tx:
        key = record(tx, people().officer, register(store, "fairs"), NORTH, FAIR)
        assert recorded(store, people().officer, "publicity", PRESS) > 0
        assert tx.load(RegisterEntry, key).content["title"] == FAIR["title"]
    assert stored(store)[1].empty


def test_the_entry_of_another_unit_is_not_corrected(store: Store):
    entry_id = recorded(store, people().southerner, "fairs", FAIR, SOUTH)
    (line,) = judged(store, csv(f"{entry_id},南市,改名,2020-02-10,,"))
    assert str(line.change) == "refused"


def test_a_member_names_the_body_that_keeps_an_entry(store: Store):
    content = csv(",中国贸促会,某展会,2020-02-10,,", ",北省,某展会,2020-02-10,,")
    kept, refused = judged(store, content, by=people().member)
    assert (str(kept.change), refused.faults[0][0]) == ("new", "B3")
    taken(store, csv(",中国贸促会,某展会,2020-02-10,,"), by=people().member)
    assert stored(store)[1]["body"].tolist() == [Body.CCPIT]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (csv("1,2", head="甲,乙"), "register_sheet.no_head"),
        (csv(",各单位登记,,,,"), "unit_list.empty"),
        (csv(*[f",,展会{at},2020-02-10,," for at in range(501)]), "unit_list.too_long"),
    ],
)
def test_a_file_without_lines_to_take_says_why(store: Store, content: bytes, why: str):
    assert refusal_of(take_entries, store, **asked(store, content)).messages[0].key == why
