"""Bringing many tasks into a draft plan at once, as a file or a program says them: all of them or none."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.officers.actions import add_named_post
from db.plans.actions import load_revision
from db.plans.drafts import plan_facts
from db.plans.files import PlanFile, known_for, standing_of
from db.plans.queries import plan_sheet
from db.plans.task_actions import change_in, editable, put_in, take_out
from db.refusals import all_of, problems_of
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import PlanFileLayout, TaskRevision, WorkPlan
from tracking import permissions
from tracking.documents.plan_layout import PlanLayout, packed_plan_layout
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.plans.comparison import Comparison, PlanChange, PlanLine
from tracking.plans.form import PlanForm
from tracking.plans.known import KnownPost
from tracking.validation import PlanFacts, Problem, TaskDraft


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """What one task is to say: a new one, or that of a task revision as it was read at a version."""

    draft: TaskDraft
    task_revision_id: int | None = None
    row_version: int = 0


def entry_of(line: PlanLine) -> PlanEntry:
    """What a line of a file lets its task say."""
    if line.standing is None:
        return PlanEntry(line.draft)
    return PlanEntry(line.draft, line.standing.task_revision_id, line.standing.row_version)


def export_plan_form(store: Store, *, by: SignedIn, revision_id: int) -> PlanForm:
    """A revision as a form to fill in, audited. Raises `NotFound`."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.WRITE_PLAN, plan.authority_id)
        tx.audit("export_plan_form", revision, plan.authority_id)
        today = tx.today
    sheet = plan_sheet(store, scope_of(store, by), revision_id=revision_id)
    return PlanForm(
        sheet.plan.id, sheet.authority_name, standing_of(sheet), known_for(store, by, sheet, today)
    )


def bring_in_file(store: Store, *, by: SignedIn, revision_id: int, given: PlanFile, found: Comparison) -> int:
    """Store what a file says beside its draft, with nobody to ask; returns how many tasks were written.

    Raises `Refusal` for a layout that nobody has confirmed, and while a task lacks an answer.
    """
    if not given.confirmed:
        raise Refusal(Message("plan_file.not_confirmed"))
    if waiting := sum(not line.ready for line in found.lines):
        raise Refusal(Message("plan_file.unanswered", count=waiting))
    entries = [entry_of(line) for line in found.lines if line.change is not PlanChange.UNCHANGED]
    return len(bring_in_tasks(store, by=by, revision_id=revision_id, entries=entries, source=given.name))


def bring_in_tasks(
    store: Store,
    *,
    by: SignedIn,
    revision_id: int,
    entries: Sequence[PlanEntry],
    removed: Collection[int] = (),
    layouts: Sequence[PlanLayout] = (),
    posts: Sequence[KnownPost] = (),
    source: str = "",
) -> list[int]:
    """Add, change and remove tasks of a draft plan in one transaction; returns their task revisions in order.

    `removed` are task revisions; `layouts` of the file, named `source`, are remembered for one's authority; of the
    proposed `posts` those are made that an entry names. Raises `Refusal` with every fault, each naming its task and at the field `entries.<place>.<field>`, and `Conflict` where all
    of them are that somebody saved meanwhile.
    """
    with store.write(by) as tx:
        revision, plan = editable(tx, by, revision_id)
        if not entries and not removed:
            raise Refusal(Message("plan_file.nothing"))
        for key in removed:
            take_out(tx, plan, _of_revision(tx, key, revision_id))
        facts = plan_facts(tx.session, plan.notice_id, plan.year)
        wanted = {entry.draft.post_id for entry in entries}
        made = {
            one.post_id: add_named_post(tx, by, plan.authority_id, title=one.title, holder=one.holder)
            for one in posts
            if one.post_id in wanted
        }
        placed = enumerate(_with_posts(entries, made))
        written = all_of(placed, lambda one: _write(tx, plan, revision_id, one[1], facts), _named)
        if layouts:
            _remember(tx, by, layouts)
        tx.audit(
            "bring_in_tasks",
            revision,
            plan.authority_id,
            source=source,
            added=sum(entry.task_revision_id is None for entry in entries),
            changed=sum(entry.task_revision_id is not None for entry in entries),
            removed=len(removed),
        )
        return written


def _with_posts(entries: Sequence[PlanEntry], made: Mapping[int, int]) -> list[PlanEntry]:
    """The entries with the posts that were made for them."""
    drafts = (one.draft for one in entries)
    placed = (replace(one, post_id=made.get(one.post_id or 0, one.post_id)) for one in drafts)
    return [replace(one, draft=draft) for one, draft in zip(entries, placed, strict=True)]


def _write(tx: Transaction, plan: WorkPlan, revision_id: int, entry: PlanEntry, facts: PlanFacts) -> int:
    if entry.task_revision_id is None:
        return put_in(tx, plan, revision_id, entry.draft, facts).id
    said = _of_revision(tx, entry.task_revision_id, revision_id)
    change_in(tx, plan, said, entry.draft, row_version=entry.row_version, facts=facts)
    return said.id


def _of_revision(tx: Transaction, key: int, revision_id: int) -> TaskRevision:
    """A task of this very revision. Raises `NotFound`."""
    said = tx.load(TaskRevision, key)
    if said.plan_revision_id != revision_id:
        raise NotFound(Message("store.not_found"))
    return said


def _named(placed: tuple[int, PlanEntry], refused: Refusal) -> list[Problem]:
    """The problems of an entry in its task's name, each at the field `entries.<place>.<its field>`."""
    place, entry = placed
    return [
        Problem(
            f"entries.{place}.{problem.field}".rstrip("."),
            Message("plan_file.of_task", title=entry.draft.title, problem=problem.message),
        )
        for problem in problems_of(refused)
    ]


def _remember(tx: Transaction, by: SignedIn, layouts: Sequence[PlanLayout]) -> None:
    """Keep the layouts for one's authority; a change is audited."""
    said = [packed_plan_layout(layout) for layout in layouts]
    mine = select(PlanFileLayout).where(PlanFileLayout.authority_id == by.authority_id)
    kept: PlanFileLayout | None = tx.session.execute(mine).scalar_one_or_none()
    if kept is None:
        kept = tx.add(PlanFileLayout(authority_id=by.authority_id or 0, layouts=[], saved_at=tx.now))
    if kept.layouts == said:
        return
    kept.layouts, kept.saved_by_id, kept.saved_at = said, by.officer_id, tx.now
    tx.audit("remember_plan_layout", kept, by.authority_id, sheets=[layout.sheet for layout in layouts])
