"""Countries and tags: kept with tasks and difficulties, sought by, counted by, and each country on its own page."""

from dataclasses import replace
from datetime import date

import pytest

from db.authorities.scope import NATION
from db.countries.exports import export_countries
from db.countries.queries import countries_frame, registers_of_country
from db.difficulties.actions import classify_difficulty, raise_difficulty
from db.difficulties.queries import causes_frame, count_difficulties, countries_of_task
from db.ledger.index import ledger_index
from db.ledger.queries import ledger_frame
from db.plans.drafts import planned_task
from db.reference.actions import add_entry, cite_country, list_countries
from db.reference.parts import retire_part
from db.reference.queries import listed_codes, listed_countries_frame, tags_frame
from db.store import Store
from db.tables import Task
from db.tasks.queries import tags_counted_frame, task_frame, task_page
from tests.conftest import beginning
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SOUTH,
    YEAR,
    amended,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
    typed_task,
)
from tests.support.register_cases import FAIR, add_registers, recorded
from tests.support.trail import last_event, refusal_of, row
from tracking.countries import ALONG
from tracking.difficulties import DifficultyCause
from tracking.permissions import Scope
from tracking.vocabulary import CataloguePart

DAY = date(YEAR, 3, 20)
OF_YEAR = {"notice_id": 1, "year": YEAR}
TASK, OTHER, UPDATE = 1, 2, 1
TRADE, OUTWARD = 1, 2
WARNING = {"title": "汇率", "issued_on": DAY, "countries": ["KZ"], "kind": "economic", "level": "high"}


def abroad(store: Store) -> None:
    """Two tags, a list of two countries, a task with two of them, one without, a fair, two warnings, a difficulty."""
    small_country(store)
    with at(DAY):
        add_registers(store)
        cast = people()
        for title in ("贸易投资", "走出去"):
            add_entry(store, by=cast.administrator, part=CataloguePart.TAG, within_id=1, title=title, **CITED)
        list_countries(store, by=cast.administrator, notice_id=1, codes=["KZ", "MN"], **CITED)
        named = fair_task(countries=("RU", "KZ", "KZ"), tags=(OUTWARD, TRADE))
        filed_plan(store, named, typed_task(2, countries=("JP",)))
        recorded(store, cast.officer, "fairs", FAIR)
        recorded(store, cast.officer, "warnings", WARNING)
        recorded(store, cast.officer, "warnings", WARNING | {"handled_on": DAY})
        assert reported(store, TASK, fairs_held(1, difficulties="签证办理时间较长")) == UPDATE


CITED = {"cited": "名单", "starts_on": None}
store = beginning(abroad)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY):
        yield


def keys_of(refused) -> list[str]:
    return [message.key for message in refused.messages]


def _said(store: Store, task_id: int):
    with store.read() as session:
        return planned_task(session, row(store, Task, task_id).revision_id).draft


def test_a_task_keeps_its_countries_and_tags_through_an_amendment(store: Store):
    assert (_said(store, TASK).countries, _said(store, TASK).tags) == (("KZ", "RU"), (TRADE, OUTWARD))
    amended(store, 1, replace(_said(store, TASK), remark="调整"))
    assert (_said(store, TASK).countries, _said(store, TASK).tags) == (("KZ", "RU"), (TRADE, OUTWARD))


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"countries": ("XX",)}, "country.unknown"),
        (
            {"countries": tuple(f"A{letter}" for letter in "DEFGILMOQRSTUWXZ") * 2 + ("CN",)},
            "country.unknown",
        ),
        ({"tags": (99,)}, "validation.no_tag"),
    ],
)
def test_what_is_no_country_or_tag_is_refused(store: Store, changed, refused):
    plan = {"plan_id": 1, "draft": replace(_said(store, TASK), **changed)}
    assert refused in keys_of(refusal_of(amended, store, **plan))


def test_a_tag_that_is_retired_is_kept_by_its_task_and_taken_up_by_no_other(store: Store):
    retired = {"part": CataloguePart.TAG, "part_id": TRADE, "retired_on": DAY, "reason": "并入"}
    retire_part(store, by=people().administrator, **retired)
    taken = replace(_said(store, OTHER), tags=(TRADE,))
    assert keys_of(refusal_of(amended, store, 1, taken, 2)) == ["validation.retired"]


@pytest.mark.parametrize(
    ("asked", "found"), [("KZ", [TASK]), ("JP", [OTHER]), (ALONG, [TASK]), ("UZ", []), (None, [TASK, OTHER])]
)
def test_tasks_are_sought_by_country(store: Store, asked, found):
    of_ledger = {"period_id": FIRST_QUARTER, "country": asked}
    assert ledger_index(store, NATION, **of_ledger)["task_id"].tolist() == found
    assert ledger_frame(store, NATION, **of_ledger)["task_id"].tolist() == found
    assert task_frame(store, NATION, **OF_YEAR, country=asked)["task_id"].tolist() == found
    assert task_page(store, NATION, **OF_YEAR, after=0, first=9, country=asked) == found


