"""A briefing's first draft: sections filled with figures, and its annexes.

Everything comes out as plain values, to be kept with the draft: sections are edited before issue, annexes and
the bars of the picture stay as they were made.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from babel.dates import format_date

from tracking.briefings.figures import Figure, Material, Pace, paced, rows_of
from tracking.difficulties import DifficultyCause
from tracking.figures.indicators import units_without_plan
from tracking.messages import Message
from tracking.vocabulary import BriefingKind, Light

# The sections of each kind, in order; the opening has no heading.
SECTIONS: Mapping[BriefingKind, tuple[str, ...]] = {
    BriefingKind.CIRCULAR: ("opening", "overall", "rows", "laggards", "difficulties", "requests"),
    BriefingKind.BRIEF: ("opening", "overall", "rows", "laggards", "difficulties"),
    BriefingKind.UNIT_SHEET: ("opening", "overall", "rows", "laggards", "difficulties", "requests"),
    BriefingKind.MEASURE_SHEET: ("opening", "overall", "rows", "laggards", "difficulties"),
}
# How many item numbers of one unit the text names, and how many rows the annex has.
# For a unit: item numbers in a sentence and in an annex; rows of an annex.
_ITEMS, _LISTED, _ROWS = 20, 200, 300
# A smaller difference is reported as none.
_LEAST_SEEN = 0.05

Figures = Mapping[str, Figure]


def content_of(material: Material, figures: Figures) -> dict[str, Any]:
    """Title, addressee, sections (key → text), annexes (title, headers, rows, widths, note) and bars, as JSON keeps them."""
    shown = {name: figure.shown for name, figure in figures.items()}
    makers = {
        "opening": _opening,
        "overall": _overall,
        "rows": _rows,
        "laggards": _laggards,
        "difficulties": _difficulties,
        "requests": _requests,
    }
    return {
        "title": material.say(f"title_{material.kind}", place=_place(material), period=material.period),
        "addressee": _addressee(material),
        "sections": {key: makers[key](material, figures, shown) for key in SECTIONS[material.kind]},
        "annexes": _annexes(material, shown),
        "bars": _bars(material),
    }


def _place(material: Material) -> str:
    return material.place or material.say("nation")


def _addressee(material: Material) -> str:
    if material.kind is BriefingKind.UNIT_SHEET:
        return material.place
    return material.say("everybody") if material.kind is BriefingKind.CIRCULAR else ""


def _opening(material: Material, _figures: Figures, _shown: Mapping[str, str]) -> str:
    said = {"notice": material.notice, "place": _place(material), "period": material.period}
    return material.say(f"opening_{material.kind}", day=_day(material), **said)


def _day(material: Material) -> str:
    """The day the figures are as of, as official documents write it."""
    return format_date(material.as_of_on, "long", locale=material.language)


def _overall(material: Material, figures: Figures, shown: Mapping[str, str]) -> str:
    if not figures["tasks"].value:
        return material.say("overall_none", place=_place(material))
    lines = [material.say("overall_units", **shown), *_without_plan(material, figures, shown)]
    lines.append(material.say("overall_paces", **shown))
    if figures["suspended"].value:
        lines.append(material.say("overall_suspended", **shown))
    if figures["completion"].value is not None:
        lines.append(material.say("overall_completion", **shown) + _compared(material, figures, shown))
    return "\n".join(lines)


def _without_plan(material: Material, figures: Figures, shown: Mapping[str, str]) -> list[str]:
    """The units without a filed plan, by name; nothing for a single measure."""
    found = figures.get("without_plan")
    units = material.cube.axes.units
    if found is None or not found.value or len(units) == 1:
        return []
    named = units[units["unit_id"].isin(units_without_plan(material.cube))]["short_name"]
    return [material.say("overall_without_plan", names=material.say("list").join(named), **shown)]


def _compared(material: Material, figures: Figures, shown: Mapping[str, str]) -> str:
    """Against the schedule, and against the previous period, if there was one."""
    said = [
        material.say(f"{name}_{_direction(value)}", **shown)
        for name in ("deviation", "change", "gap")
        if (value := figures[name].value) is not None
    ]
    return material.say("comma").join(["", *said]) + material.say("stop")


def _direction(difference: float) -> str:
    if abs(difference) < _LEAST_SEEN:
        return "none"
    return "more" if difference > 0 else "less"


def _rows(material: Material, _figures: Figures, shown: Mapping[str, str]) -> str:
    lines = [
        material.say(
            "row",
            name=row.name,
            **{part: shown[f"row_{row.key}_{part}"] for part in ("tasks", "completion", "expected")},
        )
        for row in rows_of(material).itertuples()
    ]
    return "\n".join(lines) or material.say("rows_none")


def _laggards(material: Material, figures: Figures, shown: Mapping[str, str]) -> str:
    if not figures[Pace.BEHIND].value:
        return material.say("laggards_none")
    tasks = paced(material)
    late = tasks[tasks["pace"] == Pace.BEHIND]
    lines = [
        material.say(
            "laggard",
            unit=own["unit_name"].iloc[0],
            count=shown[f"behind_{unit_id}"],
            items=_items(material, own, _ITEMS),
        )
        for unit_id, own in late.groupby("unit_id", sort=False)
    ]
    return "\n".join([material.say("laggards", **shown), *lines])


def _items(material: Material, tasks: pd.DataFrame, most: int) -> str:
    """The item numbers of tasks; a task of an authority below the unit also carries that authority's name."""
    items = [_item(material, row) for row in tasks.itertuples()]
    words = material.say("list").join(items[:most])
    return words if len(items) <= most else material.say("and_more", items=words)


