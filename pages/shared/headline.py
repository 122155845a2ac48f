"""Owns how the figures over a whole extract are told: the sentence that answers, and the row of figures."""

from pages.shared.choices import Choice
from pages.shared.components import Figure, figures
from pages.shared.words import day, percent, points, t
from tracking.indicators import Headline
from tracking.words import Light


def progress_sentence(head: Headline, choice: Choice, *, red_units: int, place: str = "") -> str:
    """One sentence over the figures of `place`, which is Markdown; the whole country is not named."""
    if head.completion_permille is None:
        return t("sentence.no_tasks", place=place, day=day(choice.as_of), period=choice.period)
    own = head.units_total == 1
    parts = [
        t(
            "sentence.reported_own" if own else "sentence.reported",
            place=place,
            day=day(choice.as_of),
            period=choice.period,
            total=head.units_total,
            reported=head.units_reported,
            tasks=head.tasks,
        ),
        t("sentence.completion", completion=percent(head.completion_permille)),
        *_changes(head),
        _red(head, red_units, own=own),
    ]
    return t("sentence.comma").join(parts) + t("sentence.stop")


def headline_figures(head: Headline) -> None:
    """Completion with its change, expected progress with the deviation, units reported, tasks by light, all tasks."""
    red, amber = head.lights[Light.RED], head.lights[Light.AMBER]
    change, deviation = head.change_points, _deviation(head)
    units = t("figure.of_units", units=head.units_reported, total=head.units_total)
    figures(
        [
            Figure(
                t("figure.completion"),
                percent(head.completion_permille),
                None if change is None else points(change * 10),
                t("figure.since_last"),
                good=None if change is None else change >= 0,
            ),
            Figure(
                t("figure.expected"),
                percent(head.expected_permille),
                None if deviation is None else points(deviation * 10),
                t("figure.deviation"),
                good=None if deviation is None else deviation >= 0,
            ),
            Figure(t("figure.reported"), units),
            Figure(
                t("figure.red"),
                t("figure.tasks", tasks=red),
                t("figure.tasks", tasks=amber),
                t("light.amber"),
            ),
            Figure(
                t("figure.all"),
                t("figure.tasks", tasks=head.tasks),
                t("figure.tasks", tasks=head.suspended),
                t("task_status.suspended"),
            ),
        ]
    )


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


def _compared(key: str, difference: float) -> str:
    if abs(difference) < 0.05:
        return t(f"{key}.same")
    return t(f"{key}.more" if difference > 0 else f"{key}.less", points=f"{abs(difference):.1f}")


def _red(head: Headline, red_units: int, *, own: bool) -> str:
    count = head.lights[Light.RED]
    if not count:
        return t("sentence.no_red")
    return t("sentence.red_own" if own else "sentence.red", tasks=count, units=red_units)
