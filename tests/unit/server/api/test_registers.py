"""The registers from other systems: what they ask for, and entries recorded, corrected and withdrawn."""

import pytest

from db.store import Store
from tests.support.factories import NORTH, YEAR
from tests.support.register_cases import PDF, add_registers, key_of
from tests.unit.server.api.conftest import Program
from tests.unit.server.api.test_writes import codes

FAIR = {"title": "某展会", "started_on": f"{YEAR}-02-10", "countries": ["哈萨克斯坦"], "enterprises": "12"}


@pytest.fixture
def fairs(store: Store) -> str:
    add_registers(store)
    return f"/registers/{key_of(store, 'fairs')}/entries"


def test_a_register_says_what_it_asks_for_and_what_counts_where(officer: Program, fairs: str):
    found = {register["key"]: register for register in officer.get("/registers").json()}
    assert len(found) == 13
    fields = {field["key"]: field for field in found["fairs"]["asked"]}
    assert (found["fairs"]["indicator_id"], fields["enterprises"]["indicator_id"]) == (1, 2)
    assert [option["key"] for option in fields["site"]["options"]] == ["home", "abroad"]


def test_a_register_is_defined_filled_in_and_retired_by_a_program(
    officer: Program, member: Program, fairs: str
):
    sent = {
        "title": "示范项目",
        "keeper": "both",
        "measure_id": 1,
        "fields": [{"title": "名称", "kind": "text"}],
    }
    assert codes(officer.ask("POST", "/registers", json=sent)) == [("", "permission.right_missing")]
    made = member.ask("POST", "/registers", json=sent).json()["register_id"]
    options = [{"title": "在建", "title_en": "Building"}, {"title": "运营"}]
    stage = {"title": "阶段", "kind": "choice", "options": options}
    field = member.ask("POST", f"/registers/{made}/fields", json=stage).json()["field_id"]
    renamed = {**stage, "title": "进度", "options": [*options, {"title": "停建"}]}
    assert member.ask("POST", f"/register-fields/{field}/define", json=renamed).status_code == 200
    edited = {key: sent[key] for key in ("keeper", "measure_id")} | {"title": "项目"}
    assert member.ask("POST", f"/registers/{made}/define", json=edited).json() == {"register_id": made}
    (found,) = [one for one in officer.get("/registers").json() if one["register_id"] == made]
    assert (found["title"], [one["title"] for one in found["asked"]]) == ("项目", ["名称", "进度"])
    entries = f"/registers/{made}/entries"
    content = {found["asked"][0]["key"]: "某项目", found["asked"][1]["key"]: "停建"}
    recorded = officer.ask("POST", entries, json={"authority_id": NORTH, "content": content})
    assert recorded.status_code == 201
    assert officer.rows(entries)[0]["content"] == {"added_1": "某项目", "added_2": "option_3"}
    end = {"retired_on": f"{YEAR}-03-20", "reason": "不再使用"}
    for address in (f"/register-fields/{field}", f"/registers/{made}"):
        assert member.ask("POST", f"{address}/retire", json=end).status_code == 200
    assert made not in [one["register_id"] for one in officer.get("/registers").json()]
    for address in (f"/registers/{made}", f"/register-fields/{field}"):
        assert member.ask("POST", f"{address}/restore").status_code == 200
    assert made in [one["register_id"] for one in officer.get("/registers").json()]


def test_a_file_is_sent_named_by_an_entry_and_fetched(officer: Program, member: Program, fairs: str):
    register = fairs.removesuffix("/entries")
    proof = {"title": "佐证", "kind": "files"}
    assert member.ask("POST", f"{register}/fields", json=proof).status_code == 201
    key = officer.get("/registers").json()[2]["asked"][-1]["key"]
    sent = officer.ask(
        "POST",
        f"{register}/files",
        params={"name": "总结.pdf", "authority_id": NORTH},
        content=PDF,
        headers={"Content-Type": "application/octet-stream"},
    )
    file_id = sent.json()["file_id"]
    content = {**FAIR, key: [file_id]}
    assert officer.ask("POST", fairs, json={"authority_id": NORTH, "content": content}).status_code == 201
    assert officer.rows(fairs)[0]["content"][key] == [file_id]
    fetched = member.get(f"/register-files/{file_id}")
    assert (fetched.content, fetched.headers["content-type"]) == (PDF, "application/pdf")
    assert member.get("/register-files/999").status_code == 404


def test_an_entry_is_recorded_corrected_and_withdrawn(officer: Program, fairs: str):
    made = officer.ask("POST", fairs, json={"authority_id": NORTH, "content": FAIR})
    assert made.status_code == 201
    first = made.json()["entry_id"]
    (entry,) = officer.rows(fairs, country="KZ")
    assert entry["content"] == {**FAIR, "countries": ["KZ"]}
    assert officer.rows(fairs, country="某国") == []
    corrected = officer.ask(
        "POST", f"/entries/{first}/correct", json={"content": {**FAIR, "enterprises": "15"}}
    )
    second = corrected.json()["entry_id"]
    again = officer.ask("POST", f"/entries/{first}/withdraw", json={"reason": "误登"})
    assert codes(again) == [("", "store.changed_meanwhile")]
    officer.ask("POST", f"/entries/{second}/withdraw", json={"reason": "误登"})
    assert officer.rows(fairs) == []
    (gone,) = officer.rows(fairs, withdrawn=True)
    assert (gone["entry_id"], gone["withdrawal_reason"]) == (second, "误登")


def test_every_fault_is_told_and_nobody_writes_for_another(officer: Program, member: Program, fairs: str):
    wrong = {"authority_id": NORTH, "content": {"started_on": "soon", "colour": "red"}}
    assert codes(officer.ask("POST", fairs, json=wrong)) == [
        ("colour", "register.no_field"),
        ("title", "validation.required"),
        ("started_on", "register.no_day"),
    ]
    of_group = {"body": "ccpit", "content": FAIR}
    assert codes(officer.ask("POST", fairs, json=of_group)) == [("", "permission.right_missing")]
    assert member.ask("POST", fairs, json=of_group).status_code == 201
    assert [entry["body"] for entry in officer.rows(fairs)] == ["ccpit"]
