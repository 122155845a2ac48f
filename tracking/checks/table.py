"""The table of checks, and what stands in a report's way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tracking.checks import faults, figures, texts
from tracking.cleaning import amount_problem, says_something
from tracking.figures.completion import FULL
from tracking.messages import Message
from tracking.scales import value_problem
from tracking.validation.problems import Problem
from tracking.validation.updates import TaskFacts, UpdateDraft
from tracking.vocabulary import Grade

Look = Callable[[UpdateDraft, TaskFacts], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """A row: its name, how grave what it finds is, and how it looks.

    What `of_drafts` finds could never be kept, not even in a draft; what is `private` is for the writer's eyes alone.
    """

    name: str
    grade: Grade
    look: Look
    of_drafts: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Finding(Problem):
    """What a check has found, of which grade, and whether it is for its writer's eyes alone."""

    check: str
    grade: Grade
    private: bool

    @property
    def token(self) -> str:
        """What a confirmation names."""
        return token_of(self.message)


def token_of(message: Message) -> str:
    """The name of what was said and the values it speaks of: other values ask to be confirmed anew."""
    return "/".join([message.key.rpartition(".")[2], *map(str, message.values.values())])


def confirmation_of(message: Message) -> str | None:
    """The token that confirms it, of what has only to be confirmed: that is said by messages named so.

    Said of one task among many, the doubt stands within the sentence that names the task.
    """
    within = message.values.get("problem")
    if isinstance(within, Message):
        return confirmation_of(within)
    return token_of(message) if message.key.startswith("confirm.") else None


FIGURES = ("actuals.", "typed_permille")
A, B, C, D = Grade.A, Grade.B, Grade.C, Grade.D
CHECKS: tuple[Check, ...] = (
    Check("value", A, faults.values, of_drafts=True),
    Check("text", A, faults.texts, of_drafts=True),
    Check("missing", A, faults.missing),
    Check("changed_after_all", A, faults.changed_after_all),
    Check("fell", B, figures.fell),
    Check("unchanged_again", B, figures.unchanged_again),
    Check("evidence", A, faults.evidence),
    Check("asked_early", B, figures.asked_early),
    Check("milestones_open", B, figures.milestones_open),
    Check("far_over", B, figures.far_over),
    Check("jump_target", B, figures.ahead_of_target),
    Check("jump_past", B, figures.unlike_its_past),
    Check("unlike_its_entries", B, figures.unlike_its_entries),
    Check("unlike_elsewhere", B, figures.unlike_elsewhere),
    Check("rate_over_one", C, figures.rate_over_one),
    Check("fraction", C, figures.like_a_fraction),
    Check("not_asked", C, figures.whole_but_not_asked),
    Check("no_evidence", C, figures.whole_without_evidence),
    Check("text_differs", C, texts.other_figure),
    Check("other_authority", C, texts.other_authority),
    Check("target_lowered", D, figures.target_lowered),
    Check("same_as_last", D, texts.same_as_last, private=True),
    Check("same_as_other", D, texts.same_as_other, private=True),
)


def findings(draft: UpdateDraft, facts: TaskFacts, *, complete: bool = True) -> list[Finding]:
    """All that is to be said of a report; of one that is not complete yet, what could never be kept.

    A figure that is none is compared with nothing.
    """
    sound = _sound(draft, facts)
    spoilt = {one.field for one in faults.values(draft, facts)}
    found = (
        Finding(one.field, one.message, check.name, check.grade, check.private)
        for check in CHECKS
        if complete or check.of_drafts
        for one in check.look(draft if check.of_drafts else sound, facts)
        if check.of_drafts or one.field not in spoilt
    )
    return list(_doubted_once(found))


def has_sound_figures(draft: UpdateDraft, facts: TaskFacts) -> bool:
    """Whether every figure is one, so that something may be reckoned from them."""
    return not list(faults.values(draft, facts))


def _sound(draft: UpdateDraft, facts: TaskFacts) -> UpdateDraft:
    """The report without figures that are none; a percentage that is none moves nothing."""
    typed = draft.typed_permille
    if typed is not None and not 0 <= typed <= FULL:
        typed = facts.last_completion_permille
    actuals = {
        key: value
        for key, value in draft.actuals.items()
        if (amount_problem(value) or value_problem(value, facts.scale_of(key))) is None
    }
    return replace(draft, actuals=actuals, typed_permille=typed)


def _doubted_once(found: Iterable[Finding]) -> Iterator[Finding]:
    """A figure that several checks want explained is asked about once, by the first of them."""
    doubted: set[str] = set()
    for one in found:
        if one.field not in doubted:
            yield one
        if one.grade is Grade.B and one.field.startswith(FIGURES):
            doubted.add(one.field)


def is_settled(finding: Finding, draft: UpdateDraft) -> bool:
    """Whether it has been explained or confirmed."""
    settled = {
        Grade.B: says_something(draft.explanation),
        Grade.C: finding.token in draft.confirmed,
    }
    return settled.get(finding.grade, False)


def confirmable(draft: UpdateDraft, facts: TaskFacts) -> frozenset[str]:
    """The tokens of what has only to be confirmed."""
    return frozenset(one.token for one in findings(draft, facts) if one.grade is Grade.C)


def open_findings(found: Iterable[Finding], draft: UpdateDraft) -> list[Finding]:
    """Those that a report may not go on with; a hint stops nobody."""
    return [one for one in found if one.grade is not Grade.D and not is_settled(one, draft)]


def check_update(draft: UpdateDraft, facts: TaskFacts, *, complete: bool = True) -> list[Finding]:
    """What keeps a report from being kept, or with `complete` from being handed over; all of it at once.

    Fields are those of `UpdateDraft`, and `evidence`; of an indicator `actuals.<indicator_id>`.
    """
    return open_findings(findings(draft, facts, complete=complete), draft)
