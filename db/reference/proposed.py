"""Taking what a notice's text proposes into its catalogue, all of it in one transaction.

What stands there already under the same title is not added again, so that a newer version of the text adds what is new.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col

from db.identity import SignedIn
from db.reference.actions import add_part
from db.reference.addressed import is_planned
from db.reference.notices import check_may
from db.reference.parts import PARTS
from db.row_changes import change
from db.sql import select
from db.store import Store, Transaction
from db.tables import NoticeText, Passage
from tracking.articles import Article, names
from tracking.proposals import Proposal, ProposalKind, line_problems, places_of, proposals_of, taken
from tracking.validation import refuse_all
from tracking.vocabulary import CataloguePart, TitleSource

_PART_OF = {
    ProposalKind.AREA: CataloguePart.AREA,
    ProposalKind.MEASURE: CataloguePart.MEASURE,
    ProposalKind.ACTION: CataloguePart.ACTION,
    ProposalKind.SAFEGUARD: CataloguePart.SAFEGUARD,
}


def article_of(passage: Any) -> Article:
    """A passage, as a row of its table or frame, as the article it is."""
    return Article(passage.level, passage.heading, passage.body)


@dataclass(frozen=True)
class _Taking:
    """A text whose lines are being taken: its passages, what it proposes itself, and the key of each line so far."""

    tx: Transaction
    text: NoticeText
    passages: Sequence[Passage]
    offered: Collection[Proposal]
    begun: date | None
    keys: dict[int, int] = field(default_factory=dict)

    def take(self, line: Proposal) -> bool:
        """Find or add the entry of a line, whose key is then known; tells whether it was added."""
        part = _PART_OF[line.kind]
        within_id = self.keys[line.under] if line.kind is ProposalKind.ACTION else self.text.notice_id
        found = _known(self.tx, part, within_id, line.title)
        key = add_part(self.tx, part, within_id, self.begun, self._values(line)) if found is None else found
        self.keys[line.number] = key
        return found is None

    def _values(self, line: Proposal) -> dict[str, Any]:
        values = {"title": line.title, "cited": self.text.cited, **self._marks(line)}
        if line.kind is ProposalKind.MEASURE:
            values |= {"short_title": line.short_title, "key_area_id": self.keys[line.under]}
        return values

    def _marks(self, line: Proposal) -> dict[str, Any]:
        """A title found in the text word for word, and a place that is the text's own, have its mark."""
        named = PARTS[_PART_OF[line.kind]].marks
        given = {"title": self._title_mark(line)}
        marks = {column: given.get(name, self._place_mark(line)) for name, column in named.items()}
        checked = TitleSource.CONFIRMED in marks.values()
        return {**marks, "checked_on": self.text.checked_on if checked else None}

    def _title_mark(self, line: Proposal) -> TitleSource:
        if line.place is None:
            return TitleSource.PROJECT
        told = names(article_of(self.passages[line.place]), line.title)
        return self.text.source if told else TitleSource.PARAPHRASE

    def _place_mark(self, line: Proposal) -> TitleSource:
        told = any(
            (one.place, one.kind, one.under) == (line.place, line.kind, line.under) for one in self.offered
        )
        return self.text.source if told else TitleSource.PROJECT

    def link(self, lines: Sequence[Proposal]) -> None:
        """Let every article of a measure, and of what was merged into it, lead to it, unless a hand led it elsewhere."""
        for line in lines:
            if line.kind is ProposalKind.MEASURE:
                for place in places_of(lines, line.number):
                    if self.passages[place].measure_id is None:
                        change(self.passages[place], measure_id=self.keys[line.number])
        self.tx.session.flush()


def take_proposals(store: Store, *, by: SignedIn | None, text_id: int, lines: Sequence[Proposal]) -> int:
    """Add what the lines of a text say to its notice's catalogue, and link the articles; returns how many were added.

    Raises `Refusal` with every fault, each at the field `<name>_<number>` of its line.
    """
    with store.write(by) as tx:
        check_may(by)
        text = tx.load(NoticeText, text_id)
        rows = select(Passage).where(Passage.text_id == text_id).order_by(col(Passage.number))
        passages = tx.session.scalars(rows).all()
        refuse_all(line_problems(lines))
        begun = tx.today if is_planned(tx.session, text.notice_id) else None
        taking = _Taking(tx, text, passages, proposals_of([article_of(one) for one in passages]), begun)
        added = sum([taking.take(one) for one in taken(lines)])
        taking.link(lines)
        text.taken_at = tx.now
        tx.audit("take_proposals", text, added=added, kept=len(taking.keys) - added)
        return added


def _known(tx: Transaction, part: CataloguePart, within_id: int, title: str) -> int | None:
    rule = PARTS[part]
    beside = getattr(rule.table, rule.within) == within_id
    found: int | None = tx.session.scalar(select(rule.table.id).where(beside, rule.table.title == title))
    return found
