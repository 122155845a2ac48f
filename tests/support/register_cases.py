"""The cases of the registers; the entry they act on is planted by `tests.support.action_cases`."""

from dataclasses import replace
from datetime import date

from db.registers import actions as registers, exports as register_exports
from db.registers.queries import RegisterFilter
from tests.support.cases import of
from tests.support.factories import NORTH, YEAR
from tracking.permissions import Right
from tracking.validation.registers import PublicityDraft
from tracking.vocabulary import Register

PRESS = PublicityDraft(date(YEAR, 1, 20), "网站", "标题")

REGISTERS = [
    *of(
        Right.KEEP_REGISTERS,
        (registers.record_entry, {"authority_id": NORTH, "notice_id": 1, "draft": PRESS}),
        (registers.correct_entry, {"entry_id": 1, "draft": replace(PRESS, title="更正")}),
        (registers.withdraw_entry, {"register": Register.PUBLICITY, "entry_id": 1, "reason": "误登"}),
        bound=True,
    ),
    *of(
        Right.EXPORT_LEDGER,
        (
            register_exports.export_register,
            {"register": Register.COOPERATION, "notice_id": 1, "where": RegisterFilter()},
        ),
        bound=False,
    ),
]
