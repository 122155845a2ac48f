import pytest

from tracking.lights import LightRule
from tracking.messages import Refusal
from tracking.site import EvidenceRule, SiteSettings, check_thresholds, checked_setting


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("vacancy_days", 1, 1),
        ("vacancy_days", 365, 365),
        ("evidence_rule", "always", EvidenceRule.ALWAYS),
        ("small_site", True, True),
    ],
)
def test_a_setting_within_its_limits_is_kept(key, value, kept):
    assert checked_setting(key, value) == kept


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("vacancy_days", 0),
        ("vacancy_days", 366),
        ("vacancy_days", "30"),
        ("vacancy_days", True),
        ("evidence_rule", "sometimes"),
        ("small_site", 1),
    ],
)
def test_a_setting_out_of_its_limits_is_refused_at_its_field(key, value):
    with pytest.raises(Refusal) as refused:
        checked_setting(key, value)
    assert refused.value.fields == (key,)
    assert str(refused.value)


def test_a_setting_there_is_not_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        checked_setting("ranking", True)


def test_the_defaults_are_within_their_own_limits():
    for key in ("vacancy_days", "evidence_rule", "small_site"):
        assert checked_setting(key, getattr(SiteSettings(), key)) == getattr(SiteSettings(), key)
    check_thresholds(LightRule())


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        (LightRule(0, 300, 14), ("amber_behind_permille",)),
        (LightRule(1001, 1002, 14), ("amber_behind_permille", "red_behind_permille")),
        (LightRule(300, 300, 14), ("red_behind_permille",)),
        (LightRule(100, 300, 91), ("due_soon_days",)),
        (LightRule(100, 300, -1), ("due_soon_days",)),
        (LightRule(100, 1000, 0), ()),
    ],
)
def test_amber_comes_before_red_and_both_within_the_whole(rule, fields):
    if not fields:
        check_thresholds(rule)
        return
    with pytest.raises(Refusal) as refused:
        check_thresholds(rule)
    assert refused.value.fields == fields
    assert str(refused.value)
