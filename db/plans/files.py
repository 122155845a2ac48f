"""Reads what a plan in a workbook is read against, and the workbook itself in the limited process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from sqlmodel import col

from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.officers.queries import task_posts
from db.officers.rows import PostRow
from db.plans.queries import PlanSheet, plan_sheet
from db.plans.supporters import names_of_authorities
from db.reference.queries import actions_frame, indicators_frame, measures_frame, tags_frame
from db.reference.rows import ActionRow, IndicatorRow, MeasureRow, TagRow
from db.sql import select
from db.store import NotFound, Store
from db.tables import Indicator, PlanFileLayout, PlanRevision, WorkPlan
from db.turns import in_turn, waiting
from db.typed_rows import rows_as
from tracking import permissions
from tracking.documents.grids import Sheet
from tracking.documents.limited import read_sheets
from tracking.documents.plan_form import form_rows, is_plan_form
from tracking.documents.plan_layout import PlanLayout, plan_layout_again, plan_layouts
from tracking.documents.plan_rows import PlanRow, plan_rows
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.plans.comparison import Comparison, Standing, compare
from tracking.plans.known import (
    Doubt,
    Known,
    KnownAction,
    KnownIndicator,
    KnownMeasure,
    KnownPost,
    Spot,
    Weight,
)
from tracking.plans.new_posts import proposed_posts
from tracking.plans.proposals import Answers, read_proposals
from tracking.steps import OnStep, untold
from tracking.vocabulary import CataloguePart, PlanStatus
from tracking.workflow import WORK_PLAN, allows

# A plan of a province has some two hundred tasks; a file of many more rows is something else.
MOST_ROWS = 5_000


@dataclass(frozen=True)
class PlanFile:
    """A workbook as plain values; `layouts` are empty for our own form, `confirmed` if all were confirmed before."""

    name: str
    sheets: Sequence[Sheet] = field(repr=False)
    digest: str
    layouts: Sequence[PlanLayout]
    ours: bool
    confirmed: bool


def read_plan_file(
    store: Store, *, by: SignedIn, name: str, content: bytes, on_step: OnStep = untold
) -> PlanFile:
    """A workbook with a plan: our form, or one of an office's own with the layouts of its sheets.

    Nothing is stored. Raises `Refusal` for a file that must not be opened, holds no plan or too many rows, and
    `TooMany` while too many files are waiting.
    """
    permissions.check(by, Right.WRITE_PLAN)
    with in_turn(by.officer_id, waiting(on_step)):
        sheets = read_sheets(content)
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise Refusal(Message("plan_file.too_many_rows", most=f"{MOST_ROWS:,}"))
    digest = sha256(content).hexdigest()
    if is_plan_form(sheets):
        return PlanFile(name, sheets, digest, (), ours=True, confirmed=True)
    known = remembered_plan_layouts(store, by)
    layouts = plan_layouts(sheets, known, _indicators(store))
    if not layouts:
        raise Refusal(Message("plan_file.no_plan"))
    signatures = {layout.signature for layout in known}
    confirmed = all(layout.signature in signatures for layout in layouts)
    return PlanFile(name, sheets, digest, layouts, ours=False, confirmed=confirmed)


def draft_of(store: Store, by: SignedIn, *, year: int | None = None) -> PlanSheet:
    """The draft of one's own authority, of a year or the latest one. Raises `NotFound` where nothing may be edited."""
    editable = [status for status in PlanStatus if allows(WORK_PLAN, status, "edit")]
    rows = (
        select(PlanRevision.id)
        .join(WorkPlan, WorkPlan.id == PlanRevision.plan_id)
        .where(WorkPlan.authority_id == by.authority_id, col(PlanRevision.status).in_(editable))
        .order_by(col(WorkPlan.year).desc(), col(PlanRevision.number).desc())
    )
    with store.read() as session:
        found = session.execute(rows if year is None else rows.where(WorkPlan.year == year)).scalars().first()
    if found is None:
        raise NotFound(Message("plan_file.no_draft"))
    return plan_sheet(store, scope_of(store, by), revision_id=found)