def _item(material: Material, task: Any) -> str:
    if task.authority_id == task.unit_id:
        return str(task.number)
    # A name may end in a number.
    return material.say("item_below", authority=task.authority_name, number=task.number)


def _difficulties(material: Material, figures: Figures, shown: Mapping[str, str]) -> str:
    if not figures["difficulties"].value:
        return material.say("difficulties_none")
    lines = [
        material.say("difficulty", number=number, name=name, count=shown[f"difficulties_{number}"])
        for number, name in material.difficulties[["measure_number", "measure_short_title"]]
        .drop_duplicates()
        .sort_values("measure_number")
        .itertuples(index=False)
    ]
    return "\n".join([material.say("difficulties", **shown), *lines, *_causes(material, shown)])


def _causes(material: Material, shown: Mapping[str, str]) -> list[str]:
    """One line with the causes that the open difficulties have, as far as they were given."""
    given = [cause for cause in DifficultyCause if f"difficulties_{cause}" in shown]
    said = [
        material.say(
            "cause", cause=Message(f"difficulty_cause.{cause}"), count=shown[f"difficulties_{cause}"]
        )
        for cause in given
    ]
    return [material.say("causes", causes=material.say("cause_mark").join(said))] if said else []


def _requests(material: Material, figures: Figures, _shown: Mapping[str, str]) -> str:
    """The requests follow from the findings: one per finding; the last is always made."""
    lines = []
    if figures[Pace.BEHIND].value:
        lines.append(material.say("request_behind"))
    if figures["units_complete"].value != figures["units"].value:
        lines.append(material.say("request_report"))
    if figures["difficulties"].value:
        lines.append(material.say("request_difficulties"))
    return "\n".join([*lines, material.say("request_always")])


def _annexes(material: Material, shown: Mapping[str, str]) -> list[dict[str, Any]]:
    tasks = paced(material)
    late = tasks[tasks["pace"] == Pace.BEHIND]
    timely = tasks[tasks["pace"].isin([Pace.AHEAD.value, Pace.ON_SCHEDULE.value])]
    found = []
    if len(late):
        more = len(late) > _ROWS
        found.append(_behind(material, late) | {"note": material.say("annex_cut", **shown) if more else ""})
    if len(timely):
        found.append(_timely(material, timely) | {"note": ""})
    return found


def _annex(material: Material, name: str, widths: Mapping[str, float], rows: Sequence[Any]) -> dict[str, Any]:
    headers = [material.say(f"column_{column}") for column in widths]
    title = material.say(f"annex_{name}")
    return {"title": title, "headers": headers, "rows": rows, "widths": list(widths.values())}


def _behind(material: Material, tasks: pd.DataFrame) -> dict[str, Any]:
    """One row per task that is behind."""
    widths = {"unit": 1.6, "number": 1.3, "task": 4.4, "completion": 1.7, "expected": 1.7, "light": 1.5}
    rows = [
        [
            row.unit_name,
            _item(material, row),
            row.title,
            _percent(row.completion_permille),
            _percent(row.expected_permille),
            material.say(f"light_{Light(str(row.light))}"),
        ]
        for row in tasks.head(_ROWS).itertuples()
    ]
    return _annex(material, "behind", widths, rows)


def _timely(material: Material, tasks: pd.DataFrame) -> dict[str, Any]:
    """One row per unit whose tasks are on or ahead of schedule."""
    widths = {"unit": 1.6, "ahead": 1.5, "on_schedule": 1.5, "items": 7.4}
    rows = [
        [
            own["unit_name"].iloc[0],
            int((own["pace"] == Pace.AHEAD).sum()),
            int((own["pace"] == Pace.ON_SCHEDULE).sum()),
            _items(material, own, _LISTED),
        ]
        for _, own in tasks.groupby("unit_id", sort=False)
    ]
    return _annex(material, "timely", widths, rows)


def _percent(permille: Any) -> str:
    return f"{permille / 10:.1f}%"


def _bars(material: Material) -> list[dict[str, Any]]:
    """The bars of the picture: name, completion and expected progress in permille."""
    rows: list[Any] = list(rows_of(material).itertuples())
    return [
        {
            "name": str(row.name),
            "completion": float(row.completion_permille),
            "expected": float(row.expected_permille),
        }
        for row in rows
    ]