def test_tasks_are_sought_by_tag(store: Store):
    asked = {"period_id": FIRST_QUARTER, "tag_id": OUTWARD}
    (line,) = ledger_frame(store, NATION, **asked).to_dict("records")
    assert (line["task_id"], line["countries"], line["tags"]) == (TASK, ("KZ", "RU"), "贸易投资、走出去")
    assert task_page(store, NATION, **OF_YEAR, after=0, first=9, tag_id=99) == []


def test_the_list_of_countries_is_dated_and_says_what_cannot_be_put_on_it(store: Store):
    administrator = people().administrator
    assert listed_codes(store, notice_id=1, day=DAY) == ("KZ", "MN")
    key = int(listed_countries_frame(store, notice_id=1)["listed_id"].iloc[0])
    cite_country(store, by=administrator, listed_id=key, cited="新名单")
    retired = {"part": CataloguePart.COUNTRY, "part_id": key, "retired_on": DAY, "reason": "不在名单"}
    retire_part(store, by=administrator, **retired)
    assert listed_codes(store, notice_id=1, day=DAY) == ("MN",)
    assert ledger_index(store, NATION, period_id=FIRST_QUARTER, country=ALONG).empty
    for codes, refused in (((), "reference.no_country"), (("KZ",), "reference.listed_already")):
        asked = {"by": administrator, "notice_id": 1, "codes": codes, **CITED}
        assert keys_of(refusal_of(list_countries, store, **asked)) == [refused]


def test_tasks_are_counted_by_tag(store: Store):
    found = tags_counted_frame(store, NATION, **OF_YEAR, measure_id=1)
    assert found.to_dict("records") == [
        {"key": TRADE, "name": "贸易投资", "tasks": 1},
        {"key": OUTWARD, "name": "走出去", "tasks": 1},
    ]
    assert tags_counted_frame(store, NATION, **OF_YEAR, measure_id=2).empty


def test_the_tags_stand_in_their_order(store: Store):
    assert tags_frame(store, notice_id=1)["title"].tolist() == ["贸易投资", "走出去"]


def _raised(store: Store) -> int:
    cause, codes = DifficultyCause.UNSEEN_RISK, countries_of_task(store, NATION, task_id=TASK)
    return raise_difficulty(store, by=people().officer, update_id=UPDATE, cause=cause, countries=codes)


def test_a_difficulty_says_its_cause_and_countries(store: Store):
    key = _raised(store)
    for asked, count in (("RU", 1), (ALONG, 1), ("JP", 0)):
        assert count_difficulties(store, NATION, country=asked) == count
    classified = {"difficulty_id": key, "cause": DifficultyCause.LOW_END, "countries": ("JP",)}
    classify_difficulty(store, by=people().member, **classified)
    assert last_event(store).action == "classify_difficulty"
    assert causes_frame(store, NATION).to_dict("records") == [
        {"cause": DifficultyCause.LOW_END, "difficulties": 1}
    ]
    assert count_difficulties(store, NATION, cause=DifficultyCause.UNSEEN_RISK) == 0


def test_a_difficulty_is_not_raised_without_a_cause(store: Store):
    asked = {"by": people().officer, "update_id": UPDATE, "cause": None, "countries": ("XX",)}
    assert keys_of(refusal_of(raise_difficulty, store, **asked)) == ["difficulty.no_cause", "country.unknown"]


def test_each_country_is_counted_with_all_there_is_of_it(store: Store):
    _raised(store)
    counts = countries_frame(store, NATION, **OF_YEAR).set_index("code")
    assert counts.loc["KZ"].to_dict() == {"tasks": 1, "entries": 3, "warnings": 1, "difficulties": 1}
    assert counts.loc["RU"].to_dict() == {"tasks": 1, "entries": 1, "warnings": 0, "difficulties": 1}
    assert counts.index.tolist()[0] == "KZ"
    assert countries_frame(store, NATION, **OF_YEAR, country=ALONG)["code"].tolist() == ["KZ"]
    assert countries_frame(store, NATION, **OF_YEAR, country="JP")["tasks"].tolist() == [1]


def test_a_unit_counts_its_own_and_what_the_working_group_entered(store: Store):
    south = Scope(frozenset({SOUTH}))
    assert countries_frame(store, south, **OF_YEAR).empty
    assert registers_of_country(store, south, notice_id=1, country="KZ") == []
    assert len(countries_frame(store, Scope(frozenset({NORTH})), **OF_YEAR)) == 3


def test_the_registers_of_a_country_add_up(store: Store):
    fairs, warnings = registers_of_country(store, NATION, notice_id=1, country="KZ")
    assert [(one.field.key, int(one.value), one.entries) for one in fairs.results] == [("enterprises", 12, 1)]
    assert (warnings.register.key, len(warnings.entries), warnings.results) == ("warnings", 2, [])


def test_the_counts_are_exported_and_audited(store: Store):
    found = export_countries(store, by=people().member, notice_id=1, country=ALONG)
    assert found["code"].tolist() == ["KZ"]
    assert (last_event(store).action, last_event(store).detail["country"]) == ("export_countries", ALONG)
