"""The registers from other systems: what they ask for, and entries recorded, corrected and withdrawn."""

import pytest

from db.store import Store
from tests.support.factories import NORTH, YEAR
from tests.support.register_cases import add_registers, key_of
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
