"""A province plans, reports and signs for a city beneath it, on the pages it uses for itself."""

from datetime import date

import pytest

from db import clock
from db.authorities.scope import NATION, scope_of
from db.home.queries import waiting
from db.home.waiting import waiting_counts
from db.officers.queries import posts_frame
from db.plans import actions as plans, task_actions
from db.store import Store
from db.tables import Authority, AuthorityParent
from db.updates import actions as updates
from db.updates.queries import report_items
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.app.looping import MEMBER, OFFICER, SIGNATORY, every_word, lines_of, period_of, person, typed
from tests.support.years import this_year
from tracking.validation import TaskDraft
from tracking.vocabulary import AuthorityKind, Relation, UpdateStatus


@pytest.fixture
def city(sample: Store) -> int:
    """An invented city under Zhejiang, where nobody works for us."""
    province_id = person(sample, OFFICER).authority_id
    with sample.write(None) as tx:
        kind = AuthorityKind.CITY
        below = tx.add(
            Authority(code="x", code_standard="t", name="虚构市局", short_name="虚构市", kind=kind)
        )
        stands = {"authority_id": below.id, "parent_id": province_id, "relation": Relation.PART_OF}
        tx.audit("plant", tx.add(AuthorityParent(**stands, starts_on=date(2020, 1, 1))))
        return below.id


def file_its_plan(store: Store, city: int) -> None:
    """The city's plan of one task, by its province's people; the post is the province's."""
    officer, signatory, member = (person(store, name) for name in (OFFICER, SIGNATORY, MEMBER))
    posts = posts_frame(store, NATION, on=clock.today(), authority_id=officer.authority_id)
    year, by = this_year(store), {"by": officer}
    revision_id = plans.start_plan(store, **by, notice_id=1, authority_id=city, year=year)
    plans.save_goals(store, **by, revision_id=revision_id, row_version=1, goals="年度目标")
    task = TaskDraft(
        measure_id=1,
        title="组织市内企业参展",
        goal="全年",
        starts_on=date(year, 1, 1),
        due_on=date(year, 12, 31),
        post_id=int(posts["post_id"].iloc[0]),
        lead_unit="企业处",
    )
    task_actions.add_task(store, **by, revision_id=revision_id, draft=task)
    plans.request_plan_sign_off(store, **by, revision_id=revision_id)
    plans.sign_off_plan(store, by=signatory, revision_id=revision_id)
    plans.submit_plan(store, **by, revision_id=revision_id)
    plans.file_plan(store, by=member, revision_id=revision_id)


def test_a_province_reports_and_signs_for_a_city_beneath_it(open_page: Open, sample: Store, city: int):
    before = waiting_counts(sample, by=person(sample, OFFICER))["report"]
    begun = open_page("work_plan", OFFICER)
    assert next(box for box in begun.main.selectbox if box.label == "下级单位").options == ["虚构市"]
    file_its_plan(sample, city)
    officer = person(sample, OFFICER)
    assert waiting_counts(sample, by=officer)["report"] == before + 1
    seen = open_page("report", OFFICER)
    picker = next(box for box in seen.main.selectbox if box.label == "单位")
    assert [option.partition("（")[0] for option in picker.options] == ["浙江", "虚构市"]
    assert picker.options[1].endswith("（待填报 1 项，共 1 项）")
    seen = picker.select(str(city)).run()
    assert seen.query_params["authority"] == str(city)
    assert lines_of(seen) == ["1　组织市内企业参展"]
    assert "浙江" in every_word(seen)
    seen = typed(typed(seen, "累计完成", "30"), "本期进展", "已组织")
    asked = {"authority_id": city, "period_id": period_of(sample)}
    fetch = open_page("import_ledger", OFFICER, authority=str(city)).main.get("link_button")[0]
    assert fetch.proto.url.endswith(f"&authority={city}")
    seen = press(seen, "保存草稿")
    (item,) = report_items(sample, scope_of(sample, officer), **asked)
    assert item.draft.progress == "已组织"
    updates.request_update_sign_off(sample, by=officer, update_ids=[item.update.id])
    seen = open_page("sign_off", SIGNATORY)
    assert lines_of(seen) == ["虚构市 1　组织市内企业参展"]
    kinds = {line.kind for line in waiting(sample, NATION, person(sample, SIGNATORY))}
    assert "updates_to_sign" in kinds
    press(seen, "审签")
    (item,) = report_items(sample, scope_of(sample, officer), **asked)
    assert item.update.status is UpdateStatus.SIGNED_OFF
    assert "虚构市" in words(open_page("task", OFFICER, task=str(item.task.id)))


def test_who_has_nobody_beneath_sees_nothing_of_it(open_page: Open):
    for page, who in (("report", "ningbo.officer"), ("sign_off", "ningbo.signatory")):
        assert "单位" not in [box.label for box in open_page(page, who).main.selectbox]
