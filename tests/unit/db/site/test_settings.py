"""The switches of the administrators: kept, audited, and within their limits."""

from datetime import date

import pytest

from db.site.actions import announce_year, change_setting, forget_year
from db.site.queries import site_settings, working_days
from db.store import NotFound, Store
from tests.support.factories import YEAR, at, people, small_country
from tests.support.trail import everything, last_event, refusal_of
from tracking.site_settings import EvidenceRule, SiteSettings
from tracking.working_days import CalendarSource

DAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(DAY):
        small_country(store)
        yield


def test_nobody_having_switched_anything_the_defaults_hold(store):
    assert site_settings(store) == SiteSettings()


@pytest.mark.parametrize(
    ("key", "value"), [("vacancy_days", 10), ("evidence_rule", EvidenceRule.NEVER), ("small_site", True)]
)
def test_a_switch_is_kept_and_audited(store, key, value):
    before = getattr(site_settings(store), key)
    change_setting(store, by=people().administrator, key=key, value=value)
    assert getattr(site_settings(store), key) == value
    assert last_event(store).detail == {"key": key, "before": before, "after": value}


def test_a_switch_may_be_changed_again(store):
    for days in (10, 20):
        change_setting(store, by=people().administrator, key="vacancy_days", value=days)
    assert site_settings(store).vacancy_days == 20
    assert last_event(store).detail["before"] == 10


def test_the_environment_declares_a_small_site_until_somebody_switches_it(store):
    store.settings.small_site = True
    assert site_settings(store).small_site
    change_setting(store, by=people().administrator, key="small_site", value=False)
    assert not site_settings(store).small_site


def test_neither_thresholds_nor_what_the_store_notes_for_itself_is_a_switch(store):
    for key in ("light_rule", "summaries_brought_to", "colour"):
        with pytest.raises(NotFound):
            change_setting(store, by=people().administrator, key=key, value=1)


def test_a_value_out_of_its_limits_changes_nothing(store):
    before = everything(store)
    refused = refusal_of(change_setting, store, by=people().administrator, key="vacancy_days", value=0)
    assert refused.fields == ("vacancy_days",)
    assert everything(store) == before


def test_a_year_is_entered_entered_anew_and_forgotten_and_the_trail_has_each(store):
    least, by = "1月1日放假。5月1日放假。10月1日放假。", people().administrator
    announce_year(store, by=by, year=2099, notice=least)
    assert last_event(store).detail["before"] is None
    assert working_days(store).source(2099) is CalendarSource.ENTERED
    announce_year(store, by=by, year=2099, notice=f"{least}1月4日上班。")
    assert last_event(store).detail["before"]["worked"] == []
    assert last_event(store).detail["after"]["worked"] == ["2099-01-04"]
    assert working_days(store).is_working_day(date(2099, 1, 4))
    forget_year(store, by=by, year=2099)
    assert working_days(store).is_estimated(2099)
    assert last_event(store).detail["before"]["worked"] == ["2099-01-04"]
    with pytest.raises(NotFound):
        forget_year(store, by=by, year=2099)


def test_a_notice_that_cannot_be_read_changes_nothing(store):
    before = everything(store)
    refused = refusal_of(announce_year, store, by=people().administrator, year=2099, notice="放假三天")
    assert refused.fields == ("notice",)
    assert everything(store) == before
