"""Taking what ships of a catalogue into a store that may hold some of it, and noting what became of it.

An entry of the store is the one that ships if it is worded alike, else if it has its number. It is left as it is; only
where nobody has worded it, checked it or said from where it is taken are its marks and source set as they ship.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from sqlmodel import Session, select

from db.reference.parts import IN_ORDER, PARTS, PartRule
from db.tables import Indicator, IndicatorLevel, NoticeText
from tracking.vocabulary import CataloguePart, TitleSource

Keys: TypeAlias = dict[tuple[Any, ...], int]
Noted: TypeAlias = defaultdict[str, list[str]]

# What an entry says, as far as its table has it.
_SAID = ("title", "short_title", "name", "unit", "key_area_id", "measure_id")


def _nothing() -> Noted:
    return defaultdict(list)


@dataclass(frozen=True, slots=True)
class Intake:
    """What was added, marked with its source, and left; kind → names. What is added is in force `since` a day."""

    since: date | None = None
    added: Noted = field(default_factory=_nothing)
    marked: Noted = field(default_factory=_nothing)
    left: Noted = field(default_factory=_nothing)

    @property
    def changed(self) -> bool:
        """Whether anything was added or marked."""
        return any((*self.added.values(), *self.marked.values()))

    def take(self, session: Session, part: CataloguePart, shipped: Iterable[Any]) -> Keys:
        """Add the entries of a part that are missing; (parent, number or key as it ships) → id."""
        rule = PARTS[part]
        keys = {}
        for row, known in _paired(rule, list(shipped), session.exec(select(rule.table)).all()):
            if known is None:
                self._add(session, part, row)
            else:
                self._compare(part, row, known)
            keys[_place(rule, row)] = row if known is None else known
        session.flush()
        return {key: row.id for key, row in keys.items()}

    def _add(self, session: Session, part: CataloguePart, row: Any) -> None:
        if part in IN_ORDER:
            row.starts_on = self.since or row.starts_on
            row.number = _free(session, PARTS[part], row)
        session.add(row)
        session.flush()
        self.added[part].append(_name(row))

    def _compare(self, part: CataloguePart, row: Any, known: Any) -> None:
        if any(getattr(row, name) != getattr(known, name) for name in _SAID if hasattr(row, name)):
            self.left[part].append(_name(known))
        elif row.cited and not known.cited and not _is_checked(part, known):
            for name in (*PARTS[part].marks.values(), "cited"):
                setattr(known, name, getattr(row, name))
            self.marked[part].append(_name(known))

    def take_levels(self, session: Session, shipped: Iterable[IndicatorLevel]) -> None:
        """Label the indicators that nobody has labelled yet."""
        labelled = set(session.exec(select(IndicatorLevel.indicator_id)))
        rows = [row for row in shipped if row.indicator_id not in labelled]
        session.add_all(rows)
        session.flush()
        self.added["level"] += [session.get_one(Indicator, row.indicator_id).name for row in rows]

    def take_texts(self, session: Session, shipped: Iterable[NoticeText]) -> Keys:
        """Add the summary of a notice of which no text is held; (notice,) → id of those added."""
        held = set(session.exec(select(NoticeText.notice_id)))
        rows = [row for row in shipped if row.notice_id not in held]
        session.add_all(rows)
        session.flush()
        self.added["text"] += [row.cited for row in rows]
        return {(row.notice_id,): row.id for row in rows}


def _paired(rule: PartRule, shipped: Sequence[Any], held: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each entry that ships with the one of the store that it is, or None."""
    worded = {_worded(rule, row): row for row in held}
    found = {id(row): worded.get(_worded(rule, row)) for row in shipped}
    taken = {id(row) for row in found.values()}
    placed = {_place(rule, row): row for row in held if id(row) not in taken}
    for row in shipped:
        yield row, found[id(row)] or placed.get(_place(rule, row))


def _worded(rule: PartRule, row: Any) -> tuple[int, str]:
    return getattr(row, rule.within), getattr(row, "key", "") or _name(row)


def _place(rule: PartRule, row: Any) -> tuple[int, Any]:
    return getattr(row, rule.within), getattr(row, "key", None) or row.number


def _name(row: Any) -> str:
    """What an entry is called: a fact by what it is about."""
    return str(getattr(row, "title", "") or getattr(row, "name", "") or getattr(row, "code", "") or row.key)


def _free(session: Session, rule: PartRule, row: Any) -> int:
    """The number as it ships, or the one after the last where that is taken."""
    beside = getattr(rule.table, rule.within) == getattr(row, rule.within)
    numbers = set(session.exec(select(rule.table.number).where(beside)))
    return max(numbers) + 1 if row.number in numbers else int(row.number)


def _is_checked(part: CataloguePart, row: Any) -> bool:
    return TitleSource.CONFIRMED in {getattr(row, mark) for mark in PARTS[part].marks.values()}