def remembered_plan_layouts(store: Store, by: SignedIn) -> list[PlanLayout]:
    """The layouts of plans that one's own authority confirmed last, none before the first."""
    rows = select(PlanFileLayout.layouts).where(PlanFileLayout.authority_id == by.authority_id)
    with store.read() as session:
        kept = session.execute(rows).scalar_one_or_none()
    return [plan_layout_again(one) for one in kept or []]


def _indicators(store: Store) -> dict[str, str]:
    """The indicators of every notice, name → unit."""
    with store.read() as session:
        return {row.name: row.unit for row in session.execute(select(Indicator.name, Indicator.unit))}


def known_for(store: Store, by: SignedIn, sheet: PlanSheet, on: date) -> Known:
    """What the tasks of a plan are read against: the catalogue of its notice, and the posts as of a day."""
    notice_id = sheet.plan.notice_id
    measures = rows_as(MeasureRow, measures_frame(store, notice_id=notice_id))
    indicators = rows_as(IndicatorRow, indicators_frame(store, notice_id=notice_id))
    actions = rows_as(ActionRow, actions_frame(store, notice_id=notice_id))
    retired = sheet.facts.retired.get(CataloguePart.ACTION, frozenset())
    posts = rows_as(PostRow, task_posts(store, authority_id=sheet.plan.authority_id, on=on))
    return Known(
        [KnownMeasure(one.measure_id, one.number, one.title, one.short_title) for one in measures],
        [
            KnownIndicator(one.indicator_id, one.measure_id, one.name, one.unit, one.kind)
            for one in indicators
        ],
        [KnownPost(one.post_id, one.post_title, one.officer_name or "") for one in posts],
        sheet.facts,
        permissions.may_act(by, Right.REGISTER_APPOINTMENTS, sheet.plan.authority_id),
        actions=[
            KnownAction(
                one.action_id,
                one.measure_id,
                one.measure_number,
                one.number,
                one.title,
                one.action_id not in retired,
            )
            for one in actions
        ],
        authorities=names_of_authorities(store, on=on, but=sheet.plan.authority_id),
        tags={one.tag_id: one.title for one in rows_as(TagRow, tags_frame(store, notice_id=notice_id))},
    )


def standing_of(sheet: PlanSheet) -> list[Standing]:
    """The tasks of a draft plan as a file is compared with them."""
    return [
        Standing(
            task.task_id,
            task.task_revision_id,
            task.number,
            task.row_version,
            task.draft,
            fixed=task.task_id in sheet.baseline or task.draft.goes_on,
        )
        for task in sheet.tasks
    ]


def compared(
    file: PlanFile, sheet: PlanSheet, known: Known, layouts: Sequence[PlanLayout], answers: Answers
) -> Comparison:
    """What a file says beside the draft plan. Raises `Refusal` for a form of another plan."""
    rows = _rows(file, sheet.plan.id, layouts)
    known = replace(known, proposed=proposed_posts(rows, known))
    found = compare(read_proposals(rows, known, answers), standing_of(sheet), known, answers)
    return replace(found, unread=[*found.unread, *_concealed(file)])


def _concealed(file: PlanFile) -> Iterator[Doubt]:
    """The hidden sheets of an office's own plan, none of which is read."""
    for sheet in file.sheets:
        if sheet.concealed and sheet.rows and not file.ours:
            spot = Spot(f"sheet:{sheet.name}", sheet.name, "")
            yield Doubt(Weight.SAID, "sheet", spot, Message("plan_file.concealed"))


def _rows(file: PlanFile, plan_id: int, layouts: Sequence[PlanLayout]) -> list[PlanRow]:
    if file.ours:
        return form_rows(file.sheets, plan_id)
    by_name = {sheet.name: sheet for sheet in file.sheets}
    return [row for layout in layouts for row in plan_rows(by_name[layout.sheet], layout)]
