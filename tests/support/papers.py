"""A paper's figures recomputed from the API by a stranger with a token, line by line.

Nothing here asks the product how it reckons: cells are summed and divided, tasks are counted by their lights.
"""

import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import docx
from babel.dates import format_date

from tracking.difficulties import DifficultyCause
from tracking.messages import Message, text
from tracking.vocabulary import BriefingKind, Language

Rows = list[dict[str, Any]]
PACES = ("completed", "ahead", "on_schedule", "behind", "other")


def zh(key: str, **values: object) -> str:
    return text(f"briefing.{key}", Language.ZH_CN, **values)


def lines_of(content: bytes) -> list[str]:
    """The paragraphs that have a figure in them, up to the annexes, as one reads them."""
    lines = [line.text.replace("\u200b", "") for line in docx.Document(io.BytesIO(content)).paragraphs]
    body = lines[: next(place for place, line in enumerate(lines) if line.startswith("附件"))]
    return [line for line in body if any(sign.isdigit() for sign in line)]


def tables_of(content: bytes) -> list[Rows]:
    """The rows of every table by the names of its columns."""
    found = []
    for table in docx.Document(io.BytesIO(content)).tables:
        head, *rows = [[cell.text.replace("\u200b", "") for cell in row.cells] for row in table.rows]
        found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found


def share(part: float, whole: float) -> str:
    return f"{part * 100 / whole:.1f}%"


class Extract:
    """What a paper speaks of: one period, and the units and measures in question."""

    def __init__(
        self, ask: "Asked", kind: BriefingKind, units: Collection[int], measures: Collection[int]
    ) -> None:
        self.ask, self.kind = ask, kind
        self.units = {unit["unit_id"]: unit for unit in ask.units if unit["unit_id"] in units}
        self.measures = {one["measure_id"]: one for one in ask.measures if one["measure_id"] in measures}
        self.cells = self._of(ask.cells(ask.period["period_id"]))
        self.tasks = [task for task in self._of(ask.tasks) if task["status"] != "suspended"]

    def _of(self, rows: Rows) -> Rows:
        return [row for row in rows if row["unit_id"] in self.units and row["measure_id"] in self.measures]

    def lines(self) -> list[str]:
        """The lines with figures, in the order of the paper, after its opening."""
        return [*self._overall(), *self._parts(), *self._late(), *self._difficulties()]

    def _overall(self) -> list[str]:
        sums = _by(self.cells, lambda cell: cell["unit_id"])
        having = [rows for rows in sums.values() if _sum(rows, "tasks")]
        units = {
            "units_total": len(self.units),
            "units": len(having),
            "units_reported": sum(_sum(rows, "reported") > 0 for rows in having),
            "units_complete": sum(_sum(rows, "reported") == _sum(rows, "tasks") for rows in having),
        }
        counts, total = Counter(map(self._pace, self.tasks)), len(self.tasks)
        paces = {pace: counts[pace] for pace in PACES}
        shares = {f"{pace}_share": share(counts[pace], total) for pace in PACES}
        suspended = _sum(self.cells, "suspended")
        done, expected = rolled(self.cells, "done"), rolled(self.cells, "expected")
        said = [_compared("deviation", done - expected)]
        if self.ask.before:
            before = self._of(self.ask.cells(self.ask.before))
            was = rolled(before, "done")
            said.append(_compared("change", done - was))
            said.append(_compared("gap", (done - expected) - (was - rolled(before, "expected"))))
        reached = zh("overall_completion", completion=_percent(done), expected=_percent(expected))
        return [
            zh("overall_units", **units),
            *self._without_plan(sums),
            zh("overall_paces", tasks=total, **paces, **shares),
            *([zh("overall_suspended", suspended=suspended)] if suspended else []),
            "，".join([reached, *said]) + "。",
        ]

    def _without_plan(self, filed: Mapping[int, Rows]) -> list[str]:
        names = [unit["short_name"] for key, unit in self.units.items() if key not in filed]
        if self.kind is BriefingKind.MEASURE_SHEET or len(self.units) == 1 or not names:
            return []
        return [zh("overall_without_plan", without_plan=len(names), names="、".join(names))]

    def _parts(self) -> list[str]:
        """Key areas, the measures of a unit, or the regions of a measure."""
        name: Callable[[dict[str, Any]], Any] = {
            BriefingKind.UNIT_SHEET: lambda cell: self.measures[cell["measure_id"]]["short_title"],
            BriefingKind.MEASURE_SHEET: lambda cell: self.units[cell["unit_id"]]["region_seven"],
        }.get(self.kind, lambda cell: self.measures[cell["measure_id"]]["key_area_title"])
        return [
            zh(
                "row",
                name=part,
                tasks=_sum(rows, "tasks"),
                completion=_percent(rolled(rows, "done")),
                expected=_percent(rolled(rows, "expected")),
            )
            for part, rows in _by(self.cells, name).items()
            if part and _sum(rows, "tasks")  # what stands in no region has no line of its own
        ]

    def behind(self) -> Mapping[int, Rows]:
        """Unit → its tasks that are behind."""
        return _by(
            [task for task in self.tasks if self._pace(task) == "behind"], lambda task: task["unit_id"]
        )

    def _late(self) -> list[str]:
        late = self.behind()
        lines = [
            zh("laggard", unit=rows[0]["unit_name"], count=len(rows), items=listed(map(item_of, rows)))
            for rows in late.values()
        ]
        return [zh("laggards", behind=sum(map(len, late.values())), behind_units=len(late)), *lines]

    def _difficulties(self) -> list[str]:
        known = {task["task_id"] for task in self._of(self.ask.tasks)}
        found = [one for one in self.ask.rows("/difficulties") if one["task_id"] in known]
        open_ones = Counter(one["measure_number"] for one in found)
        names = {one["number"]: one["short_title"] for one in self.measures.values()}
        lines = [
            zh("difficulty", number=number, name=names[number], count=open_ones[number])
            for number in sorted(open_ones)
        ]
        causes = Counter(one["cause"] for one in found if one["cause"])
        said = [
            zh("cause", cause=Message(f"difficulty_cause.{cause}"), count=causes[cause])
            for cause in DifficultyCause
            if causes[cause]
        ]
        lines += [zh("causes", causes=zh("cause_mark").join(said))] if said else []
        return [zh("difficulties", difficulties=open_ones.total()), *lines] if lines else []

    def _pace(self, task: dict[str, Any]) -> str:
        line = self.ask.ledger[task["task_id"]]
        if line["light"] in {"blue", "grey"}:
            return {"blue": "completed", "grey": "other"}[line["light"]]
        band = self.ask.overview["band_permille"] / 10
        if line["light"] == "red" or line["deviation"] <= -band:
            return "behind"
        return "ahead" if line["deviation"] >= band else "on_schedule"


