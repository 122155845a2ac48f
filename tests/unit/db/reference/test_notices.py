"""Another notice: founded, its catalogue taken from its text, its units listed, planned, and ended."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.home.reporting_authorities import authorities_without_plan
from db.periods.actions import create_year_of_periods, open_period
from db.plans.actions import start_plan
from db.reference import notices
from db.reference.addressed import list_of, planned
from db.reference.addressing import address
from db.reference.passages import passages_frame
from db.reference.proposed import article_of, take_proposals
from db.reference.queries import (
    actions_frame,
    key_areas_frame,
    measures_frame,
    notice_facts_frame,
    notices_frame,
    safeguards_frame,
    units_frame,
)
from db.reference.texts import confirm_text, enter_text
from db.tables import Notification
from tests.conftest import beginning
from tests.support.factories import (
    NORTH,
    SOUTH,
    TOWN,
    YEAR,
    another_unit,
    at,
    filed_plan,
    people,
    small_country,
)
from tests.support.notices import EIGHT, ISSUED_ON, TEXTS, THREE, another_notice, take_text
from tests.support.trail import last_event, refusal_of, rows
from tracking.articles import articles_of
from tracking.permissions import Scope
from tracking.proposals import Proposal, ProposalKind, proposals_of
from tracking.vocabulary import AuthorityKind, TitleSource

TODAY = date(YEAR, 3, 20)
BY = people().administrator


def _fill(store):
    with at(TODAY):
        small_country(store)
        another_unit(store)
        another_notice(store, BY)


store = beginning(_fill)
SECOND = 2


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


def _units(store, notice_id=SECOND, **asked) -> list[int]:
    frame = units_frame(store, notice_id=notice_id, **asked)
    return frame[frame["reports"]]["unit_id"].tolist()


def _address(store, *authority_ids, kinds=(), starts_on=ISSUED_ON, notice_id=SECOND):
    asked = {"notice_id": notice_id, "kinds": kinds, "authority_ids": authority_ids}
    address(store, by=BY, starts_on=starts_on, reason="名单", **asked)


def test_a_notice_says_of_itself_what_is_to_be_checked_and_stands_after_those_that_have_periods(store):
    facts = notice_facts_frame(store, notice_id=SECOND)
    assert set(facts["source"]) == {TitleSource.TO_BE_CHECKED}
    assert notices_frame(store)["notice_id"].tolist() == [1, SECOND]


def test_two_notices_of_one_number_are_refused_at_the_field(store):
    refused = refusal_of(another_notice, store, BY, None)
    assert (refused.messages[0].key, refused.fields) == ("reference.number_taken", ("number",))


@pytest.mark.parametrize(("count", "areas", "actions"), [(3, 1, 3), (8, 1, 2), (27, 9, 18)])
def test_a_text_gives_its_notice_a_whole_catalogue(store, count, areas, actions):
    notice_id = another_notice(store, BY, TEXTS[count], number=f"第{count}号")
    measures = measures_frame(store, notice_id=notice_id)
    assert measures["number"].tolist() == list(range(1, count + 1))
    assert len(key_areas_frame(store, notice_id=notice_id)) == areas
    assert len(actions_frame(store, notice_id=notice_id)) == actions
    assert measures["cited"].eq("印发件").all()
    assert measures["starts_on"].isna().all()


def _passages(store, text_id):
    return list(passages_frame(store, text_id=text_id).itertuples())


def test_every_measure_is_linked_to_its_article_and_that_of_what_was_merged_into_it(store):
    text_id = enter_text(store, by=BY, notice_id=1, text=THREE, cited="印发件")
    lines = proposals_of(articles_of(THREE))
    lines[6] = replace(lines[6], kind=ProposalKind.MERGED, under=2)
    take_proposals(store, by=BY, text_id=text_id, lines=lines)
    numbers = passages_frame(store, text_id=text_id)["measure_number"].fillna(0).tolist()
    assert numbers == [0, 4, 5, 4, 0, 0, 0]
    assert last_event(store).detail == {"added": 8, "kept": 0}
    assert len(safeguards_frame(store, notice_id=1)) == 2


def test_a_newer_version_adds_what_is_new_and_keeps_the_rest(store):
    take_text(
        store, BY, SECOND, EIGHT.replace("（八）优化营商环境", "（八）优化营商环境\n（九）防范涉外风险")
    )
    assert measures_frame(store, notice_id=SECOND)["title"].tolist()[-2:] == ["优化营商环境", "防范涉外风险"]
    assert last_event(store).detail["added"] == 1


def test_a_title_of_a_checked_text_is_checked_and_a_corrected_one_is_a_paraphrase(store):
    text_id = enter_text(
        store, by=BY, notice_id=SECOND, text="一、引进来\n（一）招商\n（二）办展", cited="原文"
    )
    confirm_text(store, by=BY, text_id=text_id, checked_on=TODAY)
    area, trade, fair = proposals_of([article_of(one) for one in _passages(store, text_id)])
    ours = Proposal(4, ProposalKind.AREA, "本级工作")
    lines = [area, trade, replace(fair, title="举办展会", under=4), ours]
    take_proposals(store, by=BY, text_id=text_id, lines=lines)
    found = measures_frame(store, notice_id=SECOND).set_index("title")
    marks = ["title_source", "area_source", "checked_on"]
    assert found.loc["招商", marks].tolist() == [TitleSource.CONFIRMED, TitleSource.CONFIRMED, TODAY]
    assert found.loc["举办展会", marks].tolist() == [TitleSource.PARAPHRASE, TitleSource.PROJECT, None]


def test_faults_of_the_lines_are_refused_together_and_nothing_is_kept(store):
    text_id = enter_text(store, by=BY, notice_id=SECOND, text=EIGHT, cited="印发件")
    lines = [replace(one, title="") for one in proposals_of(articles_of(EIGHT))]
    refused = refusal_of(take_proposals, store, by=BY, text_id=text_id, lines=lines)
    assert len(refused.fields) == 13
    assert len(measures_frame(store, notice_id=SECOND)) == 8


def test_what_is_taken_while_plans_stand_begins_today(store):
    filed_plan(store)
    take_text(store, BY, 1, THREE)
    assert measures_frame(store, notice_id=1)["starts_on"].tolist() == [None] * 3 + [TODAY] * 3


def test_a_notice_without_measures_takes_neither_periods_nor_plans(store):
    notice_id = another_notice(store, BY, None, number="空")
    member, officer = people().member, people().officer
    for refused in (
        refusal_of(create_year_of_periods, store, by=member, notice_id=notice_id, year=YEAR),
        refusal_of(start_plan, store, by=officer, notice_id=notice_id, authority_id=NORTH, year=YEAR),
    ):
        assert refused.messages[0].key == "reference.notice_without_measures"


def test_a_notice_without_a_list_addresses_every_unit_and_one_with_a_list_only_those(store):
    everybody = _units(store)
    assert everybody == _units(store, None)
    _address(store, SOUTH)
    assert _units(store) == [SOUTH]
    assert _units(store, 1) == everybody
    assert _units(store, on=ISSUED_ON - timedelta(1)) == everybody, "before its list began"
    assert _units(store, since=date(YEAR, 1, 1)) == everybody, "somewhere in the year"
    assert last_event(store).action == "address_notice"


def test_a_kind_takes_in_those_founded_later_and_a_list_begins_anew_on_a_later_day(store):
    kind = AuthorityKind.PROVINCE
    _address(store, kinds=[kind])
    with_all = _units(store)
    added = another_unit(store, number=5, name="西省")
    assert _units(store) == [*with_all, added]
    _address(store, SOUTH, starts_on=TODAY)
    assert _units(store) == [SOUTH]
    assert _units(store, on=TODAY - timedelta(1)) == [*with_all, added]
    _address(store, SOUTH, kinds=[kind], starts_on=TODAY)
    assert Counter(_units(store)) == Counter([SOUTH, *with_all, added])


def test_a_list_is_told_as_it_stood_on_a_day(store):
    _address(store, SOUTH, kinds=[AuthorityKind.PROVINCE])
    _address(store, SOUTH, starts_on=TODAY)
    before = list_of(store, notice_id=SECOND, on=TODAY - timedelta(1))
    assert set(before) == {(AuthorityKind.PROVINCE, None), (None, SOUTH)}
    assert list_of(store, notice_id=SECOND, on=TODAY) == [(None, SOUTH)]
    assert list_of(store, notice_id=1, on=TODAY) == []


def test_a_notice_is_planned_once_somebody_has_begun_and_may_still_name_those_who_have(store):
    assert not planned(store, notice_id=SECOND)
    start_plan(store, by=people().officer, notice_id=SECOND, authority_id=NORTH, year=YEAR)
    assert planned(store, notice_id=SECOND)
    assert not planned(store, notice_id=1)
    _address(store, NORTH, starts_on=TODAY)
    assert _units(store) == [NORTH]


def test_who_is_not_addressed_cannot_plan_and_those_below_follow_their_unit(store):
    _address(store, SOUTH)
    officer = people().officer
    asked = {"notice_id": SECOND, "year": YEAR}
    for authority_id in (NORTH, TOWN):
        refused = refusal_of(
            start_plan,
            store,
            by=replace(officer, beneath=frozenset({TOWN})),
            authority_id=authority_id,
            **asked,
        )
        assert refused.messages[0].key == "reference.not_addressed"
    _address(store, NORTH)
    start_plan(store, by=officer, authority_id=NORTH, **asked)


def test_who_is_not_addressed_is_neither_told_of_its_periods_nor_missed_a_plan(store):
    member, scope = people().member, Scope(frozenset({NORTH, SOUTH, TOWN}))
    asked = {"notice_id": SECOND, "year": YEAR}
    assert len(authorities_without_plan(store, scope, **asked)) == 3
    _address(store, NORTH)
    assert authorities_without_plan(store, scope, **asked)["authority_id"].tolist() == [NORTH, TOWN]
    period_id, *_ = create_year_of_periods(store, by=member, **asked)
    open_period(store, by=member, period_id=period_id)
    assert {one.officer_id for one in rows(store, Notification)} == {people().officer.officer_id}


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({}, "reference.nobody_addressed"),
        ({"authority_ids": [TOWN]}, "reference.no_unit_then"),
        ({"kinds": [AuthorityKind.CITY]}, "reference.no_unit_kind"),
        ({"authority_ids": [SOUTH], "starts_on": TODAY - timedelta(1)}, "reference.addressed_too_early"),
        ({"authority_ids": [SOUTH], "starts_on": TODAY}, "reference.planned_left_out"),
    ],
)
def test_a_list_that_cannot_be_is_refused_in_a_sentence(store, asked, key):
    start_plan(store, by=people().officer, notice_id=SECOND, authority_id=NORTH, year=YEAR)
    kept = {"kinds": [], "authority_ids": [], "starts_on": TODAY, "notice_id": SECOND, "reason": "名单"}
    assert refusal_of(address, store, by=BY, **{**kept, **asked}).messages[0].key == key
    assert _units(store) == _units(store, None)


def _retire(store, notice_id=SECOND, retired_on=TODAY):
    notices.retire_notice(store, by=BY, notice_id=notice_id, retired_on=retired_on, reason="并入")


def test_a_notice_ends_when_nothing_is_open_under_it_and_is_brought_back(store):
    _retire(store)
    asked = {"by": people().member, "notice_id": SECOND, "year": YEAR}
    refused = refusal_of(create_year_of_periods, store, **asked)
    assert refused.messages[0].key == "reference.notice_retired"
    notices.restore_notice(store, by=BY, notice_id=SECOND)
    assert len(create_year_of_periods(store, **asked)) == 4


def test_a_notice_with_open_work_or_a_day_in_the_past_is_not_ended(store):
    assert refusal_of(_retire, store, 1).messages[0].key == "reference.notice_in_use"
    assert (
        refusal_of(_retire, store, SECOND, TODAY - timedelta(1)).messages[0].key
        == "reference.retired_too_early"
    )
