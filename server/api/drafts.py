"""What a program sends, turned into what the actions take."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from db.plans.file_actions import PlanEntry
from db.updates.drafts import UpdateLine
from server.api.calls import Id
from tracking.countries import MOST_COUNTRIES
from tracking.requests import Asked
from tracking.scales import value_of
from tracking.validation import MilestoneDraft, TargetDraft, TaskDraft, TermDraft, UpdateDraft
from tracking.vocabulary import Body, RequestKind

Country = Annotated[str, Field(max_length=60)]
LINES_AT_MOST = 1000
Permille = Annotated[int, Field(ge=0, le=1000)]
Text = Annotated[str, Field(max_length=4000)]
CountryCode = Annotated[str, Field(pattern="^[A-Z]{2}$", description="A code of ISO 3166-1.")]


class Sent(BaseModel):
    """Any request body: an unknown field is refused rather than silently ignored."""

    model_config = ConfigDict(extra="forbid")


class ActualIn(Sent):
    """What an indicator has reached since the beginning of the year: of a rate its two parts, of any other its value."""

    indicator_id: Id
    value: Decimal = Field(default=Decimal(), description="Of a yes or no 1 or 0; of a rate left out.")
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def reached(self) -> Decimal:
        """The value as the actions take it."""
        return value_of(self.value, self.numerator, self.denominator)


class UpdateIn(Sent):
    """What was done on a task. `completion_permille` counts only if neither targets nor milestones determine it."""

    actuals: list[ActualIn] = Field(default=[], max_length=50)
    milestones_reached: list[Annotated[int, Field(ge=1, le=1000)]] = Field(default=[], max_length=50)
    completion_permille: Permille | None = None
    progress: Text = ""
    difficulties: Text = ""
    next_steps: Text = ""
    explanation: Text = ""
    no_change: bool = Field(
        default=False, description="Judged anew: true of whatever says nothing but what the last report says."
    )
    completion_requested: bool = False
    confirmed: list[Annotated[str, Field(max_length=400)]] = Field(
        default=[], max_length=50, description="What is let stand: the `confirm` of faults answered before."
    )
    hand_over: bool = Field(
        default=False, description="Also hand it to the signatory: then it must be complete."
    )

    @property
    def draft(self) -> UpdateDraft:
        """The draft as the actions take it."""
        said = self.model_dump(include=_TEXTS)
        return UpdateDraft(
            actuals={actual.indicator_id: actual.reached for actual in self.actuals},
            milestones_reached=frozenset(self.milestones_reached),
            typed_permille=self.completion_permille,
            confirmed=frozenset(self.confirmed),
            **said,
        )


_TEXTS = {"progress", "difficulties", "next_steps", "explanation", "no_change", "completion_requested"}


class LineIn(UpdateIn):
    """One line of many: `row_version` is that of the draft it changes, 0 to begin one."""

    task_id: Id
    period_id: Id
    row_version: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0

    @property
    def line(self) -> UpdateLine:
        """The line as the action takes it."""
        return UpdateLine(self.task_id, self.period_id, self.row_version, self.draft, self.hand_over)


class LinesIn(Sent):
    """A whole ledger at once: all lines are saved, or none."""

    updates: list[LineIn] = Field(min_length=1, max_length=LINES_AT_MOST)


class UpdateIds(Sent):
    """The updates to act on, all of them or none."""

    update_ids: list[Id] = Field(min_length=1, max_length=LINES_AT_MOST)


class RequestIn(Sent):
    """A request for a task; only an extension names a day and the task's progress."""

    kind: RequestKind
    reason: Text
    requested_due_on: date | None = None
    progress: Text = ""

    @property
    def asked(self) -> Asked:
        """The request as the action takes it."""
        return Asked(self.kind, self.reason, self.requested_due_on, self.progress)


class GrantIn(Sent):
    """A ruling that grants a request; for an extension it fixes the day, at most the requested one."""

    granted_due_on: date | None = None
    ruling: Text = ""


