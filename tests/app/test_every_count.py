"""Every count everywhere: pages, files, papers and the API say the same of one store, and it is what the tables hold."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import Session, col, select
from streamlit.testing.v1 import AppTest

from db import clock
from db.authorities.scope import NATION
from db.briefings.material import BriefingRequest, drafted
from db.coverage.queries import measure_cells_frame
from db.ledger.exports import LedgerFilter, export_ledger
from db.ledger.files import CSV, WORKBOOK, File, extract_of
from db.obligations.queries import obligation_facts_frame
from db.reference.queries import units_frame
from db.store import Store
from db.tables import Authority, PlanRevision, ProgressUpdate, Task, WorkPlan
from server.api.limits import Limiter
from tests.app.acting import words
from tests.app.conftest import Open
from tests.app.looping import period_of, person
from tests.app.marks import Draw, draw
from tests.support.finding import some
from tests.support.years import this_year
from tests.unit.server.api.conftest import Program, application, token_of
from tracking.palette import SHAPES
from tracking.vocabulary import BriefingKind, Language, Light, PlanStatus, TaskStatus, UpdateStatus

__all__ = ["draw"]
ZH = Language.ZH_CN
Counts = dict[str, Any]
LEFT = (UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED)
SENTENCE = re.compile(
    r"(?P<units_total>\d+) 家单位中 (?P<units>\d+) 家有任务，\*\*(?P<units_reported>\d+) 家\*\*已报送.*?"
    r"(?P<units_complete>\d+) 家全部报齐.*?(?P<without_plan>\d+) 家单位尚无已备案的工作计划：(?P<names>.*?)。"
)
LEDGER = re.compile(
    r"任务 \*\*(?P<tasks>\d+) 项\*\*(?:（另有中止 (?P<suspended>\d+) 项）)?，涉及 (?P<units>\d+) 家"
)
BRIEFING = re.compile(
    r"应报单位(?P<units_total>\d+)家，有任务的(?P<units>\d+)家；已报送本期进展的(?P<units_reported>\d+)家，"
    r"其中全部报送的(?P<units_complete>\d+)家。\s*尚无已备案工作计划的(?P<without_plan>\d+)家：(?P<names>.*?)。"
    r"\s*在册任务(?P<tasks>\d+)项.*?中止任务(?P<suspended>\d+)项",
    re.DOTALL,
)


@pytest.fixture
def held(sample: Store) -> Counts:
    """The counts of the period under way, from the tables and the definition alone."""
    with sample.read() as session:
        return _held(session, period_of(sample), this_year(sample))


def _held(session: Session, period_id: int, year: int) -> Counts:
    filed = session.scalars(select(Task).where(Task.year == year, col(Task.in_force))).all()
    tasks = [task for task in filed if task.status is not TaskStatus.SUSPENDED]
    standing = col(Authority.official_order).is_not(None), col(Authority.dissolved_on).is_(None)
    units = session.scalars(select(Authority).where(*standing)).all()
    told = select(ProgressUpdate.task_id).where(
        ProgressUpdate.period_id == period_id, col(ProgressUpdate.status).in_(LEFT)
    )
    reported = {*session.scalars(told), *(task.id for task in tasks if task.status is TaskStatus.COMPLETED)}
    owed: dict[int, list[bool]] = {}
    for task in tasks:
        owed.setdefault(task.unit_id, []).append(task.id in reported)
    plans = select(WorkPlan.authority_id).join(PlanRevision, col(PlanRevision.plan_id) == WorkPlan.id)
    plans = plans.where(PlanRevision.status == PlanStatus.FILED, WorkPlan.year == year)
    planned = {task.unit_id for task in filed} | set(session.scalars(plans))
    without = [
        unit for unit in sorted(units, key=lambda unit: unit.official_order or 0) if unit.id not in planned
    ]
    return {
        "tasks": len(tasks),
        "suspended": len(filed) - len(tasks),
        "units": len(owed),
        "units_total": len(units),
        "units_reported": sum(map(any, owed.values())),
        "units_complete": sum(map(all, owed.values())),
        "without_plan": len(without),
        "names": "、".join(unit.short_name for unit in without),
    }


def found_in(pattern: re.Pattern[str], text: str) -> Counts:
    """What a text says, numbers as numbers."""
    found = pattern.search(text)
    assert found is not None, text
    said = found.groupdict(default="0")
    return {name: int(value) if value.isdecimal() else value for name, value in said.items()}


def tiles(seen: AppTest) -> Counts:
    """What the figures of a page say."""
    shown = {metric.label: (metric.value, metric.delta) for metric in seen.metric}
    tasks, suspended = (int(re.sub(r"\D", "", value)) for value in shown["在册任务"])
    reported, complete = shown["已报送单位"]
    units_reported, units_total = map(int, re.findall(r"\d+", reported))
    return {
        "tasks": tasks,
        "suspended": suspended,
        "units_reported": units_reported,
        "units_total": units_total,
        "units_complete": int(re.sub(r"\D", "", complete)),
    }


def of_units(seen: AppTest) -> Counts:
    """What a table with a row a unit adds up to."""
    rows = seen.dataframe[-1].value
    return {"tasks": rows["tasks"].sum(), "units": (rows["tasks"] > 0).sum()}


def of_lights(counts: Mapping[Any, int]) -> Counts:
    """Tasks by light, the suspended beside the others."""
    suspended = counts.get(Light.SUSPENDED, 0)
    return {"tasks": sum(counts.values()) - suspended, "suspended": suspended}


def exported(store: Store, file: File) -> list[dict[str, Any]]:
    """The lines of the ledger in a file."""
    by, where = person(store, "member"), LedgerFilter()
    export = export_ledger(store, by=by, period_id=period_of(store), where=where, file_format=file.ending)
    content = b"".join(file.parts(extract_of(store, export, where, ZH)))
    if file is CSV:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        rows = [[*row] for row in openpyxl.load_workbook(io.BytesIO(content)).active.values]
    head = next(row for row in rows if "亮灯" in row)
    lines = rows[rows.index(head) + 1 :]
    return [
        dict(zip(head, line, strict=False))
        for line in some(lines)
        if len(line) == len(head) and line[head.index("亮灯")]
    ]


def by_light(lines: list[dict[str, Any]]) -> Counts:
    """The lines of a file by the shape of their light."""
    shapes = [str(line["亮灯"])[0] for line in lines]
    return of_lights({light: shapes.count(shape) for light, shape in SHAPES.items()})


def of_api(store: Store, folder: Path) -> Counts:
    """What the API says."""
    answer = program_of(store, folder).get("/figures/overview").json()["overall"]
    return {
        name: answer[name]
        for name in ("tasks", "suspended", "units", "units_total", "units_reported", "units_complete")
    }


def program_of(store: Store, folder: Path) -> Program:
    """A program that asks in the name of a member."""
    limiter = Limiter(rate=1e6, burst=1e6)
    return Program(application(store, folder, limiter), token_of(store, person(store, "member")))


def of_frames(store: Store) -> dict[str, Counts]:
    """What the pages of coverage and of obligations are made of."""
    asked: dict[str, Any] = {"notice_id": 1, "year": this_year(store), "on": clock.today()}
    cells = measure_cells_frame(store, NATION, **asked)
    facts = obligation_facts_frame(store, NATION, **asked)
    missing = facts[facts["plan_filed_on"].isna()]["short_name"]
    return {
        "coverage": {"tasks": cells["tasks"].sum(), "units": cells["unit_id"].nunique()},
        "obligations": {"units_total": len(facts), "without_plan": len(missing), "names": "、".join(missing)},
    }


def test_every_count_is_the_same_everywhere(
    held: Counts, open_page: Open, draw: Draw, sample: Store, tmp_path: Path
):
    overview, home = open_page("overview", "member"), open_page("home", "member")
    lights = {mark.keys[0]: mark for mark in draw("overview") if mark.key == "lights"}
    submissions = re.search(r"应报送的 (\d+) 个单位", words(open_page("submissions", "member")))
    ledger = open_page("ledger", "member")
    briefing = drafted(
        sample, period_id=period_of(sample), wanted=BriefingRequest(BriefingKind.CIRCULAR), language=ZH
    )
    trace = open_page("trace", "member", figure="tasks")
    said: dict[str, Counts] = {
        "overview, sentence": found_in(SENTENCE, words(overview)),
        "overview, figures": tiles(overview),
        "overview, table": of_units(overview),
        "overview, lights": of_lights(
            {key: int(re.findall(r"(\d+) 项", mark.said)[0]) for key, mark in lights.items()}
        ),
        "home, sentence": found_in(SENTENCE, words(home)),
        "home, figures": tiles(home),
        "ledger, sentence": found_in(LEDGER, words(ledger)),
        "ledger, table": by_light(
            ledger.dataframe[0].value.rename(columns={"light": "亮灯"}).to_dict("records")
        ),
        "trace": {"tasks": trace.dataframe[0].value["tasks"].sum()},
        "submissions": {"units": int(submissions[1]) if submissions else None},
        "briefing, text": found_in(BRIEFING, briefing["content"]["sections"]["overall"]),
        "briefing, figures": {name: briefing["figures"][name]["value"] for name in held if name != "names"},
        "csv": by_light(exported(sample, CSV)),
        "workbook": by_light(exported(sample, WORKBOOK)),
        "api": of_api(sample, tmp_path),
        **of_frames(sample),
    }
    for view in ({"view": "units"}, {"grouping": "region_four"}):
        seen = open_page("region", "member", **view)
        said |= {
            f"region {view}, figures": tiles(seen),
            f"region {view}, sentence": found_in(SENTENCE, words(seen)),
        }
        said[f"region {view}, table"] = of_units(seen)
    wrong = {
        place: {name: (value, held[name]) for name, value in counts.items() if value != held[name]}
        for place, counts in said.items()
    }
    assert {place: counts for place, counts in wrong.items() if counts} == {}
    assert all(held.values()), "the sample has some of each"


def named_without_plan(said: str) -> tuple[int, str] | None:
    """How many units a text says are without a plan, and which."""
    found = re.search(r"(\d+) 家单位尚无已备案的工作计划：(.*?)[。；]", said)
    return found and (int(found[1]), found[2])


def test_every_place_names_the_units_without_a_plan(
    held: Counts, open_page: Open, sample: Store, tmp_path: Path
):
    asked = {"measure": "4"}
    pages = {"overview": {}, "region": {}, "measure": asked, "coverage": asked, "submissions": {}}
    pages |= {"home": {}, "comparison": {"group": "all"}}
    seen = {name: open_page(name, "member", **where) for name, where in pages.items()}
    expected = (held["without_plan"], held["names"])
    assert {name: named_without_plan(words(page)) for name, page in seen.items()} == dict.fromkeys(
        seen, expected
    )
    for name in ("overview", "region", "measure", "home"):
        (tile,) = (metric for metric in seen[name].metric if metric.label == "已报送单位")
        assert tile.proto.delta_description == f"全部报齐；{expected[0]} 家无计划", name
    for name in ("overview", "region"):
        marked = [unit for unit in seen[name].dataframe[-1].value["unit"] if "（未编制计划）" in unit]
        assert "、".join(unit.removesuffix("（未编制计划）") for unit in marked) == held["names"]
    names = units_frame(sample).set_index("unit_id")["short_name"]
    answer = program_of(sample, tmp_path).get("/figures/overview").json()
    assert "、".join(names[answer["without_plan"]]) == held["names"]


def test_a_measure_says_of_its_tasks_what_the_ledger_says(open_page: Open):
    for measure in ("1", "6"):
        shown = tiles(open_page("measure", "member", measure=measure))
        ledger = found_in(LEDGER, words(open_page("ledger", "member", measure=measure)))
        assert (shown["tasks"], shown["suspended"]) == (ledger["tasks"], ledger["suspended"])


@pytest.mark.usefixtures("ordinary_day")
def test_a_rise_is_green_only_where_the_gap_to_schedule_closes_and_never_red(open_page: Open, sample: Store):
    colours = set()
    for period in ("8", "7", "6", "4", "3", "2"):
        completion = open_page("overview", "member", period=period).metric[0]
        gap = float(
            re.findall(r"偏差变化 ([+−-]\d+\.\d)", completion.proto.delta_description)[0].replace("−", "-")
        )
        shown = completion.proto.MetricColor.Name(completion.proto.color)
        change = float(completion.delta.split()[0].replace("−", "-"))
        both = min(change, gap) > 0, max(change, gap) < 0
        assert shown == {(True, False): "GREEN", (False, True): "RED"}.get(both, "GRAY"), period
        colours.add((shown, change > 0, gap > 0))
    assert ("GRAY", True, False) in colours, "completion rose and the gap widened"
