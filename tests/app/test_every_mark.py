"""Every mark of every picture leads to the page that shows just what the mark showed."""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db import clock
from db.authorities.scope import NATION
from db.sql import select
from db.store import Store
from db.tables import Task, TaskRevision
from pages.parts.figures import asked as figures_asked
from pages.parts.figures.asked import SUMMED, asked_extract
from pages.parts.figures.extract import headline_of
from pages.parts.ledger import asked as ledger_asked
from pages.parts.ledger.asked import LedgerSelection, asked_action
from pages.parts.ledger.table import read_ledger
from pages.parts.traces.views import Traced, trace_of
from pages.shared.choices import begun_periods, choice_of
from pages.shared.reads import Reads
from pages.shared.wording import percent
from tests.app.conftest import Open
from tests.app.looping import every_word
from tests.app.marks import Draw, Mark, draw
from tests.support.finding import some
from tests.unit.structure import source
from tracking.charts.look import points
from tracking.figures.indicators import GROUPINGS, Headline
from tracking.figures.vintages import Vintage
from tracking.messages import catalogue, text
from tracking.traces import TracedFigure
from tracking.vocabulary import Language, Light

__all__ = ["draw"]
ZH = Language.ZH_CN
# The lines of a hover text that a headline gives too.
LINES = ("completion", "weighted", "expected", "deviation", "units", "tasks")
PLACE, FOUR = "华东", "东部"
VIEWS = [
    {"grouping": grouping, "view": view, "tree": tree}
    for grouping in GROUPINGS
    for view in ("units", "provinces")
    for tree in ("day", "today")
]
FIGURES = [
    *(("region", view) for view in VIEWS),
    ("region", {"grouping": "region_four", "region": FOUR}),
    ("region", {"region": PLACE, "view": "provinces", "measure": "3"}),
    ("region", {"unit": "11"}),
    ("region", {"unit": "11", "view": "provinces"}),
    ("overview", {}),
    ("overview", {"region": PLACE}),
    ("overview", {"measure": "3", "period": "7"}),
    ("overview", {"area": "2"}),
    ("overview", {"grouping": "region_four", "region": FOUR}),
    ("measure", {"measure": "3"}),
    ("measure", {"measure": "4", "grouping": "region_four", "region": FOUR, "view": "provinces"}),
    ("measure", {"measure": "3", "unit": "11"}),
    ("comparison", {"group": "all"}),
    ("comparison", {"group": "all", "measure": "3"}),
    ("changes", {}),
    ("coverage", {}),
    ("coverage", {"measure": "4"}),
    ("coverage", {"region": PLACE, "area": "2"}),
]


def hover_lines(head: Headline) -> dict[str, str]:
    """The lines that a mark of these figures has on hover."""
    values = {
        "completion": {"completion_permille": percent(head.completion_permille)},
        "weighted": {"done": f"{head.done / 10_000:.1f}", "weight_tenths": f"{head.weight_tenths / 10:.1f}"},
        "expected": {"expected_permille": percent(head.expected_permille)},
        "deviation": {"deviation_permille": points(head.deviation_permille)},
        "units": {"units": head.units, "units_total": head.units_total},
        "tasks": {"tasks": head.tasks},
    }
    return {line: text(f"chart.hover_{line}", ZH, **said) for line, said in values.items()}


def shape_of(line: str) -> re.Pattern[str]:
    """How a line of a hover text reads, whatever its figures."""
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(catalogue(ZH)[f"chart.hover_{line}"])))


SHAPES = {line: shape_of(line) for line in LINES}


def count_said(mark: Mark, count: int) -> str:
    """How a mark of the lights words its count: suspended tasks are named beside the others."""
    return f">另有 {count} 项" if mark.keys[0] == Light.SUSPENDED else f">{count} 项"


