"""What a plan in a file leaves doubtful: one field for each cell, answered in place of what stands in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from db.plans.queries import PlanSheet
from pages.shared.filters import pick_lines
from pages.shared.forms import Form
from pages.shared.wording import lines, message_text, plain, translate
from tracking.documents.plan_words import PlanField
from tracking.plans.comparison import FILE, MEANWHILE, NEW_TASK, TASK, Comparison
from tracking.plans.form import measure_words
from tracking.plans.known import Doubt, Known, Weight

ON_A_PAGE = 20
_AREAS = {PlanField.TARGETS, PlanField.STEPS, PlanField.GOAL}
_CHOSEN = {PlanField.MEASURE, PlanField.ACTION, PlanField.POST, TASK, MEANWHILE}
# One answer for every cell that says the same, and for every one that lacks who is responsible.
_BY_WORDS, _ALSO_EMPTY = (
    {PlanField.MEASURE, PlanField.ACTION, PlanField.POST},
    {PlanField.POST, PlanField.LEAD},
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the doubts of one cell, or of all that say the same, of the tasks of these titles.

    `keys` are what its answer stands for.

    Once it is `answered` its doubts are those it was asked for.
    """

    field: str
    written: str
    keys: tuple[str, ...]
    places: tuple[str, ...]
    titles: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    answered: bool = False

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"answer_{self.keys[0]}"

    @property
    def offer(self) -> str:
        """An answer that may be taken as it is."""
        return next((doubt.offer for doubt in self.doubts if doubt.offer), "")

    @property
    def initial(self) -> str:
        """What its field begins with: what is written, but a choice begins with none."""
        return "" if self.field in _CHOSEN else self.written

    @property
    def must(self) -> bool:
        """Whether it is to be answered before its task can be stored."""
        return any(doubt.weight is Weight.MUST for doubt in self.doubts)

    def answer(self, filled: Form) -> str | None:
        """What was answered, None if nothing was."""
        typed = filled.typed(self.name, self.initial)
        if typed and typed != self.initial:
            return str(typed)
        return self.offer if self.offer and filled.typed(f"take_{self.field}", False) else None


def asked_of(found: Comparison, before: Sequence[Asked], opened: Collection[str]) -> list[Asked]:
    """The questions of a file in order; those asked before stay, also once they are answered.

    What is only said is asked where its cell was `opened`.
    """
    questions = {one.keys[0]: replace(one, doubts=()) for one in before}
    first_of = {(one.field, one.written): one.keys[0] for one in before if _shared(one.field, one.written)}
    for title, doubt in found.titled:
        spot = doubt.spot
        if doubt.weight is Weight.SAID and doubt.field != PlanField.MEASURE and spot.key not in opened:
            continue
        shared = _shared(doubt.field, spot.written)
        key = first_of.setdefault((doubt.field, spot.written), spot.key) if shared else spot.key
        one = questions.get(key) or Asked(doubt.field, spot.written, (), (), (), ())
        questions[key] = replace(
            one,
            keys=tuple(dict.fromkeys((*one.keys, spot.key))),
            places=tuple(dict.fromkeys((*one.places, spot.place))),
            titles=tuple(dict.fromkeys((*one.titles, title))),
            doubts=(*one.doubts, doubt),
        )
    earlier = {one.keys[0]: one for one in before}
    return [one if one.doubts else replace(earlier[one.keys[0]], answered=True) for one in questions.values()]


def _shared(field: str, written: str) -> bool:
    return field in (_BY_WORDS if written else _ALSO_EMPTY)


def draw_questions(filled: Form, asked: Sequence[Asked], known: Known, sheet: PlanSheet) -> None:
    """The questions, those first that must be answered, a page at a time."""
    if not asked:
        return
    st.markdown(
        translate(
            "plan_file.questions", count=len(asked), must=sum(one.must and not one.answered for one in asked)
        )
    )
    _offers(filled, asked)
    ordered = sorted(asked, key=lambda one: not one.must)
    shown = st.container()
    first = pick_lines(len(ordered), ON_A_PAGE, "questions")
    with shown:
        for one in ordered[first : first + ON_A_PAGE]:
            _question(filled, one, known, sheet)


def _offers(filled: Form, asked: Sequence[Asked]) -> None:
    """One switch for all cells of a kind that have an answer on offer."""
    for name in dict.fromkeys(one.field for one in asked if one.offer):
        count = sum(one.field == name and bool(one.offer) for one in asked)
        filled.switch(f"take_{name}", translate(f"plan_file.take_{name}", count=count), False)


def _question(filled: Form, one: Asked, known: Known, sheet: PlanSheet) -> None:
    # Read aloud as it is written, so nothing in it may need an escape.
    place, name = _first_of(one.places).replace("!", " "), translate(f"plan_field.{one.field}")
    key = "plan_file.question_must" if one.must and not one.answered else "plan_file.question"
    label = translate(key, place=plain(place), field=name)
    options = _options(one, known, sheet)
    if options is not None:
        filled.choice(one.name, label, options, "")
    elif one.field in _AREAS:
        filled.area(one.name, label, one.initial, height=96)
    else:
        filled.text(one.name, label, one.initial)
    st.caption(_about(one))


def _first_of(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return translate("plan_file.and_others", place=names[0], count=len(names))


def _about(one: Asked) -> str:
    """Which task it is of, what stands there, why that is doubtful, and what may be taken instead."""
    why = dict.fromkeys(message_text(doubt.message) for doubt in one.doubts)
    # A field that is typed into begins with it.
    apart = one.written and one.written != one.initial
    said = translate("plan_file.written", written=lines(one.written)) if apart else ""
    offer = translate("plan_file.offered", offer=lines(one.offer)) if one.offer else ""
    return "　".join(filter(None, (f"**{plain(_first_of(one.titles))}**", said, *map(plain, why), offer)))


def _options(one: Asked, known: Known, sheet: PlanSheet) -> Mapping[str, str] | None:
    """The answers to choose between, None where it is to be written."""
    none = {"": translate("plan_file.not_chosen")}
    match one.field:
        case PlanField.MEASURE:
            return none | {str(item.number): measure_words(item) for item in known.measures}
        case PlanField.ACTION:
            return none | {one.words: one.words for one in known.offered_actions}
        case PlanField.POST:
            new = {one.words: translate("plan_file.new_post", post=one.words) for one in known.proposed}
            return none | {one.words: one.words for one in known.posts} | new
        case "task":
            tasks = {str(task.number): f"{task.number} {task.draft.title}" for task in sheet.tasks}
            return none | {NEW_TASK: translate("plan_file.new_task")} | tasks
        case "meanwhile":
            return none | {FILE: translate("plan_file.take_file")}
    return None
