"""A work plan as an official document: its goals, and its tasks measure by measure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from babel.dates import format_date

from tracking.documents.plan_words import PlanField
from tracking.documents.word import Block, Heading, Paragraph, Table, official_document
from tracking.messages import text
from tracking.plans.comparison import Standing
from tracking.plans.form import PlanForm, form_cells
from tracking.vocabulary import Language, PlanStatus

# Shares of the width: number, task, dates, what is to be reached, who is responsible.
_WIDTHS = {"number": 1.4, "task": 4.9, "days": 2.6, "aims": 4.2, "officer": 2.6}


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What the paper says beside the tasks of the form: under which notice, and how the revision stands since a day.

    `reason` is that of an amendment, empty for a first plan.
    """

    form: PlanForm
    notice: str
    number: int
    status: PlanStatus
    since: date
    goals: str
    reason: str

    @property
    def is_draft(self) -> bool:
        """Whether it may still change without an amendment."""
        return self.status is not PlanStatus.FILED


def plan_paper(paper: PlanPaper, *, on: date, language: Language) -> bytes:
    """The Word file of a plan revision, with the officers of the day `on`; a draft until it is filed."""
    say = _Words(language)
    return official_document(
        title=say("title", authority=paper.form.authority, year=paper.form.known.year),
        blocks=[
            *_opening(say, paper, on),
            Heading(say("goals")),
            Paragraph(paper.goals or say("no_goals")),
            Heading(say("tasks")),
            *_tasks(say, paper.form),
        ],
        date_on=paper.since,
        language=language,
        signed_by=paper.form.authority,
        draft=say("draft") if paper.is_draft else "",
    )


class _Words:
    """The wording of this paper in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, /, **values: Any) -> str:
        return text(f"plan_paper.{key}", self.language, **values)

    def parts(self, cells: Mapping[PlanField, str], named: Iterable[PlanField]) -> Iterator[str]:
        """What these cells say, each after its name; empty ones are left out."""
        for name in named:
            if cells[name]:
                yield self("part", field=text(f"task_field.{name}", self.language), said=cells[name])

    def day(self, value: date) -> str:
        """A day as official documents write it."""
        return str(format_date(value, "long", locale=self.language))


def _opening(say: _Words, paper: PlanPaper, on: date) -> list[Block]:
    tasks = paper.form.tasks
    said = {
        "notice": paper.notice,
        "number": paper.number,
        "plan_status": paper.status,
        "since": say.day(paper.since),
        "tasks": len(tasks),
        "measures": len({task.draft.measure_id for task in tasks}),
        "on": say.day(on),
    }
    lines = [say("opening", **said)]
    if paper.reason:
        lines.append(say("amended", reason=paper.reason))
    return [Paragraph("\n".join(lines))]


def _tasks(say: _Words, form: PlanForm) -> list[Block]:
    """A table under each measure that has tasks, in the order of the notice."""
    if not form.tasks:
        return [Paragraph(say("no_tasks"))]
    order = {one.measure_id: place for place, one in enumerate(form.known.measures)}

    def place(task: Standing) -> int:
        return order[task.draft.measure_id]

    blocks: list[Block] = []
    for at, tasks in groupby(sorted(form.tasks, key=place), place):
        measure = form.known.measures[at]
        blocks += [
            Heading(say("measure", number=measure.number, title=measure.title), 2),
            _table(say, form, tasks),
        ]
    return blocks


def _table(say: _Words, form: PlanForm, tasks: Iterable[Standing]) -> Table:
    headers = [say(f"column_{column}") for column in _WIDTHS]
    return Table(headers, [_row(say, form, task) for task in tasks], list(_WIDTHS.values()))


def _row(say: _Words, form: PlanForm, task: Standing) -> Sequence[str | int]:
    cells = {name: str(value or "") for name, value in form_cells(task.draft, form.known).items()}
    named = (PlanField.GOAL, PlanField.LEAD, PlanField.SUPPORT)
    about = [cells[PlanField.TITLE], *say.parts(cells, named)]
    people = [cells[PlanField.POST] or say("no_post")]
    people += say.parts(cells, (PlanField.LEADER, PlanField.LIAISON))
    aims = [words for name in (PlanField.TARGETS, PlanField.STEPS) if (words := cells[name])]
    days = (task.draft.starts_on, task.draft.due_on)
    return (
        task.number,
        "\n".join(about),
        "\n".join(say("no_day") if day is None else f"{day:%Y-%m-%d}" for day in days),
        "\n".join(aims),
        "\n".join(people),
    )