class Target:
    """What the page that a mark leads to shows, read as that page reads its address."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store, self.query = store, dict[str, str]()
        for module in (figures_asked, ledger_asked):
            monkeypatch.setattr(module, "asked_number", self._number)
        monkeypatch.setattr(figures_asked, "asked", lambda name: self.query.get(name))  # noqa: PLW0108 -- the query changes

    def _number(self, name: str) -> int | None:
        return int(self.query[name]) if self.query.get(name, "").isdecimal() else None

    def at(self, mark: Mark) -> tuple[Reads, Any]:
        """The reads of that page, and its extract."""
        self.query = mark.address
        known = clock.today() if "as_of" not in self.query else date.fromisoformat(self.query["as_of"])
        past = None if known == clock.today() else known
        reads = Reads(self.store, NATION, self.store.table_versions(), known, past)
        periods = begun_periods(reads, 1)
        chosen = int(self.query.get("period", periods["period_id"].iloc[0]))
        choice = replace(choice_of(periods, 1, chosen, reads.today), vintage=Vintage(past))
        summed = mark.lead is not None and mark.lead[0] in {"overview", "ledger"}
        return reads, asked_extract(reads, choice, but=SUMMED if summed else ())

    def figure(self, mark: Mark) -> None:
        """The mark's lines are those of the headline."""
        reads, extract = self.at(mark)
        lines = hover_lines(reads.made(headline_of, extract))
        said = {
            line: part
            for part in mark.said.replace("<extra></extra>", "").split("<br>")
            for line in LINES
            if SHAPES[line].fullmatch(part)
        }
        assert "completion" in said, mark
        assert said == {line: lines[line] for line in said}, mark

    def dot(self, mark: Mark) -> None:
        """A dot of what changed says one percentage."""
        reads, extract = self.at(mark)
        assert percent(reads.made(headline_of, extract).completion_permille) in mark.said, mark

    def lines(self, mark: Mark) -> None:
        """The mark's count is that of the ledger's lines."""
        reads, extract = self.at(mark)
        selection = LedgerSelection(
            extract,
            asked_action(reads, extract),
            self.query.get("light"),  # type: ignore[arg-type]  # a light
            tag_id=int(self.query["tag"]) if "tag" in self.query else None,
        )
        counts = read_ledger(reads, selection)[1]
        if mark.key in {"coverage", "by_tag"}:
            assert counts.tasks == mark.keys[2 if mark.key == "coverage" else 3], mark
        else:
            assert count_said(mark, counts.lights[Light(mark.keys[0])]) in mark.said, (counts, mark)

    def light(self, mark: Mark) -> None:
        """The mark's count is that of the ledger's lines, or of the trace where no ledger adds up so."""
        if mark.lead is not None and mark.lead[0] == "ledger":
            self.lines(mark)
            return
        reads, extract = self.at(mark)
        value = trace_of(reads, Traced(TracedFigure(self.query["figure"]), extract)).value
        assert count_said(mark, int(value or 0)) in mark.said, (value, mark)


# How a mark of each picture is checked, by the key of the picture; others are read from the page itself.
CHECKED: Mapping[str, Callable[[Target, Mark], None]] = {
    **dict.fromkeys(("measures", "trend", "heat", "tiles", "units", "unit_measures", "dots"), Target.figure),
    **dict.fromkeys(("lights", "unit_lights"), Target.light),
    **dict.fromkeys(("coverage", "by_tag"), Target.lines),
    "changes": Target.dot,
}


@pytest.mark.parametrize(("page", "asked"), FIGURES, ids=str)
def test_every_mark_leads_to_the_figure_it_showed(
    page: str,
    asked: dict[str, str],
    draw: Draw,
    open_page: Open,
    sample: Store,
    monkeypatch: pytest.MonkeyPatch,
):
    marks = [mark for mark in some(draw(page, **asked)) if mark.lead is not None]
    with monkeypatch.context() as patched:
        target = Target(sample, patched)
        for mark in some(marks):
            CHECKED[mark.key](target, mark)
    # The pages themselves, once a picture: their pickers agree with the address.
    for mark in {mark.key: mark for mark in marks}.values():
        seen = open_page(mark.lead[0] if mark.lead else "", "member", **mark.address)
        assert [error.message for error in seen.exception] == []
        if mark.lead and mark.lead[0] in {"measure", "region", "overview"} and "—" not in mark.said:
            assert seen.metric[0].value in mark.said, mark
        elif mark.lead and mark.lead[0] == "ledger":
            assert every_word(seen)


def numbers(words: str) -> list[int]:
    """Every whole number of a text."""
    return [int(found) for found in re.findall(r"(?<![\d.-])\d+(?![\d.-])", words)]


def _submission(mark: Mark, seen: AppTest) -> bool:
    """The page says of the unit and period what the cell said: asked, on time or late, missing, returned, in work."""
    asked, on_time, late, missing, returned, in_work = numbers(mark.said.split("<br>")[2])[:6]
    said = re.search(
        r"应报送 (\d+) .*?已报送 (\d+) .*?逾期 (\d+) .*?未报 (\d+) .*?退回未改 (\d+) .*?在办 (\d+)",
        every_word(seen),
    )
    return said is not None and [*map(int, said.groups())] == [
        asked,
        on_time + late,
        late,
        missing,
        returned,
        in_work,
    ]


def _ageing(mark: Mark, seen: AppTest) -> bool:
    """The units hold between them what the cell counted."""
    held = next(table.value for table in seen.dataframe if mark.keys[1] in table.value)
    return int(held[mark.keys[1]].sum()) == int(re.findall(r"：(\d+) 件", mark.said)[0])


def _total(mark: Mark, seen: AppTest) -> bool:
    """The list has as many lines as the part counted."""
    return re.findall(r"共 (\d+) ", every_word(seen))[0] == str(mark.keys[3])


def _moves(mark: Mark, seen: AppTest) -> bool:
    """The register has as many moves of that cause as the bar said."""
    granted, amended = re.findall(r"(\d+) 次", mark.said)
    return seen.metric[0].value.split()[0] == (granted if mark.keys[1] == "extension" else amended)


