"""A store with two notices: a page is of the one that is chosen, or of both and names each; nothing mixes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from db.authorities.scope import scope_of
from db.home.queries import waiting
from db.home.waiting import waiting_counts
from db.identity import SignedIn
from db.periods.queries import periods_frame
from db.reference.queries import indicators_frame
from db.reference.shares import shares_frame
from db.store import Store
from db.thresholds.preview import lights_today
from db.updates import actions as updates
from db.updates.queries import ReportItem
from pages.parts.updates.list import stage_of
from pages.shared.reads import Reads
from tests.app.acting import press
from tests.app.conftest import Open
from tests.app.looping import (
    MEMBER,
    OFFICER,
    SIGNATORY,
    every_word,
    item_now,
    items_of,
    period_of,
    person,
)
from tests.support.people import WHO
from tests.support.second_notice import MEASURE, NUMBER, TITLE, Second, plan_under, second_notice
from tracking.validation import UpdateDraft
from tracking.vocabulary import IndicatorKind, Role

FIRST = 1
FIRST_NUMBER = "工信部联企业〔2017〕191号"
ADMINISTRATOR = WHO[Role.SYSTEM_ADMINISTRATOR]
# The pages of one notice, and who opens them.
OF_ONE = {
    **dict.fromkeys(("overview", "measure", "region", "ledger", "changes", "comparison", "trace"), MEMBER),
    **dict.fromkeys(("submissions", "coverage", "obligations", "briefings", "registers", "periods"), MEMBER),
    **dict.fromkeys(("work_plan", "report", "import_ledger"), OFFICER),
    **dict.fromkeys(("policy_text", "reference_data"), ADMINISTRATOR),
}


@dataclass(frozen=True)
class Two:
    """The second notice beside that of the sample, and its task."""

    second: Second
    task_id: int


@pytest.fixture
def two(sample: Store) -> Two:
    cast = {
        name: person(sample, who)
        for name, who in zip(("officer", "signatory", "member"), (OFFICER, SIGNATORY, MEMBER), strict=True)
    }
    second = second_notice(sample, person(sample, ADMINISTRATOR))
    return Two(second, plan_under(sample, second, cast))


@pytest.fixture
def asked(sample: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[int]]:
    """The notices that the queries of a page are asked about, as a notice or by one of its periods."""
    found: set[int] = set()
    known = {
        key: notice
        for notice in (1, 2)
        for key in periods_frame(sample, notice_id=notice)["period_id"].tolist()
    }

    def watched(ask):
        def asking(self, query, /, **given):
            found.update(filter(None, (given.get("notice_id"), known.get(given.get("period_id")))))
            return ask(self, query, **given)

        return asking

    for name in ("scoped", "common"):
        monkeypatch.setattr(Reads, name, watched(getattr(Reads, name)))
    return found


def picked(seen: AppTest) -> list[str]:
    """What the picker of notices stands on."""
    return [found.value for found in seen.main.selectbox if found.key == "pick_notice"]


@pytest.mark.parametrize("name", OF_ONE)
def test_a_page_of_one_notice_says_which_and_asks_about_no_other(
    open_page: Open, two: Two, asked: set[int], name: str
):
    for notice_id in (FIRST, two.second.notice_id):
        asked.clear()
        seen = open_page(name, OF_ONE[name], notice=str(notice_id))
        assert not seen.exception
        assert picked(seen) == [notice_id]
        assert asked <= {notice_id} or name == "report"
        assert seen.query_params["notice"] == str(notice_id)


def test_without_a_second_notice_there_is_no_picker(open_page: Open):
    seen = open_page("overview", MEMBER)
    assert picked(seen) == []
    assert "notice" not in seen.query_params


def test_the_newest_notice_comes_first_and_the_address_keeps_it(open_page: Open, two: Two):
    seen = open_page("overview", MEMBER)
    assert picked(seen) == [two.second.notice_id]
    assert seen.query_params["notice"] == str(two.second.notice_id)


def test_another_notice_lets_go_of_the_period_and_the_measure_of_this_one(open_page: Open, two: Two):
    seen = open_page("overview", MEMBER, notice="1", measure="4", period="1")
    picker = next(found for found in seen.main.selectbox if found.key == "pick_notice")
    picker.set_value(two.second.notice_id).run()
    assert not {"measure", "period"} & set(seen.query_params)
    assert seen.query_params["notice"] == str(two.second.notice_id)


def test_a_period_of_another_notice_shows_nothing_of_it(open_page: Open, two: Two, asked: set[int]):
    seen = open_page("overview", MEMBER, notice="1", period=str(two.second.period_id))
    assert not seen.exception
    assert asked == {FIRST}


@pytest.mark.parametrize("name", ["task", "period", "measure"])
def test_what_an_address_names_opens_its_own_notice(open_page: Open, two: Two, name: str):
    keys = {"task": two.task_id, "period": two.second.period_id, "measure": two.second.measure_id}
    page = {"task": "report", "period": "overview", "measure": "measure"}[name]
    who = OFFICER if name == "task" else MEMBER
    given = {"notice": "1"} if name == "task" else {}
    seen = open_page(page, who, **given, **{name: str(keys[name])})
    assert picked(seen) == [two.second.notice_id]


def reported(store: Store, two: Two, *, submitted: bool = False) -> int:
    """A report of its task with the signatory, or with the working group."""
    officer, signatory = person(store, OFFICER), person(store, SIGNATORY)
    draft = UpdateDraft(
        actuals={two.second.indicator_id: Decimal(5)}, progress="已培育5家", explanation="如实"
    )
    asked = {"task_id": two.task_id, "period_id": two.second.period_id, "row_version": 0, "hand_over": True}
    update_id = updates.save_progress_update(store, by=officer, draft=draft, **asked)
    if submitted:
        updates.sign_off_progress_updates(store, by=signatory, update_ids=[update_id])
        updates.submit_progress_update(store, by=officer, update_id=update_id)
    return update_id


def test_the_desk_is_that_of_both_notices_and_the_navigation_counts_what_it_lists(
    open_page: Open, sample: Store, two: Two
):
    seen = open_page("home", OFFICER)
    assert not seen.exception
    tasks = seen.dataframe[0].value
    assert set(tasks["notice"]) == {NUMBER, FIRST_NUMBER}
    assert waiting_counts(sample, by=person(sample, OFFICER))["report"] == len(tasks)
    assert {f"进展概览　:gray[{one}]" for one in (NUMBER, FIRST_NUMBER)} <= {
        found.value for found in open_page("home", MEMBER).header
    }


def test_what_another_notice_asks_for_is_listed_on_the_report_page_and_opens_there(open_page: Open, two: Two):
    seen = open_page("report", OFFICER, notice="1")
    line = next(found for found in seen.button if TITLE in found.label)
    assert NUMBER in line.label
    assert picked(line.click().run()) == [two.second.notice_id]


@pytest.mark.parametrize(("name", "who"), [("sign_off", SIGNATORY), ("review", MEMBER)])
def test_a_queue_takes_all_notices_and_its_lines_name_theirs(
    open_page: Open, sample: Store, two: Two, name: str, who: str
):
    before = open_page(name, who, notice="1")
    update_id = reported(sample, two, submitted=name == "review")
    unit = str(person(sample, OFFICER).authority_id)
    seen = open_page(name, who, notice="1", unit=unit, update=str(update_id))
    assert not seen.exception
    assert any(TITLE in found.label and NUMBER in found.label for found in seen.button)
    assert any(f"{NUMBER} 1 {MEASURE}" in found.value for found in seen.markdown)
    assert picked(before) == picked(seen) == []


def test_what_waits_on_a_page_of_one_notice_has_a_line_for_each(sample: Store, two: Two):
    by = person(sample, ADMINISTRATOR)
    lines = [line for line in waiting(sample, scope_of(sample, by), by) if line.kind == "texts_to_check"]
    assert [(line.notice_id, line.query["notice"]) for line in lines] == [(1, "1"), (2, "2")]
    assert lines[1].count == 2, "the area and the measure that nobody has checked"


@pytest.mark.parametrize(
    "name", ["extensions", "difficulties", "urging", "corrections", "officers", "handover", "verify", "inbox"]
)
def test_a_page_across_notices_opens_whichever_is_chosen(open_page: Open, two: Two, name: str):
    for who in (MEMBER, OFFICER):
        assert not open_page(name, who, notice="1").exception


def test_the_lists_across_notices_have_a_column_for_them(open_page: Open, two: Two):
    for name, given in (("urging", {"standing": "all"}), ("difficulties", {"standing": "all"})):
        rows = open_page(name, MEMBER, **given).dataframe[-1].value
        assert set(rows["notice"]) == {FIRST_NUMBER}


def test_the_thresholds_are_tried_on_the_tasks_of_all_notices(open_page: Open, sample: Store, two: Two):
    assert not open_page("thresholds", MEMBER).exception
    counts = [sum(lights_today(sample, notice_id=one).values()) for one in (1, two.second.notice_id)]
    assert counts[1] == 1


def measured_alone(store: Store, officer: SignedIn) -> tuple[ReportItem, int]:
    """A task that nobody has begun to report, and its one indicator, which no other task of the authority measures."""
    items = items_of(store, officer)
    measuring = Counter(indicator for item in items for indicator in item.facts.targets)
    return next(
        (item, indicator)
        for item in items
        for indicator in item.facts.targets
        if len(item.facts.targets) == measuring[indicator] == 1
        and stage_of(item) == "todo"
        and indicator not in item.facts.fed
        and item.facts.scale_of(indicator).kind is IndicatorKind.COUNT
    )


def test_an_indicator_is_declared_the_same_in_its_form_and_the_other_report_begins_with_it(
    open_page: Open, sample: Store
):
    """Both periods end on one day; what differs is told where it is typed."""
    officer, administrator = person(sample, OFFICER), person(sample, ADMINISTRATOR)
    measured, indicator_id = measured_alone(sample, officer)
    indicator = indicators_frame(sample, notice_id=FIRST).set_index("indicator_id").loc[indicator_id]
    periods = periods_frame(sample, notice_id=FIRST).set_index("period_id")
    ends_on = periods.loc[period_of(sample)]["ends_on"]
    nature = {"unit": indicator["unit"], "additive": bool(indicator["additive"])}
    second = second_notice(sample, administrator, name="同一指标", **nature, ends_on=ends_on)
    cast = {"officer": officer, "signatory": person(sample, SIGNATORY), "member": person(sample, MEMBER)}
    two = Two(second, plan_under(sample, second, cast))
    form = open_page(
        "reference_data",
        ADMINISTRATOR,
        notice=str(second.notice_id),
        part="indicator",
        indicator=str(second.indicator_id),
    )
    chosen = next(found for found in form.main.selectbox if found.label == "与哪项指标相同")
    form = press(chosen.set_value(indicator_id).run(), "保存共用关系")
    assert not form.exception
    assert shares_frame(sample, indicator_id=second.indicator_id)["same_as_id"].tolist() == [indicator_id]
    reported(sample, two)
    seen = open_page("report", OFFICER, task=str(measured.task.id))
    assert not seen.exception
    assert f"同一指标已在 {NUMBER}（第 1 项任务）填报 5" in every_word(seen)
    item = item_now(sample, measured)
    assert item.draft.actuals[indicator_id] == 5
