"""The writes of working copies: the only ones without an audit event, and of which no cache hears (decision 20).

They wait for nobody: while somebody else writes for long, they fail, and the next run tries again.
"""

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from db import clock
from db.store import Conflict, Store
from db.tables import WorkingCopy
from db.working_copies.queries import Copy
from tracking.messages import Message, Refusal

KEPT_FOR = timedelta(days=30)
# Signs; the longest form has some ten texts of 2,000.
LONGEST = 200_000


def keep(store: Store, *, officer_id: int, form: str, copy: Copy, known: Collection[str] = ()) -> datetime:
    """Keep what an officer has typed in a form, over what this page or one of the `known` ones has kept; gives when.

    Raises `Conflict` with the time where another page has kept something since, `Refusal` for what is too long.
    """
    if len(json.dumps(copy.content)) > LONGEST:
        raise Refusal(Message("working_copy.too_long"))
    with store.aside() as session:
        row = _row(session, officer_id, form)
        if row is None:
            row = WorkingCopy(officer_id=officer_id, form=form, token=copy.token, saved_at=clock.now())
        elif row.token not in {copy.token, *known}:
            raise Conflict(
                Message("working_copy.elsewhere", at=f"{row.saved_at.astimezone(clock.OFFICE_ZONE):%H:%M}")
            )
        row.row_version, row.token, row.content = copy.row_version, copy.token, copy.content
        row.saved_at = kept_at = clock.now()
        session.add(row)
    return kept_at


def drop(store: Store, *, officer_id: int, form: str) -> None:
    """Forget what was typed in a form, which is saved by now or was discarded."""
    mine = (col(WorkingCopy.officer_id) == officer_id, col(WorkingCopy.form) == form)
    with store.aside() as session:
        session.execute(delete(WorkingCopy).where(*mine))


def drop_old(store: Store) -> None:
    """Forget whatever nobody has come back to for so long."""
    with store.aside() as session:
        session.execute(delete(WorkingCopy).where(col(WorkingCopy.saved_at) < clock.now() - KEPT_FOR))


def _row(session: Session, officer_id: int, form: str) -> WorkingCopy | None:
    mine = select(WorkingCopy).where(WorkingCopy.officer_id == officer_id, WorkingCopy.form == form)
    return session.exec(mine.with_for_update()).one_or_none()
