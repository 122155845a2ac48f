"""What a task says in the cells of our own form of a plan, so that nothing has to be guessed when it comes back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracking.countries import country_names
from tracking.documents.grids import Value
from tracking.documents.plan_rows import written
from tracking.documents.plan_words import PlanField
from tracking.ledgers.rows import fingerprint
from tracking.plans.comparison import Standing
from tracking.plans.known import Known, KnownMeasure
from tracking.plans.steps import steps_in_words
from tracking.plans.targets import goals_in_words
from tracking.validation import TaskDraft
from tracking.vocabulary import Language

# The columns that may be written into, in order.
OPEN = (
    PlanField.MEASURE,
    PlanField.ACTION,
    PlanField.TITLE,
    PlanField.GOAL,
    PlanField.STARTS_ON,
    PlanField.DUE_ON,
    PlanField.WEIGHT,
    PlanField.TARGETS,
    PlanField.STEPS,
    PlanField.POST,
    PlanField.LEAD,
    PlanField.SUPPORT,
    PlanField.LEADER,
    PlanField.LIAISON,
    PlanField.REMARK,
    PlanField.COUNTRIES,
    PlanField.TAGS,
)
_AS_THEY_ARE = OPEN[2:6] + OPEN[10:15]


@dataclass(frozen=True, slots=True)
class PlanForm:
    """What the form of a plan is made of: whose plan, its tasks, and what it is read against."""

    plan_id: int
    authority: str
    tasks: Sequence[Standing]
    known: Known


def form_cells(draft: TaskDraft, known: Known) -> dict[PlanField, Value]:
    """Column → its value for a task."""
    measure = next((one for one in known.measures if one.measure_id == draft.measure_id), None)
    action = next((one for one in known.actions if one.action_id == draft.measure_action_id), None)
    post = next((one for one in known.posts if one.post_id == draft.post_id), None)
    return {
        **{name: getattr(draft, name) for name in _AS_THEY_ARE},
        PlanField.MEASURE: measure_words(measure) if measure else "",
        PlanField.ACTION: action.words if action else "",
        PlanField.WEIGHT: draft.weight_tenths / 10,
        PlanField.TARGETS: goals_in_words(draft.targets, known.indicators, draft.terms),
        PlanField.STEPS: steps_in_words(draft.milestones),
        PlanField.POST: post.words if post else "",
        PlanField.COUNTRIES: country_names(draft.countries, Language.ZH_CN),
        PlanField.TAGS: tag_words(draft.tags, known.tags),
    }


def measure_words(measure: KnownMeasure) -> str:
    """A measure as the list of the form names it."""
    return f"{measure.number} {measure.short_title}"


def tag_words(tags: Iterable[int], known: Mapping[int, str]) -> str:
    """Tags as the form names them."""
    return "、".join(known[tag] for tag in tags if tag in known)


def form_fingerprint(cells: Mapping[PlanField, Value]) -> str:
    """A fingerprint of what a row says, the same before and after a spreadsheet, and in forms with fewer columns."""
    return fingerprint({str(name): written(cells[name] or "") for name in OPEN if name in cells})
