"""A plan as a paper: everything it says, for whoever may read it, a draft until it is filed."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest

from db.plans import actions as plans, task_actions
from db.plans.papers import export_plan_paper
from db.store import NotFound, Store
from tests.support.factories import (
    NORTH,
    YEAR,
    amended,
    at,
    draft_plan,
    fair_task,
    filed_plan,
    hand_in,
    people,
    small_country,
    typed_task,
)
from tests.support.trail import last_event
from tracking.documents.plan_paper import PlanPaper, plan_paper
from tracking.messages import Refusal
from tracking.validation import MilestoneDraft
from tracking.vocabulary import Language, PlanStatus

ON = date(YEAR, 1, 20)
STEP = MilestoneDraft(1, "签约", date(YEAR, 5, 1), 1000)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(ON):
        small_country(store)
        yield


def read(paper: PlanPaper, language: Language = Language.ZH_CN) -> docx.document.Document:
    return docx.Document(BytesIO(plan_paper(paper, on=ON, language=language)))


def head_of(paper: PlanPaper) -> str:
    return read(paper).sections[0].header.paragraphs[0].text


def test_a_filed_plan_says_all_that_its_tasks_say(store: Store):
    filed_plan(store, typed_task(2, milestones=(STEP,)), fair_task(liaison="李四"))
    paper = export_plan_paper(store, by=people().officer, revision_id=1)
    assert (paper.status, paper.is_draft, head_of(paper)) == (PlanStatus.FILED, False, "")
    document = read(paper)
    lines = [line.text for line in document.paragraphs if line.text]
    assert lines[0] == "北省主管部门\n落实专项行动2026年工作计划"
    assert [lines[place] for place in (2, 3, 4)] == ["工作目标", "年度目标", "工作任务"]
    assert [line for line in lines if line.startswith("举措")] == ["举措 1　举措1", "举措 2　举措2"]
    first, second = ([cell.text for cell in table.rows[1].cells] for table in document.tables)
    assert first[:3] == ["2", "组织参展\n年度目标：全年十场\n牵头单位：企业处", "2026-01-01\n2026-12-31"]
    assert first[3] == "展会：5 场（2026-06-30）\n展会：10 场（2026-12-31）"
    assert first[4].endswith("联络员：李四")
    assert second[3] == "1. 签约（2026-05-01，100%）"
    assert last_event(store).action == "export_plan"


@pytest.mark.parametrize("language", Language)
def test_a_plan_is_a_draft_until_it_is_filed(store: Store, language: Language):
    cast = people()
    revision_id = draft_plan(store, cast.officer)
    paper = export_plan_paper(store, by=cast.officer, revision_id=revision_id)
    words = "".join(line.text for line in read(paper, language).paragraphs)
    assert {Language.ZH_CN: "尚未列入任务。", Language.EN: "No task has been added yet."}[language] in words
    assert head_of(paper) == "草稿"
    assert paper.since == ON


def test_what_is_not_filled_in_yet_is_said(store: Store):
    cast = people()
    revision_id = plans.start_plan(store, by=cast.officer, notice_id=1, authority_id=NORTH, year=YEAR)
    bare = typed_task(1, post_id=None, goal="", lead_unit="")
    task_actions.add_task(store, by=cast.officer, revision_id=revision_id, draft=bare)
    paper = export_plan_paper(store, by=cast.officer, revision_id=revision_id)
    (task,) = paper.form.tasks
    undated = replace(task, draft=replace(task.draft, starts_on=None))
    document = read(replace(paper, form=replace(paper.form, tasks=[undated])))
    assert "尚未填写。" in [line.text for line in document.paragraphs]
    cells = [cell.text for cell in document.tables[0].rows[1].cells]
    assert cells == ["1", "任务1", "未定\n2026-12-31", "", "未定"]


def test_each_state_is_dated_by_the_day_it_began(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    with at(date(YEAR, 1, 25)):
        hand_in(store, cast, revision_id)
        plans.return_plan(store, by=cast.member, revision_id=revision_id, reason="补充")
    paper = export_plan_paper(store, by=cast.officer, revision_id=revision_id)
    assert (paper.status, paper.since) == (PlanStatus.RETURNED, date(YEAR, 1, 25))


def test_an_amendment_says_why(store: Store):
    filed_plan(store)
    revision_id = amended(store, 1, fair_task(title="组织参展二"))
    paper = export_plan_paper(store, by=people().member, revision_id=revision_id)
    assert "调整理由：展会改期" in [line.text for line in read(paper).paragraphs]


def test_a_draft_stays_inside_its_authority(store: Store):
    revision_id = draft_plan(store, people().officer)
    for by in (people().southerner, people().member):
        with pytest.raises(NotFound):
            export_plan_paper(store, by=by, revision_id=revision_id)


def test_an_administrator_takes_no_plan(store: Store):
    filed_plan(store)
    with pytest.raises(Refusal):
        export_plan_paper(store, by=people().administrator, revision_id=1)