class ReasonIn(Sent):
    """Why something is sent back, returned or reopened."""

    reason: Annotated[str, Field(max_length=500)]


class ContentIn(Sent):
    """The fields of an entry by their keys, as texts; countries may be a list, files are a list of their keys."""

    content: dict[Annotated[str, Field(max_length=40)], Text | list[Id] | list[Country]] = Field(
        max_length=60
    )


class EntryIn(ContentIn):
    """An entry, and who keeps it: an authority, or a body of the working group."""

    authority_id: Id | None = None
    body: Body | None = None


class FilingIn(Sent):
    """How a plan is filed: `grant_reductions` lets the lights count against the goals that it makes smaller."""

    grant_reductions: bool = False


class PlanIn(Sent):
    """The plan to begin; by default for one's own authority."""

    notice_id: Id = 1
    authority_id: Id | None = None
    year: Annotated[int, Field(ge=2000, le=2100)]


class GoalsIn(Sent):
    """The goals of a plan."""

    goals: Text


class RevisionIn(Sent):
    """Why the next revision is begun; required for a plan in force."""

    reason: Annotated[str, Field(max_length=500)] = ""


class TargetIn(Sent):
    """The cumulative value an indicator should reach by a day."""

    indicator_id: Id
    due_on: date
    value: Decimal


class TermIn(Sent):
    """What a task says of an indicator besides its targets: the value it starts from, or why it does not apply."""

    indicator_id: Id
    baseline: Decimal | None = None
    exempt_because: Text = ""


class MilestoneIn(Sent):
    """A step of a task and its share of the whole."""

    number: Annotated[int, Field(ge=1, le=1000)]
    title: Text
    due_on: date
    share_permille: Permille


class TaskIn(Sent):
    """A task of a plan."""

    measure_id: Id
    title: Text
    starts_on: date
    due_on: date
    weight_tenths: Annotated[int, Field(ge=1, le=1000)] = 10
    measure_action_id: Id | None = None
    goal: Text = ""
    post_id: Id | None = None
    lead_unit: Text = ""
    supporting_units: Text = ""
    supervising_leader: Text = ""
    liaison: Text = ""
    remark: Text = ""
    countries: list[CountryCode] = Field(default=[], max_length=MOST_COUNTRIES)
    tags: list[Id] = Field(default=[], max_length=30, description="Keys of `GET /tags`.")
    targets: list[TargetIn] = Field(default=[], max_length=50)
    milestones: list[MilestoneIn] = Field(default=[], max_length=50)
    terms: list[TermIn] = Field(default=[], max_length=50)

    @property
    def draft(self) -> TaskDraft:
        """The draft as the actions take it."""
        said = self.model_dump(exclude={"targets", "milestones", "terms", "countries", "tags"})
        return TaskDraft(
            **said,
            countries=tuple(self.countries),
            tags=tuple(self.tags),
            targets=_parts(TargetDraft, self.targets),
            milestones=_parts(MilestoneDraft, self.milestones),
            terms=_parts(TermDraft, self.terms),
        )


class PlanEntryIn(Sent):
    """One task of many: a new one, or the task revision it changes, at the `row_version` that was read."""

    task: TaskIn
    task_revision_id: Id | None = None
    row_version: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0

    @property
    def entry(self) -> PlanEntry:
        """The entry as the action takes it."""
        return PlanEntry(self.task.draft, self.task_revision_id, self.row_version)


class PlanEntriesIn(Sent):
    """A whole plan at once: all entries are stored and all of `removed` taken out, or nothing is done."""

    entries: list[PlanEntryIn] = Field(default=[], max_length=LINES_AT_MOST)
    removed: list[Id] = Field(default=[], max_length=LINES_AT_MOST, description="Task revisions.")


def _parts(make: Callable[..., Any], sent: list[Any]) -> tuple[Any, ...]:
    return tuple(make(**part.model_dump()) for part in sent)
