"""Files that entries carry: checked like evidence, their bytes kept once, each known by the register and its keeper."""

from collections.abc import Mapping
from typing import Any

from db.identity import SignedIn
from db.kept_files import digest_of, keep_bytes
from db.registers.definitions import register_in
from db.row_changes import key_of
from db.store import Store, Transaction
from db.tables import RegisterFile
from tracking import permissions
from tracking.evidence import CheckedFile, HandedIn, checked_file
from tracking.messages import refusal
from tracking.registers.contents import Content
from tracking.registers.definitions import Register
from tracking.registers.keeping import check_keeper, right_to_keep
from tracking.vocabulary import Body, FieldKind


def keep_register_file(
    store: Store,
    *,
    by: SignedIn,
    register_id: int,
    authority_id: int | None,
    name: str,
    content: bytes,
    body: Body | None = None,
) -> int:
    """Keep a file that an entry of this keeper is to carry, and return its key.

    Raises `Refusal` for a file that is none of the kinds allowed, or too large.
    """
    permissions.check(by, right_to_keep(authority_id), authority_id)
    file = checked_file(name, content)
    with store.write(by) as tx:
        register = register_in(tx.session, register_id)
        check_keeper(register, authority_id, body)
        keep_bytes(store, file.content)
        row = _row(tx, by, register, file, {"authority_id": authority_id, "body": body})
        said = {"register": register.title, "name": row.name, "sha256": row.sha256}
        tx.audit("keep_register_file", row, authority_id, **said)
        return key_of(row)


def keep_handed_in(store: Store, content: Content) -> None:
    """Let the bytes of files that come with an entry lie where they are kept; those at fault are told when it is read.

    Whether this person may is asked before.
    """
    handed = [item for value in content.values() if isinstance(value, list) for item in value]
    for item in handed:
        if isinstance(item, HandedIn) and refusal(checked_file, item.name, item.content) is None:
            keep_bytes(store, item.content)


def with_keys(
    tx: Transaction, by: SignedIn, register: Register, content: dict[str, Any], keeper: Mapping[str, Any]
) -> dict[str, Any]:
    """The content with the files handed in as the keys of their rows."""
    kept = {
        one.key: [
            key_of(_row(tx, by, register, item, keeper)) if isinstance(item, CheckedFile) else item
            for item in content[one.key]
        ]
        for one in register.of_kind(FieldKind.FILES)
        if one.key in content
    }
    return {**content, **kept}


def _row(
    tx: Transaction, by: SignedIn, register: Register, file: CheckedFile, keeper: Mapping[str, Any]
) -> RegisterFile:
    return tx.add(
        RegisterFile(
            register_id=register.register_id,
            **keeper,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=digest_of(file.content),
            uploaded_at=tx.now,
            uploaded_by_id=by.officer_id,
        )
    )