def _task(mark: Mark, seen: AppTest) -> bool:
    """The sheet of the task says its completion, or holds the milestone."""
    return f"完成率 {seen.metric[0].value}" in mark.said or "完成率" not in mark.said


def _country(mark: Mark, seen: AppTest) -> bool:
    """The page of the country says the count of the part."""
    said = {metric.label: metric.value for metric in seen.metric}
    return said[text(f"column.{mark.keys[1]}", ZH)] == str(mark.keys[3])


def _action(mark: Mark, seen: AppTest) -> bool:
    """The ledger has as many tasks in force as the bar."""
    (tasks,) = (line for line in mark.said.split("<br>") if SHAPES["tasks"].fullmatch(line))
    return re.findall(r"\*\*(\d+) 项", every_word(seen))[:1] == [str(numbers(tasks)[0])]


def _obligation(mark: Mark, seen: AppTest) -> bool:
    """The page is about the unit: its entries, its posts, its plan or the year in which it has none."""
    unit = mark.said.removeprefix("<b>").split(" · ")[0]
    return unit in every_word(seen) or any(str(unit) in str(picker.options) for picker in seen.selectbox)


READ = [
    ("submissions", {}, "matrix_0", _submission),
    ("submissions", {"region": PLACE}, "matrix_0", _submission),
    ("submissions", {}, "ageing", _ageing),
    ("urging", {}, "open_slips", _total),
    ("difficulties", {}, "open_difficulties", _total),
    ("country", {}, "countries", _country),
    ("extensions", {"show": "register"}, "moves", _moves),
    ("extensions", {"show": "register", "cause": "amendment"}, "moves", _moves),
    ("work_plan", {"revision": "11", "show": "timeline"}, "timeline", _task),
    ("obligations", {}, "obligations", _obligation),
    ("measure", {"measure": "4", "by": "action"}, "by_action", _action),
]


def has_something(mark: Mark) -> bool:
    """Whether the mark can be seen: a part of nought has no width."""
    counted = {"open_slips": 3, "open_difficulties": 3, "countries": 3}
    if mark.key == "moves":
        granted, amended = re.findall(r"(\d+) 次", mark.said)
        return (granted if mark.keys[1] == "extension" else amended) != "0"
    if mark.key == "by_action":
        return mark.lead is not None  # tasks without an action have no list of their own
    if mark.key == "ageing":
        return "：0 件" not in mark.said
    return mark.key not in counted or bool(mark.keys[counted[mark.key]])


@pytest.mark.parametrize(
    ("page", "asked", "key", "agrees"), READ, ids=lambda given: getattr(given, "__name__", str(given))
)
def test_the_page_a_mark_leads_to_says_what_it_said(
    page: str,
    asked: dict[str, str],
    key: str,
    agrees: Callable[[Mark, AppTest], bool],
    draw: Draw,
    open_page: Open,
):
    marks = [mark for mark in some(draw(page, **asked)) if mark.key == key and has_something(mark)]
    # From all over the picture: each is a run of a page.
    for mark in some(marks)[:: max(1, len(marks) // 4)]:
        assert mark.lead is not None
        seen = open_page(mark.lead[0], "member", **mark.address)
        assert [error.message for error in seen.exception] == []
        assert agrees(mark, seen), (mark, every_word(seen))


def test_a_bar_of_a_tag_leads_to_the_lines_with_it(sample: Store, draw: Draw, open_page: Open):
    with sample.write(None) as tx:
        of_measure = select(TaskRevision).join(Task, Task.revision_id == TaskRevision.id)
        for said in tx.session.scalars(of_measure.where(Task.measure_id == 4, Task.in_force)):
            said.tags = (1,)
        tx.audit("plant", said)
    (mark,) = (mark for mark in draw("measure", measure="4") if mark.key == "by_tag")
    assert mark.lead is not None
    seen = open_page(mark.lead[0], "member", **mark.address)
    assert re.findall(r"\*\*(\d+) 项", every_word(seen))[0] == str(mark.keys[3])


def test_every_picture_of_the_pages_is_looked_at():
    keys = {
        "".join(part for part in _parts(keyword.value))
        for path in source.files("pages")
        for call in source.calls(source.tree_of(path))
        if source.name_of(call) == "picture" and {"leads"} <= {keyword.arg for keyword in call.keywords}
        for keyword in call.keywords
        if keyword.arg == "key"
    }
    looked_at = {*CHECKED, "by_tag", *(key.removesuffix("0") for _, _, key, _ in READ)}
    assert some(keys, least=15)
    assert keys - looked_at == set()


def _parts(key: ast.expr) -> list[str]:
    """The fixed words of a key."""
    words = key.values if isinstance(key, ast.JoinedStr) else [key]
    return [str(word.value) for word in words if isinstance(word, ast.Constant)]
