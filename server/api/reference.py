"""API reads of reference data: the caller, notices, periods, units, measures, indicators."""

import pandas as pd
from fastapi import APIRouter, Depends, Request

from db.periods.queries import periods_frame
from db.reference.composites import composite_parts_frame, composites_frame
from db.reference.queries import (
    actions_frame,
    indicators_frame,
    measures_frame,
    notices_frame,
    tags_frame,
    units_frame,
)
from server.api.callers import caller_of
from server.api.calls import (
    Asking,
    Cursor,
    Limit,
    OfAnyNotice,
    OfNotice,
    Page,
    fresh,
    notice_asked,
    page_of,
    rows_as,
)
from server.api.composite_shapes import Composite, CompositePart
from server.api.notice_shapes import Notice
from server.api.shapes import Action, Indicator, Me, Measure, Period, Tag, Unit

ROUTER = APIRouter(tags=["reference"], dependencies=[Depends(fresh)])


@ROUTER.get("/me")
def show_me(request: Request) -> Me:
    """Whom the token acts as."""
    caller = caller_of(request)
    by = caller.by
    return Me(
        officer_id=by.officer_id,
        name=by.name,
        authority_id=by.authority_id,
        roles=sorted(by.roles),
        scope=caller.scope,
    )


@ROUTER.get("/notices")
def list_notices(call: Asking, limit: Limit = 100, cursor: Cursor = None) -> Page[Notice]:
    """The notices whose implementation is tracked, newest first."""
    return page_of(Notice, notices_frame(call.store), "notice_id", limit, cursor)


@ROUTER.get("/periods")
def list_periods(
    call: Asking, limit: Limit = 100, cursor: Cursor = None, notice_id: OfNotice = None
) -> Page[Period]:
    """The reporting periods of a notice, newest first."""
    notice_id = notice_id or next(iter(notices_frame(call.store)["notice_id"].tolist()), 0)
    frame = periods_frame(call.store, notice_id=notice_id).assign(notice_id=notice_id)
    return page_of(Period, frame, "period_id", limit, cursor)


@ROUTER.get("/units")
def list_units(
    call: Asking, limit: Limit = 100, cursor: Cursor = None, notice_id: OfAnyNotice = None
) -> Page[Unit]:
    """The reporting units in the official order; those that a notice addresses, if one is named."""
    frame = units_frame(call.store, notice_id=notice_id)
    return page_of(Unit, frame[frame["reports"].to_numpy(bool)], "unit_id", limit, cursor)


@ROUTER.get("/measures")
def list_measures(
    call: Asking, limit: Limit = 100, cursor: Cursor = None, notice_id: OfNotice = None
) -> Page[Measure]:
    """The measures of a notice, in their order."""
    return page_of(Measure, _of_notice(call, measures_frame, notice_id), "measure_id", limit, cursor)


@ROUTER.get("/actions")
def list_actions(
    call: Asking, limit: Limit = 100, cursor: Cursor = None, notice_id: OfNotice = None
) -> Page[Action]:
    """The concrete actions under the measures of a notice, with the source of their titles."""
    return page_of(Action, _of_notice(call, actions_frame, notice_id), "action_id", limit, cursor)


@ROUTER.get("/indicators")
def list_indicators(
    call: Asking, limit: Limit = 100, cursor: Cursor = None, notice_id: OfNotice = None
) -> Page[Indicator]:
    """The figures reported under the measures of a notice."""
    return page_of(Indicator, _of_notice(call, indicators_frame, notice_id), "indicator_id", limit, cursor)


@ROUTER.get("/tags")
def list_tags(
    call: Asking, limit: Limit = 100, cursor: Cursor = None, notice_id: OfNotice = None
) -> Page[Tag]:
    """The fields and directions of cooperation that tasks are tagged with, in their order."""
    return page_of(Tag, _of_notice(call, tags_frame, notice_id), "tag_id", limit, cursor)


@ROUTER.get("/composites")
def list_composites(
    call: Asking, limit: Limit = 100, cursor: Cursor = None, notice_id: OfNotice = None
) -> Page[Composite]:
    """The figures that are reckoned from the indicators of a notice, with what each is reckoned from."""
    frame, parts = (
        _of_notice(call, composites_frame, notice_id),
        _of_notice(call, composite_parts_frame, notice_id),
    )
    of_each = {
        key: [one.model_dump() for one in rows_as(CompositePart, own)]
        for key, own in parts.groupby("composite_id")
    }
    told = [of_each.get(key, []) for key in frame["composite_id"]]
    return page_of(
        Composite, frame.assign(parts=pd.Series(told, frame.index, object)), "composite_id", limit, cursor
    )


def _of_notice(call: Asking, query: object, notice_id: int | None) -> pd.DataFrame:
    frame: pd.DataFrame = query(call.store, notice_id=notice_asked(call, notice_id))  # type: ignore[operator]  # either of two reads
    return frame
