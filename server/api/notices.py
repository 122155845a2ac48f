"""The notices over the API: listed, founded, their texts and what those propose, their units, and catalogue entries."""

from fastapi import APIRouter, Depends

from db.reference.actions import add_entry, add_indicator, add_measure
from db.reference.addressing import address
from db.reference.notices import found_notice
from db.reference.passages import passages_frame
from db.reference.proposed import article_of, take_proposals
from db.reference.texts import enter_text
from db.store import NotFound
from server.api.calls import Asking, Call, Id, fresh
from server.api.notice_shapes import (
    ActionIn,
    Added,
    AddressedIn,
    EntryKey,
    IndicatorIn,
    LinesIn,
    MeasureIn,
    NoticeId,
    NoticeIn,
    ProposedLine,
    TextId,
    TextIn,
)
from server.api.once import KEYED, OnceRoute
from tracking.messages import Message
from tracking.proposals import Proposal, proposals_of
from tracking.vocabulary import CataloguePart

ROUTER = APIRouter(tags=["notices"], route_class=OnceRoute)


@ROUTER.post("/notices", status_code=201, dependencies=[KEYED])
def found(call: Asking, sent: NoticeIn) -> NoticeId:
    """Begin to track another notice."""
    return NoticeId(notice_id=found_notice(call.store, by=call.by, **sent.model_dump()))


@ROUTER.post("/notices/{notice_id}/texts", status_code=201, dependencies=[KEYED])
def enter(call: Asking, notice_id: Id, sent: TextIn) -> TextId:
    """Keep the text of a notice as its newest version."""
    return TextId(text_id=enter_text(call.store, by=call.by, notice_id=notice_id, **sent.model_dump()))


@ROUTER.post("/notices/{notice_id}/addressed", status_code=204, dependencies=[KEYED])
def put_addressed(call: Asking, notice_id: Id, sent: AddressedIn) -> None:
    """Let a notice address these kinds of units and these units from a day on, and nobody else."""
    address(call.store, by=call.by, notice_id=notice_id, **sent.model_dump())


@ROUTER.get("/texts/{text_id}/proposals", dependencies=[Depends(fresh)])
def list_proposals(call: Asking, text_id: Id) -> list[ProposedLine]:
    """What a text proposes for the catalogue of its notice, line by line."""
    return [ProposedLine.model_validate(one, from_attributes=True) for one in _proposals(call, text_id)]


@ROUTER.post("/texts/{text_id}/catalogue", dependencies=[KEYED])
def take(call: Asking, text_id: Id, sent: LinesIn) -> Added:
    """Take lines of a text, corrected or not, into the catalogue: all of them or none."""
    places = {one.number: one.place for one in _proposals(call, text_id)}
    lines = [Proposal(**line.model_dump(), place=places.get(line.number)) for line in sent.lines]
    return Added(added=take_proposals(call.store, by=call.by, text_id=text_id, lines=lines))


@ROUTER.post("/measures", status_code=201, dependencies=[KEYED])
def put_measure(call: Asking, sent: MeasureIn) -> EntryKey:
    """Add a measure to a key area."""
    return EntryKey(id=add_measure(call.store, by=call.by, **sent.model_dump()))


@ROUTER.post("/actions", status_code=201, dependencies=[KEYED])
def put_action(call: Asking, sent: ActionIn) -> EntryKey:
    """Add an action to a measure."""
    said = sent.model_dump(exclude={"measure_id"})
    part, within_id = CataloguePart.ACTION, sent.measure_id
    return EntryKey(id=add_entry(call.store, by=call.by, part=part, within_id=within_id, **said))


@ROUTER.post("/indicators", status_code=201, dependencies=[KEYED])
def put_indicator(call: Asking, sent: IndicatorIn) -> EntryKey:
    """Add an indicator to a measure, as the site's proposal."""
    return EntryKey(id=add_indicator(call.store, by=call.by, **sent.model_dump()))


def _proposals(call: Call, text_id: int) -> list[Proposal]:
    """The lines of a text. Raises `NotFound`, `Refusal`."""
    passages = list(passages_frame(call.store, text_id=text_id).itertuples())
    if not passages:
        raise NotFound(Message("store.not_found"))
    return proposals_of([article_of(one) for one in passages])
