"""What the text of a notice proposes for its catalogue: every line, one of them to correct, and one button for them all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.reference.passages import notice_texts_frame
from db.reference.proposed import article_of, take_proposals
from db.reference.rows import PassageRow, TextRow
from db.typed_rows import rows_as
from pages.parts.reference.catalogue import frame_of
from pages.parts.reference.text import articles, enter_forms
from pages.shared.components import empty
from pages.shared.faults import error_summary
from pages.shared.filters import asked_number
from pages.shared.forms import Form
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import table
from pages.shared.wording import message_text, plain, translate
from tracking.messages import Refusal
from tracking.proposals import (
    ABOVE,
    SHORT,
    TAKEN,
    Proposal,
    ProposalKind,
    known_alone,
    line_problems,
    longest,
    proposals_of,
)
from tracking.vocabulary import CataloguePart

_FIELDS = ("kind", "title", "short_title", "under")
Known = Mapping[ProposalKind, frozenset[str]]


def proposals_view(reads: Reads, by: SignedIn, notice_id: int) -> None:
    """The newest original of a notice, line by line; without one, the forms to enter it."""
    texts = rows_as(TextRow, reads.common(notice_texts_frame, notice_id=notice_id))
    text = next((one for one in texts if not one.is_summary), None)
    if text is None:
        empty(translate("proposals.no_text"))
    else:
        _lines_of(reads, by, notice_id, text)
    with st.expander(translate("text_page.enter"), expanded=text is None):
        enter_forms(by, notice_id)


def _lines_of(reads: Reads, by: SignedIn, notice_id: int, text: TextRow) -> None:
    passages = articles(reads, text)
    known = _known(reads, notice_id)
    try:
        offered = proposals_of([article_of(one) for one in passages])
    except Refusal as refused:
        error_summary(refused)
        return
    offered = known_alone(offered, known) if text.taken_at else offered
    form = Form.under_way(f"proposals_{text.text_id}", row_version=0)
    error_summary(form.refused, form.labels)
    lines = [_typed(form, one) for one in offered]
    new = _new(lines, known)
    st.markdown(_sentence(lines, new))
    _show_lines(lines, known, notice_id)
    for offer, line in zip(offered, lines, strict=True):
        if line.number == asked_number("line"):
            _line_form(form, offer, line, lines, passages)
    form.save(
        translate("proposals.take"),
        take_proposals,
        done=translate("proposals.taken"),
        primary=True,
        consequence=_consequence(new),
        disabled=not new,
        by=by,
        text_id=text.text_id,
        lines=lines,
    )


def _known(reads: Reads, notice_id: int) -> Known:
    """The titles that the catalogue has, by what they are."""
    found: dict[ProposalKind, frozenset[str]] = defaultdict(frozenset)
    for kind in TAKEN:
        found[kind] = frozenset(frame_of(reads, notice_id, CataloguePart(kind))["title"])
    return found


def _typed(form: Form, offer: Proposal) -> Proposal:
    """A line as it was corrected so far."""
    typed: dict[str, Any] = {
        name: form.typed(f"{name}_{offer.number}", getattr(offer, name)) for name in _FIELDS
    }
    typed |= {"kind": ProposalKind(typed["kind"]), "under": int(typed["under"] or 0)}
    return Proposal(number=offer.number, place=offer.place, **typed)


def _new(lines: Sequence[Proposal], known: Known) -> list[Proposal]:
    """The lines that would add something."""
    return [one for one in lines if one.kind in TAKEN and one.title.strip() not in known[one.kind]]


def _counts(lines: Sequence[Proposal]) -> str:
    counted = {kind: sum(one.kind is kind for one in lines) for kind in TAKEN}
    said = [translate(f"proposals.count_{kind}", count=count) for kind, count in counted.items() if count]
    return translate("access.list").join(said)


def _sentence(lines: Sequence[Proposal], new: Sequence[Proposal]) -> str:
    if not new:
        return translate("proposals.sentence_done")
    left = sum(one.kind is ProposalKind.LEFT_OUT for one in lines)
    return translate("proposals.sentence", lines=len(lines), counts=_counts(lines), left=left)


def _consequence(new: Sequence[Proposal]) -> str:
    return translate("proposals.consequence", counts=_counts(new))


def _show_lines(lines: Sequence[Proposal], known: Known, notice_id: int) -> None:
    """Every line with what it would become and what is wrong with it; a click opens one."""
    st.caption(translate("proposals.click"))
    wrong: dict[str, list[str]] = defaultdict(list)
    for problem in line_problems(lines):
        wrong[problem.field.rpartition("_")[2]].append(message_text(problem.message))
    frame = pd.DataFrame(
        {
            "numbered": [one.number for one in lines],
            "proposal_kind": [translate(f"proposal_kind.{one.kind}") for one in lines],
            "title": [one.title for one in lines],
            "short_title": [one.short_title if one.kind is ProposalKind.MEASURE else "" for one in lines],
            "stands_under": [_under_words(one, lines) for one in lines],
            "in_catalogue": [_state(one, known) for one in lines],
            "problem": [" ".join(wrong[str(one.number)]) for one in lines],
        }
    )
    opened = asked_number("line")
    key = f"proposals_{notice_id}_{opened}"
    place = table(frame, *frame.columns, key=key, height=None if len(frame) < 12 else 260 if opened else 440)
    if place is not None:
        open_page("reference_data", notice=notice_id, show="proposals", line=lines[place].number)


def _under_words(one: Proposal, lines: Sequence[Proposal]) -> str:
    over = next((line for line in lines if line.number == one.under), None)
    stands = one.kind in ABOVE or one.kind is ProposalKind.MERGED
    return f"{over.number} {over.title}" if over and stands else ""


def _state(one: Proposal, known: Known) -> str:
    if one.kind not in TAKEN:
        return ""
    return translate("proposals.known" if one.title.strip() in known[one.kind] else "proposals.new")


def _line_form(
    form: Form,
    offer: Proposal,
    line: Proposal,
    lines: Sequence[Proposal],
    passages: Sequence[PassageRow],
) -> None:
    """One line: what it is, its words, and under which line it stands or into which it goes."""
    number = line.number
    with st.container(border=True):
        st.markdown(translate("proposals.line", number=number))
        if offer.place is not None:
            said = passages[offer.place]
            st.caption(plain(f"{said.heading} {said.body}"[:200]))
        kinds = {kind: translate(f"proposal_kind.{kind}") for kind in ProposalKind}
        form.choice(f"kind_{number}", translate("proposals.kind"), kinds, offer.kind)
        if line.kind in TAKEN:
            label = translate("reference_page.title")
            form.text(f"title_{number}", label, offer.title, max_chars=longest(line.kind))
        if line.kind is ProposalKind.MEASURE:
            label = translate("reference_page.short_title")
            form.text(f"short_title_{number}", label, offer.short_title, max_chars=SHORT)
        if options := _above(line, lines):
            label = translate(f"proposals.under_{line.kind}")
            form.choice(f"under_{number}", label, options, offer.under)


def _above(line: Proposal, lines: Sequence[Proposal]) -> dict[int, str]:
    """The lines that this one may stand under or go into, none chosen first; empty where it stands under none."""
    wanted = TAKEN if line.kind is ProposalKind.MERGED else (ABOVE.get(line.kind),)
    if wanted == (None,):
        return {}
    found = {
        one.number: f"{one.number} {one.title}" for one in lines if one.kind in wanted and one is not line
    }
    return {0: translate("proposals.none_chosen"), **found}
