"""From a province down to its cities, and a city's report up through its province, on the pages."""

from datetime import date

import pytest

from db import clock
from db.authorities.scope import NATION
from db.home.waiting import waiting_counts
from db.officers.queries import posts_frame
from db.plans import actions as plans
from db.store import Store
from db.tables import Authority, AuthorityParent, PlanRevision, ProgressUpdate, Task
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.app.looping import MEMBER, SIGNATORY, every_word, period_of, person, typed
from tests.support.levels import plan_sent_up, report_sent_up, staffed
from tests.support.trail import only, row
from tests.support.years import this_year
from tracking.validation import TaskDraft, UpdateDraft
from tracking.vocabulary import AuthorityKind, PlanStatus, Relation, UpdateStatus


@pytest.fixture
def city(sample: Store) -> int:
    """An invented city under Zhejiang, with a county beneath it."""
    above, keys = person(sample, SIGNATORY).authority_id, []
    with sample.write(None) as tx:
        for kind, name in ((AuthorityKind.CITY, "虚构市"), (AuthorityKind.COUNTY, "虚构县")):
            below = tx.add(
                Authority(code=name, code_standard="t", name=f"{name}局", short_name=name, kind=kind)
            )
            stands = {"authority_id": below.id, "parent_id": above, "relation": Relation.PART_OF}
            tx.audit("plant", tx.add(AuthorityParent(**stands, starts_on=date(2020, 1, 1))))
            keys.append(below.id)
            above = below.id
    return keys[0]


def test_a_city_goes_through_its_province_and_the_figures_go_down_to_it(
    open_page: Open, sample: Store, city: int
):
    staff, year = staffed(sample, city, "xugou"), this_year(sample)
    province = person(sample, SIGNATORY)
    posts = posts_frame(sample, NATION, on=clock.today(), authority_id=province.authority_id)
    task = TaskDraft(
        measure_id=1,
        title="组织市内企业参展",
        goal="全年",
        starts_on=date(year, 1, 1),
        due_on=date(year, 12, 31),
        post_id=int(posts["post_id"].iloc[0]),
        lead_unit="企业处",
    )
    before = waiting_counts(sample, by=province)["sign_off"]
    revision_id = plan_sent_up(sample, staff, task, year=year)
    assert waiting_counts(sample, by=province)["sign_off"] == before + 1
    assert "处 **0** 天" in every_word(open_page("work_plan", MEMBER, revision=str(revision_id)))
    seen = open_page("sign_off", SIGNATORY, revision=str(revision_id))
    assert "所属单位待审核上报：进展 **0** 项、计划 **1** 份" in words(seen)
    press(seen, "上报")
    assert row(sample, PlanRevision, revision_id).status is PlanStatus.SUBMITTED
    plans.file_plan(sample, by=person(sample, MEMBER), revision_id=revision_id)
    said = open_page("work_plan", MEMBER, revision=str(revision_id), show="revisions")
    assert "浙江" in words(said)
    task_id = only(sample, Task, authority_id=city).id
    draft = UpdateDraft(typed_permille=300, progress="已组织")
    update_id = report_sent_up(sample, staff, task_id, draft, period_of(sample))
    seen = open_page("sign_off", SIGNATORY, update=str(update_id))
    seen = press(seen, "退回")
    assert "原因" in every_word(seen)
    seen = press(typed(seen, "退回原因（退回时必填）", "请补充"), "退回")
    assert row(sample, ProgressUpdate, update_id).status is UpdateStatus.RETURNED
    again = report_sent_up(sample, staff, task_id, draft, period_of(sample))
    press(open_page("sign_off", SIGNATORY, update=str(again)), "上报")
    press(open_page("review", MEMBER, update=str(again)), "采纳")
    assert row(sample, ProgressUpdate, again).status is UpdateStatus.ACCEPTED
    assert "浙江" in words(open_page("task", MEMBER, task=str(task_id)))
    unit = {"unit": str(province.authority_id), "period": str(period_of(sample))}
    table = next(
        frame.value
        for frame in open_page("region", MEMBER, **unit).dataframe
        if "unit" in frame.value and "虚构市" in frame.value["unit"].tolist()
    )
    line = table.set_index("unit").loc["虚构市"]
    assert (line["tasks"], line["reported"], line["completion_permille"]) == (1, 1, 30)
    seen = open_page("region", MEMBER, **unit, beneath=str(city))
    assert seen.main.title[0].value == "虚构市局"
    assert "完成率 **30.0%**" in words(seen)
    assert "虚构县" in seen.dataframe[0].value["unit"].tolist()
