"""Every figure on paper is the API's at the same as-of time: read as a stranger would who has the paper and a token."""

from datetime import date
from pathlib import Path

import pytest

from db.accounts.sign_in_actions import sign_in
from db.attestations.actions import attest_period, attest_plan
from db.briefings.actions import make_briefing
from db.briefings.material import BriefingRequest
from db.identity import SignedIn
from db.seed import DEMO_PASSWORD
from db.store import Store
from server.api.limits import Limiter
from tests.support.databases import SqliteFiles
from tests.support.papers import Asked, Extract, item_of, lines_of, share, tables_of
from tests.support.templates import sample_store
from tests.unit.server.api.conftest import Program, application, token_of
from tracking.documents.attestation import Printed, attestation_document
from tracking.documents.briefing import briefing_document
from tracking.vocabulary import BriefingKind, Language

ZHEJIANG = "浙江"
SHAPES = {"red": "■ 滞后", "amber": "▲ 预警", "green": "● 正常"}


@pytest.fixture
def store(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    return sqlite_files.fresh(sample_store, tmp_path / "data")


def somebody(store: Store, name: str) -> SignedIn:
    return sign_in(store, sign_in_name=name, password=DEMO_PASSWORD)[1]


def program(store: Store, tmp_path: Path, name: str) -> Program:
    app = application(store, tmp_path, Limiter(rate=1e6, burst=1e6))
    return Program(app, token_of(store, somebody(store, name)))


def asked(store: Store, tmp_path: Path, name: str) -> Asked:
    token = program(store, tmp_path, name)
    return Asked(token.rows, lambda path: token.get(path).json())


def word(store: Store, ask: Asked, wanted: BriefingRequest) -> bytes:
    """The Word file of a briefing drafted now."""
    period_id, language = ask.period["period_id"], Language.ZH_CN
    made = make_briefing(store, by=None, period_id=period_id, wanted=wanted, language=language)
    return briefing_document(
        made["content"], on=date(2026, 1, 1), issued=True, kind=wanted.kind, language=language
    )


def test_every_figure_of_a_briefing_is_the_api_s(store: Store, tmp_path: Path):
    ask = asked(store, tmp_path, "member")
    units = [unit["unit_id"] for unit in ask.units]
    measures = [measure["measure_id"] for measure in ask.measures]
    east = [unit["unit_id"] for unit in ask.units if unit["region_seven"] == "华东"]
    (own,) = (unit["unit_id"] for unit in ask.units if unit["short_name"] == ZHEJIANG)
    for wanted, of, on in (
        (BriefingRequest(BriefingKind.CIRCULAR), units, measures),
        (BriefingRequest(BriefingKind.BRIEF, region="华东"), east, measures),
        (BriefingRequest(BriefingKind.UNIT_SHEET, unit_id=own), [own], measures),
        (BriefingRequest(BriefingKind.MEASURE_SHEET, measure_id=measures[2]), units, [measures[2]]),
    ):
        content = word(store, ask, wanted)
        extract = Extract(ask, wanted.kind, of, on)
        title, opening, *lines = lines_of(content)
        assert lines == extract.lines(), wanted.kind
        assert f"{ask.period['year']}年" in title
        assert opening.endswith(f"数据截至{ask.day}。")
        late, timely = tables_of(content)
        assert late == [row_of(ask, task) for rows in extract.behind().values() for task in rows][:300]
        counted = sum(int(row[name]) for row in timely for name in ("超序时", "按序时"))
        assert counted == sum(len(row["任务序号"].split("、")) for row in timely)


def row_of(ask: Asked, task: dict) -> dict[str, str]:
    line = ask.ledger[task["task_id"]]
    figures = {"完成率": f"{line['completion']:.1f}%", "序时进度": f"{line['expected']:.1f}%"}
    head = {"单位": task["unit_name"], "序号": item_of(task), "工作任务": task["title"]}
    return {**head, **figures, "亮灯": SHAPES[line["light"]]}


def test_every_figure_of_a_sign_off_page_is_the_api_s(store: Store, tmp_path: Path):
    officer = somebody(store, "zhejiang.officer")
    token = program(store, tmp_path, "zhejiang.officer")
    periods = token.rows("/periods")
    period = next(one for one in periods if one["status"] == "closed")
    (plan,) = (one for one in token.rows("/plans", year=period["year"]) if one["status"] == "filed")
    revision = token.get(f"/plans/revisions/{plan['revision_id']}").json()
    reports = token.rows("/reports", period_id=period["period_id"])
    weights = {task["task_id"]: task["weight_tenths"] for task in revision["tasks"]}
    names = {measure["measure_id"]: measure["number"] for measure in token.rows("/measures")}
    of = {task["task_id"]: names[task["measure_id"]] for task in revision["tasks"]}

    granted = {one["task_id"]: one["due_on"] for one in token.rows("/tasks", period_id=period["period_id"])}

    totals, rows = page_of(attest_plan(store, by=officer, revision_id=plan["revision_id"]))
    for row in rows:
        own = [task for task in revision["tasks"] if of[task["task_id"]] == number_of(row)]
        assert (int(row["任务数"]), int(row["节点"])) == (
            len(own),
            sum(len(one["milestones"]) for one in own),
        )
        assert float(row["权重"]) * 10 == sum(task["weight_tenths"] for task in own)
        assert int(row["指标"]) == sum(len({aim["indicator_id"] for aim in one["targets"]}) for one in own)
        assert row["最晚时限"] == max(granted.get(task["task_id"], task["due_on"]) for task in own)
    assert f"任务 {len(revision['tasks'])} 项" in totals

    page = attest_period(store, by=officer, authority_id=plan["authority_id"], period_id=period["period_id"])
    before = {
        one["task_id"]: one["completion_permille"]
        for one in token.rows("/tasks", period_id=period["period_id"])
    }

    def completion_of(report: dict) -> int:
        """Of a task that was not reported, what was accepted before."""
        return report["completion_permille"] if report["status"] else before[report["task_id"]]

    totals, rows = page_of(page)
    for row in rows:
        own = [report for report in reports if of[report["task_id"]] == number_of(row)]
        accepted = [report for report in own if report["status"] == "accepted"]
        reported = [report for report in own if report["status"]]
        assert [int(row[name]) for name in ("任务数", "已填报", "已采纳")] == [
            len(own),
            len(reported),
            len(accepted),
        ]
        weighed = sum(weights[one["task_id"]] for one in own)
        done = sum(weights[one["task_id"]] * min(completion_of(one), 1000) for one in own)
        assert row["完成率"] == share(done / 1000, weighed)
    assert f"任务 {len(reports)} 项" in totals
    assert page.made_by_id == officer.officer_id


def page_of(page) -> tuple[str, list[dict[str, str]]]:
    """The totals of a page, and its rows, one a measure."""
    printed = Printed(page.kind, page.content, page.code, "", page.made_at)
    content = attestation_document(printed, language=Language.ZH_CN)
    facts, rows, *_ = tables_of(content)
    return list(facts[-1].values())[1], rows


def number_of(row: dict[str, str]) -> int:
    return int(row["举措"].split()[0])
