"""The anchors of the audit chain: its head, noted daily outside the database.

Whoever can write to the database could cut the chain and move its head back; a head noted before gives that
away. The file is worth as much as its place: copy it, or keep `audit-anchors.log` where the server only appends.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select

from db import clock
from db.store import Store
from db.tables import AuditHead

FILE = "audit-anchors.log"


def anchor_file(store: Store) -> Path:
    """Where the anchors of this installation are."""
    return store.settings.data_dir / FILE


def anchors(store: Store) -> dict[int, str]:
    """Event number → its hash, as recorded."""
    return {number: noted for _, number, noted in _lines(store)}


def anchor(store: Store) -> bool:
    """Record the head once a day; returns whether it was recorded now."""
    today = clock.today()
    if any(day == today for day, _, _ in _lines(store)):
        return False
    with store.read() as session:
        head = session.execute(select(AuditHead)).scalar_one()
    if not head.number:
        return False
    anchor_file(store).parent.mkdir(parents=True, exist_ok=True)
    with anchor_file(store).open("a", encoding="ascii") as file:
        file.write(f"{today.isoformat()} {head.number} {head.hash}\n")
    return True


def _lines(store: Store) -> Iterator[tuple[date, int, str]]:
    if anchor_file(store).exists():
        for line in anchor_file(store).read_text(encoding="ascii").splitlines():
            day, number, noted = line.split()
            yield date.fromisoformat(day), int(number), noted
