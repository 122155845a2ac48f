"""Exporting a register: who may, and the audit record."""

import pandas as pd

from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.registers.queries import RegisterFilter, register_frame
from db.store import Store
from db.tables import Notice
from tracking import permissions
from tracking.permissions import Right
from tracking.vocabulary import Register


def export_register(
    store: Store, *, by: SignedIn, register: Register, notice_id: int, where: RegisterFilter
) -> pd.DataFrame:
    """Export the entries that `by` may read (columns of `register_frame`); audited.

    Raises `Refusal`, `NotFound` for an unknown notice.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.EXPORT_LEDGER)
        notice = tx.load(Notice, notice_id)
        asked = {"unit_id": where.authority_id, "region": where.region, "text": where.text}
        narrowed = {name: value for name, value in asked.items() if value is not None}
        tx.audit("export_register", notice, by.authority_id, register=str(register), **narrowed)
    return register_frame(store, scope_of(store, by), register=register, notice_id=notice_id, where=where)
