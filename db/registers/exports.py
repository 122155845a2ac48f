"""Exporting a register: who may, and the audit record."""

import pandas as pd

from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.registers.definitions import register_in
from db.registers.queries import RegisterFilter, register_frame
from db.store import Store
from db.tables import Register as RegisterRow
from tracking import permissions
from tracking.permissions import Right
from tracking.registers.definitions import Register


def export_register(
    store: Store, *, by: SignedIn, register_id: int, where: RegisterFilter
) -> tuple[Register, pd.DataFrame]:
    """Export the entries that `by` may read (columns of `register_frame`), and what the register is; audited.

    Raises `Refusal`, `NotFound` for an unknown register.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.EXPORT_LEDGER)
        register = register_in(tx.session, register_id)
        asked = {
            "unit_id": where.authority_id,
            "region": where.region,
            "text": where.text,
            "country": where.country,
            "body": where.body and str(where.body),
        }
        narrowed = {name: value for name, value in asked.items() if value is not None}
        row = tx.load(RegisterRow, register_id)
        tx.audit("export_register", row, by.authority_id, register=register.title, **narrowed)
    return register, register_frame(store, scope_of(store, by), register_id=register_id, where=where)
