"""Many entries of a register at once, from a workbook: judged line by line, and taken as a whole or not at all."""

from collections.abc import Sequence
from typing import Any

from db.identity import SignedIn
from db.judging import counted, on_trial
from db.registers.actions import correct, record
from db.registers.definitions import register_in
from db.registers.known import known_to
from db.store import Store, Transaction
from db.tables import RegisterEntry
from db.turns import in_turn, waiting
from tracking import permissions
from tracking.documents.grids import Sheet
from tracking.documents.limited import read_sheets
from tracking.messages import Message, Refusal, text
from tracking.registers.definitions import Register
from tracking.registers.keeping import right_to_keep
from tracking.registers.sheets import ENTRY, KEEPER, JudgedEntry, ListedEntry, listed_entries, merged
from tracking.registers.wording import kept_word
from tracking.steps import untold
from tracking.unit_lists import ListChange
from tracking.vocabulary import Body, Language


def judge_entries(store: Store, *, by: SignedIn, register_id: int, content: bytes) -> list[JudgedEntry]:
    """What each line of a workbook would do; nothing is kept. Raises `Refusal` for a file without such lines."""
    sheets = _read(by, content)
    with store.rehearsal(by, RegisterEntry) as tx:
        return _judged(tx, by, register_id, sheets)


def take_entries(store: Store, *, by: SignedIn, register_id: int, content: bytes) -> dict[ListChange, int]:
    """Record and correct entries as a workbook says; returns how many lines did what.

    All or nothing: raises `Refusal` naming every line that cannot be taken.
    """
    sheets = _read(by, content)
    with store.write(by) as tx:
        return counted(_judged(tx, by, register_id, sheets))


def _read(by: SignedIn, content: bytes) -> list[Sheet]:
    """The sheets of a file, in the turn of who gives it."""
    permissions.check(by, right_to_keep(by.authority_id), by.authority_id)
    with in_turn(by.officer_id, waiting(untold)):
        return read_sheets(content)


def _judged(tx: Transaction, by: SignedIn, register_id: int, sheets: Sequence[Sheet]) -> list[JudgedEntry]:
    register = register_in(tx.session, register_id)
    return [_line(tx, by, register, one) for one in listed_entries(register, sheets)]


def _line(tx: Transaction, by: SignedIn, register: Register, one: ListedEntry) -> JudgedEntry:
    return on_trial(
        tx,
        lambda: JudgedEntry(one.line, *_done(tx, by, register, one)),
        lambda refused: JudgedEntry(one.line, ListChange.REFUSED, {}, _faults(one, refused)),
    )


def _faults(one: ListedEntry, refused: Refusal) -> tuple[tuple[str, Message], ...]:
    """Each message with the cell that it is about, or else the line."""
    pairs = zip(refused.fields, refused.messages, strict=True)
    return tuple((one.places.get(key, str(one.line)), message) for key, message in pairs)


def _done(
    tx: Transaction, by: SignedIn, register: Register, one: ListedEntry
) -> tuple[ListChange, dict[str, Any]]:
    if one.entry_id is None:
        known = known_to(tx.session, register, by.authority_id, tx.today)
        body = _body(one) if by.authority_id is None else None
        key = record(tx, by, register, by.authority_id, merged(register, one, {}, known), body=body)
        return ListChange.NEW, _told(register, {}, _kept(tx, key), known, by.language)
    seen = tx.session.get(RegisterEntry, one.entry_id)
    if seen is None or seen.register_id != register.register_id:
        raise Refusal(Message("register_sheet.no_entry"), fields=(ENTRY,))
    known = known_to(tx.session, register, seen.authority_id, tx.today)
    content = merged(register, one, seen.content, known)
    if content == {
        field.key: seen.content[field.key] for field in register.asked if field.key in seen.content
    }:
        return ListChange.SAME, {}
    key = correct(tx, by, one.entry_id, content)
    return ListChange.CHANGED, _told(register, seen.content, _kept(tx, key), known, by.language)


def _body(one: ListedEntry) -> Body:
    """The body of the working group that a line names. Raises `Refusal`."""
    said = one.said.get(KEEPER, "")
    for body in Body:
        if said in {text(f"body.{body}", language) for language in Language}:
            return body
    raise Refusal(Message("register.one_keeper"), fields=(KEEPER,))


def _kept(tx: Transaction, key: int) -> Any:
    return tx.load(RegisterEntry, key).content


def _told(register: Register, before: Any, after: Any, known: Any, language: Language) -> dict[str, Any]:
    """Field in words → what it held and holds, in words, of those that changed."""
    return {
        one.named(language): tuple(
            kept_word(one, said.get(one.key), known, language) for said in (before, after)
        )
        for one in register.asked
        if before.get(one.key) != after.get(one.key)
    }
