"""The headline of a selection: the sentence that answers the page's question, and the row of figures."""

from dataclasses import replace

import pandas as pd

from pages.parts.figures.address import trace_address
from pages.parts.figures.extract import Extract
from pages.shared.choices import Choice
from pages.shared.components import Figure, figures
from pages.shared.without_plan import without_plan_clause
from pages.shared.wording import day, percent, points, translate
from tracking.figures.indicators import Headline
from tracking.traces import TracedFigure
from tracking.vocabulary import Light

# Percentage points; a smaller difference is shown as none.
LEAST_SEEN = 0.05


def progress_sentence(head: Headline, extract: Extract, units: pd.DataFrame, *, place: str = "") -> str:
    """One sentence on the figures of `place`, which is Markdown; empty for the whole country.

    `units` are the figures by unit.
    """
    choice = extract.choice
    if head.completion_permille is None:
        return translate("sentence.no_tasks", place=place, day=day(choice.as_of), period=choice.period)
    parts = [
        _reported(head, choice, place),
        translate("sentence.completion", completion=percent(head.completion_permille)),
        *_changes(head),
        _red(head, units),
        *filter(None, [without_plan_clause(units, head.without_plan)]),
    ]
    return translate("sentence.comma").join(parts) + translate("sentence.stop")


def _reported(head: Headline, choice: Choice, place: str) -> str:
    said = {"place": place, "day": day(choice.as_of), "period": choice.period}
    if head.units_total == 1:
        return translate("sentence.reported_own", tasks_reported=head.reported, tasks=head.tasks, **said)
    return translate(
        "sentence.reported",
        total=head.units_total,
        units=head.units,
        reported=head.units_reported,
        complete=head.units_complete,
        **said,
    )


def headline_figures(head: Headline, extract: Extract) -> None:
    """Completion with its change, expected progress with the deviation, who has reported, tasks behind, all tasks.

    Each leads to its parts.
    """
    traces = {figure: trace_address(extract, figure) for figure in TracedFigure}
    red, amber = head.lights[Light.RED], head.lights[Light.AMBER]
    change, deviation = head.change_points, head.deviation_permille
    figures(
        [
            Figure(
                translate("figure.completion"),
                percent(head.completion_permille),
                None if change is None else points(change * 10),
                _since_last(head),
                good=_progressed(change, head.deviation_change_points),
                trace=traces[TracedFigure.COMPLETION],
            ),
            Figure(
                translate("figure.expected"),
                percent(head.expected_permille),
                None if deviation is None else points(deviation),
                translate("figure.deviation"),
                good=_better(None if deviation is None else deviation / 10),
                trace=traces[TracedFigure.EXPECTED],
            ),
            replace(_reported_figure(head), trace=traces[TracedFigure.REPORTED]),
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


def _since_last(head: Headline) -> str:
    """What the change compares with, and the change of the deviation, which has a say in its colour."""
    gap = head.deviation_change_points
    if gap is None:
        return translate("figure.since_last")
    return translate("figure.since_last_gap", points=points(gap * 10))


def _reported_figure(head: Headline) -> Figure:
    if head.units_total == 1:
        tasks = translate("figure.of_tasks", reported=head.reported, tasks=head.tasks)
        return Figure(translate("figure.reported_own"), tasks)
    reported = translate("figure.of_units", units=head.units_reported, total=head.units_total)
    complete = translate("figure.complete", units=head.units_complete)
    return Figure(translate("figure.reported"), reported, complete, _in_full(head))


def _in_full(head: Headline) -> str:
    """What the units that have reported everything are beside: how many have no plan."""
    without = len(head.without_plan)
    return translate("figure.in_full_without_plan", units=without) if without else translate("figure.in_full")


def _changes(head: Headline) -> list[str]:
    deviation = None if head.deviation_permille is None else head.deviation_permille / 10
    compared = {
        "sentence.since_last": head.change_points,
        "sentence.schedule": deviation,
        "sentence.gap": head.deviation_change_points,
    }
    return [_compared(key, value) for key, value in compared.items() if value is not None]


def _progressed(change: float | None, gap: float | None) -> bool | None:
    """Whether completion rose and the gap to the schedule closed, or both the other way; else not judged."""
    risen = _better(change)
    return risen if risen is _better(gap) else None


def _better(difference: float | None) -> bool | None:
    """Whether a difference is an improvement; not judged if it is shown as none."""
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
    return translate("sentence.red", tasks=count, units=len(units[units["red"] > 0]))
