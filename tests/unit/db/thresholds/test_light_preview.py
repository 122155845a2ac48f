"""Trying thresholds: today's lights under a rule that is not in force."""

from datetime import date

from db.site.queries import thresholds
from db.store import Store
from db.thresholds.preview import light_counts, lights_today
from tests.support.factories import YEAR, at, filed_plan, small_country
from tests.support.trail import everything
from tracking.figures.lights import LightRule
from tracking.vocabulary import Light

LATE = date(YEAR, 5, 15)


def test_other_thresholds_are_tried_without_changing_anything(store: Store):
    with at(date(YEAR, 1, 5)):
        small_country(store)
        filed_plan(store)
    with at(LATE):
        before = everything(store)
        now = light_counts(store, notice_id=1, rule=thresholds(store))
        strict = light_counts(store, notice_id=1, rule=LightRule(10, 20, 0))
        assert everything(store) == before
    assert sum(now.values()) == sum(strict.values()) == 1
    assert (now[Light.RED], strict[Light.RED]) == (1, 1)
    with at(date(YEAR, 2, 1)):
        assert light_counts(store, notice_id=1, rule=LightRule(999, 1000, 0))[Light.GREEN] == 1


def test_before_the_first_period_there_is_nothing_to_count(store: Store):
    with at(date(YEAR - 1, 6, 1)):
        small_country(store)
        assert set(light_counts(store, notice_id=1, rule=LightRule()).values()) == {0}
        assert set(lights_today(store, notice_id=1).values()) == {0}


def test_todays_lights_are_those_of_the_rule_in_force(store_with_sample: Store):
    today = lights_today(store_with_sample, notice_id=1)
    assert today == light_counts(store_with_sample, notice_id=1, rule=thresholds(store_with_sample))
    assert min(today[Light.RED], today[Light.AMBER], today[Light.GREEN], today[Light.SUSPENDED]) > 0
