import pytest

from tracking.figures.lights import LightRule
from tracking.messages import Refusal, text
from tracking.site_settings import EvidenceRule, SiteSettings, check_thresholds, checked_setting
from tracking.vocabulary import Language


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("vacancy_days", 1),
        ("vacancy_days", 365),
        ("evidence_rule", EvidenceRule.ALWAYS),
        ("evidence_rule", "never"),
        ("small_site", True),
        ("ranking", True),
        ("ranking_share", 1),
        ("ranking_share", 100),
        ("account_quota", 1),
        ("account_quota", 100),
    ],
)
def test_a_value_within_its_limits_is_kept_as_it_is(key, value):
    assert checked_setting(key, value) == value


def test_a_stored_word_is_read_back_as_the_word():
    assert checked_setting("evidence_rule", "on_completion") is EvidenceRule.ON_COMPLETION


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("vacancy_days", 0),
        ("vacancy_days", 366),
        ("vacancy_days", True),
        ("vacancy_days", "30"),
        ("evidence_rule", "sometimes"),
        ("small_site", 1),
        ("ranking", "yes"),
        ("ranking_share", 0),
        ("ranking_share", 101),
        ("account_quota", 0),
        ("account_quota", 101),
        ("account_quota", True),
    ],
)
def test_a_value_out_of_its_limits_is_refused_beside_its_field(key, value):
    with pytest.raises(Refusal) as refused:
        checked_setting(key, value)
    assert refused.value.fields == (key,)
    for language in Language:
        assert text(refused.value.messages[0].key, language, **refused.value.messages[0].values)


def test_a_setting_there_is_not_is_a_fault_of_the_code():
    with pytest.raises(KeyError):
        checked_setting("colour", "red")


def test_every_setting_has_its_check():
    for key in SiteSettings.__dataclass_fields__:
        assert checked_setting(key, getattr(SiteSettings(), key)) == getattr(SiteSettings(), key)


@pytest.mark.parametrize("rule", [LightRule(), LightRule(1, 2, 0), LightRule(999, 1000, 90)])
def test_thresholds_in_order_are_accepted(rule):
    check_thresholds(rule)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        (LightRule(0, 300, 14), ("amber_behind_permille",)),
        (LightRule(300, 300, 14), ("red_behind_permille",)),
        (LightRule(100, 1001, 14), ("red_behind_permille",)),
        (LightRule(100, 300, -1), ("due_soon_days",)),
        (LightRule(100, 300, 91), ("due_soon_days",)),
        (LightRule(1001, 0, 91), ("amber_behind_permille", "red_behind_permille", "due_soon_days")),
    ],
)
def test_thresholds_out_of_order_are_all_told(rule, fields):
    with pytest.raises(Refusal) as refused:
        check_thresholds(rule)
    assert refused.value.fields == fields