class Asked:
    """The API's answers on one period, each asked once; `rows` gives all pages of a list."""

    def __init__(self, rows: Callable[..., Rows], get: Callable[[str], Any]) -> None:
        self.rows, self.get = rows, get
        self.overview = get("/figures/overview")
        periods = rows("/periods")
        self.period = next(one for one in periods if one["period_id"] == self.overview["period_id"])
        self.before = next(
            (
                one["period_id"]
                for one in periods
                if one["year"] == self.period["year"] and one["number"] == self.period["number"] - 1
            ),
            None,
        )
        self.units, self.measures = rows("/units"), rows("/measures")

    @cached_property
    def ledger(self) -> dict[int, dict[str, Any]]:
        """The lines of the ledger by task."""
        return {line["task_id"]: line for line in self.rows("/ledger", limit=1000)}

    @cached_property
    def tasks(self) -> Rows:
        """The tasks in the order of papers: by unit in the official order, then by authority and number."""
        place = {unit["unit_id"]: number for number, unit in enumerate(self.units)}
        tasks = self.rows("/tasks", limit=1000)
        return sorted(tasks, key=lambda task: (place[task["unit_id"]], task["authority_id"], task["number"]))

    def cells(self, period_id: int) -> Rows:
        """The cells of a period in the order of units and measures."""
        place = {unit["unit_id"]: number for number, unit in enumerate(self.units)}
        cells = self.rows("/figures/cells", period_id=period_id)
        return sorted(cells, key=lambda cell: (cell["measure_id"], place[cell["unit_id"]]))

    @property
    def day(self) -> str:
        """The day the figures speak of, as papers write it."""
        return format_date(date.fromisoformat(self.overview["as_of_on"]), "long", locale="zh_CN")


def rolled(cells: Rows, part: str) -> float:
    """The mean over units of Σ part ÷ Σ weight, permille."""
    units = [
        rows for rows in _by(cells, lambda cell: cell["unit_id"]).values() if _sum(rows, "weight_tenths")
    ]
    return sum(_sum(rows, part) / _sum(rows, "weight_tenths") for rows in units) / len(units)


def listed(items: Iterable[str]) -> str:
    """The first twenty, and whether there are more."""
    named = list(items)
    words = "、".join(named[:20])
    return words if len(named) <= 20 else zh("and_more", items=words)


def item_of(task: dict[str, Any]) -> str:
    """The item number of a task, with the authority's name where it stands below the unit."""
    own = task["authority_id"] == task["unit_id"]
    return str(task["number"]) if own else f"{task['authority_name']}第{task['number']}项"


def _by(rows: Rows, key: Callable[[dict[str, Any]], Any]) -> dict[Any, Rows]:
    found: dict[Any, Rows] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _sum(rows: Rows, name: str) -> int:
    return sum(row[name] for row in rows)


def _percent(permille: float) -> str:
    return f"{permille / 10:.1f}%"


def _compared(name: str, permille: float) -> str:
    points = permille / 10
    direction = "none" if abs(points) < 0.05 else "more" if points > 0 else "less"
    return zh(f"{name}_{direction}", **{name: f"{abs(points):.1f}"})
