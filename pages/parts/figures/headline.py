"""The headline of a selection: the sentence that answers the page's question, and the row of figures."""

from dataclasses import replace

import pandas as pd

from pages.parts.figures.address import trace_address
from pages.parts.figures.extract import Extract
from pages.shared.choices import Choice
from pages.shared.components import Figure, figures
from pages.shared.wording import day, percent, points, translate
from tracking.figures.indicators import Headline
from tracking.traces import TracedFigure
from tracking.vocabulary import Light

# Percentage points; less is written as no difference.
LEAST_SEEN = 0.05


def progress_sentence(head: Headline, choice: Choice, units: pd.DataFrame, *, place: str = "") -> str:
    """One sentence over the figures of `place`, which is Markdown; the whole country is not named.

    `units` are the figures by unit.
    """
    if head.completion_permille is None:
        return translate("sentence.no_tasks", place=place, day=day(choice.as_of), period=choice.period)
    parts = [
        _reported(head, choice, units, place),
        translate("sentence.completion", completion=percent(head.completion_permille)),
        *_changes(head),
        _red(head, units),
    ]
    return translate("sentence.comma").join(parts) + translate("sentence.stop")


def _reported(head: Headline, choice: Choice, units: pd.DataFrame, place: str) -> str:
    said = {"place": place, "day": day(choice.as_of), "period": choice.period}
    if head.units_total == 1:
        return translate(
            "sentence.reported_own", tasks_reported=units["reported"].sum(), tasks=head.tasks, **said
        )
    return translate(
        "sentence.reported",
        total=head.units_total,
        reported=_units_with(units, "reported"),
        complete=head.units_reported,
        **said,
    )


def _units_with(units: pd.DataFrame, column: str) -> int:
    return len(units[units[column] > 0])


def headline_figures(head: Headline, units: pd.DataFrame, extract: Extract) -> None:
    """Completion with its change, expected progress with the deviation, who has reported, tasks behind, all tasks.

    Each leads to what it is made of.
    """
    traces = {figure: trace_address(extract, figure) for figure in TracedFigure}
    red, amber = head.lights[Light.RED], head.lights[Light.AMBER]
    change, deviation = head.change_points, _deviation(head)
    figures(
        [
            Figure(
                translate("figure.completion"),
                percent(head.completion_permille),
                None if change is None else points(change * 10),
                translate("figure.since_last"),
                good=_better(change),
                trace=traces[TracedFigure.COMPLETION],
            ),
            Figure(
                translate("figure.expected"),
                percent(head.expected_permille),
                None if deviation is None else points(deviation * 10),
                translate("figure.deviation"),
                good=_better(deviation),
                trace=traces[TracedFigure.EXPECTED],
            ),
            replace(_reported_figure(head, units), trace=traces[TracedFigure.REPORTED]),
            Figure(
                translate("figure.red"),
                translate("figure.tasks", tasks=red),
                translate("figure.tasks", tasks=amber),
                translate("light.amber"),
                trace=traces[TracedFigure.RED],
            ),
            Figure(
                translate("figure.all"),
                translate("figure.tasks", tasks=head.tasks),
                translate("figure.tasks", tasks=head.suspended),
                translate("task_status.suspended"),
                trace=traces[TracedFigure.TASKS],
            ),
        ]
    )


def _reported_figure(head: Headline, units: pd.DataFrame) -> Figure:
    if head.units_total == 1:
        tasks = translate("figure.of_tasks", reported=units["reported"].sum(), tasks=head.tasks)
        return Figure(translate("figure.reported_own"), tasks)
    reported = translate("figure.of_units", units=_units_with(units, "reported"), total=head.units_total)
    complete = translate("figure.complete", units=head.units_reported)
    return Figure(translate("figure.reported"), reported, complete, translate("figure.in_full"))


def _changes(head: Headline) -> list[str]:
    said = []
    if head.change_points is not None:
        said.append(_compared("sentence.since_last", head.change_points))
    deviation = _deviation(head)
    if deviation is not None:
        said.append(_compared("sentence.schedule", deviation))
    return said


def _deviation(head: Headline) -> float | None:
    if head.completion_permille is None or head.expected_permille is None:
        return None
    return (head.completion_permille - head.expected_permille) / 10


def _better(difference: float | None) -> bool | None:
    """Whether a difference is one for the better; not judged where it reads as none."""
    return None if difference is None or abs(difference) < LEAST_SEEN else difference > 0


def _compared(key: str, difference: float) -> str:
    if abs(difference) < LEAST_SEEN:
        return translate(f"{key}.same")
    return translate(f"{key}.more" if difference > 0 else f"{key}.less", points=f"{abs(difference):.1f}")


def _red(head: Headline, units: pd.DataFrame) -> str:
    count = head.lights[Light.RED]
    if not count:
        return translate("sentence.no_red")
    if head.units_total == 1:
        return translate("sentence.red_own", tasks=count)
    return translate("sentence.red", tasks=count, units=_units_with(units, "red"))
