"""The registers of the tests, entries to put into them, and the cases of their actions.

The entry that the cases act on is planted by `tests.support.action_cases`.
"""

from datetime import date
from typing import Any

from db.registers import actions as registers, defining, exports as register_exports, files, sheet_actions
from db.registers.definitions import registers_of
from db.registers.queries import RegisterFilter
from db.seed.files import lines
from db.seed.register_book import add_registers_of
from db.store import Store
from db.tables import Notice
from tests.support.cases import of
from tests.support.factories import NORTH, YEAR
from tracking.permissions import Right
from tracking.registers.definitions import Register
from tracking.registers.drafts import FieldDraft, RegisterDraft
from tracking.vocabulary import Body, FieldKind, Keeper

MECHANISM = {"established_on": date(YEAR, 1, 5), "document_number": "1号", "lead_leader": "某领导"}
ABROAD = {
    "partner_place": "某国",
    "partner_body": "商会",
    "sides": "bilateral",
    "established_on": date(YEAR, 2, 1),
    "standing": "正在磋商",
}
PRESS = {
    "published_on": date(YEAR, 2, 3),
    "channel": "网站",
    "title": "标题",
    "link": "https://example.org/",
}
PDF = b"%PDF-1.7 summary"
# The same in a workbook.
SHEET = f"日期,渠道,标题\n{YEAR}-02-03,网站,标题".encode("utf-8-sig")
FAIR = {
    "title": "某展会",
    "started_on": date(YEAR, 2, 10),
    "countries": ["KZ", "RU"],
    "enterprises": "12",
}


def add_registers(store: Store) -> None:
    """Give the notice of the small country the registers that come with the product."""
    with store.write(None) as tx:
        notice = tx.load(Notice, 1)
        add_registers_of(tx.session, shipped_notice())
        tx.audit("load_reference", notice)


def shipped_notice() -> Notice:
    """The first notice under the number that the files of the product name; in the small country it has its own."""
    return Notice(id=1, number=lines("notice")[0]["number"], title="", issued_by="")


def register(store: Store, key: str) -> Register:
    """A register of the first notice."""
    return next(found for found in registers_of(store, notice_id=1) if found.key == key)


def key_of(store: Store, key: str) -> int:
    """The key in the store of a register of the first notice."""
    return register(store, key).register_id


def recorded(store: Store, by: Any, key: str, content: Any, authority_id: int = NORTH) -> int:
    """An entry of an authority, and its key."""
    asked = {"register_id": key_of(store, key), "authority_id": authority_id, "content": content}
    return registers.record_entry(store, by=by, **asked)


# The registers in the order of `sample_data/register.csv`.
COOPERATION_ID, PUBLICITY_ID = 2, 12

PROJECTS = RegisterDraft("示范项目", Keeper.BOTH, "Projects", measure_id=1)
NAME = FieldDraft("项目名称", FieldKind.TEXT, "Project", required=True)

REGISTERS = [
    *of(
        Right.DEFINE_REGISTERS,
        (
            defining.add_register,
            {"notice_id": 1, "draft": PROJECTS, "fields": [NAME], "starts_on": None},
        ),
        (defining.edit_register, {"register_id": PUBLICITY_ID, "draft": PROJECTS}),
        (defining.add_field, {"register_id": PUBLICITY_ID, "draft": NAME, "starts_on": None}),
        (defining.edit_field, {"field_id": 1, "draft": NAME}),
        bound=False,
    ),
    *of(
        Right.KEEP_REGISTERS,
        (
            registers.record_entry,
            {"register_id": PUBLICITY_ID, "authority_id": NORTH, "content": PRESS},
        ),
        (registers.correct_entry, {"entry_id": 1, "content": {**PRESS, "title": "更正"}}),
        (registers.withdraw_entry, {"entry_id": 1, "reason": "误登"}),
        (
            files.keep_register_file,
            {"register_id": PUBLICITY_ID, "authority_id": NORTH, "name": "总结.pdf", "content": PDF},
        ),
        bound=True,
    ),
    *of(
        Right.KEEP_GROUP_REGISTERS,
        (
            registers.record_entry,
            {"register_id": PUBLICITY_ID, "authority_id": None, "body": Body.CCPIT, "content": PRESS},
        ),
        bound=False,
    ),
    *of(
        Right.KEEP_REGISTERS,
        (sheet_actions.take_entries, {"register_id": PUBLICITY_ID, "content": SHEET}),
        bound=False,
    ),
    *of(
        Right.EXPORT_LEDGER,
        (register_exports.export_register, {"register_id": COOPERATION_ID, "where": RegisterFilter()}),
        bound=False,
    ),
]
