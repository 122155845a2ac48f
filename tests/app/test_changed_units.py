"""Every page with councils founded, a unit merged and another dissolved: nothing breaks, and past periods keep theirs."""

import re

import pytest

from db import clock
from db.accounts.sign_in_actions import sign_in
from db.hierarchy.ending_actions import dissolve_authority, merge_authorities
from db.hierarchy.founding_actions import found_authority
from db.seed import DEMO_PASSWORD
from db.store import Store
from db.tables import Authority
from pages.shared.navigation import PAGES
from tests.app.acting import words
from tests.app.conftest import Open
from tests.app.looping import count_units, period_of
from tests.support.trail import only
from tracking.founding import Founding
from tracking.vocabulary import AuthorityKind, PeriodStatus

COUNCILS = (
    Founding("CCPIT-ZJ", "中国贸促会浙江省委员会", "贸促浙江", AuthorityKind.CCPIT_LOCAL, "华东", "东部"),
    Founding("CCPIT-TEX", "中国贸促会纺织行业分会", "贸促纺织", AuthorityKind.CCPIT_INDUSTRY),
    Founding("CCPIT-DEV", "中国贸促会发展研究部", "贸促研究", AuthorityKind.CCPIT_DEPARTMENT),
)
READERS = ("member", "leadership", "shandong.officer", "sysadmin")


@pytest.fixture
def changed(sample: Store) -> Store:
    """Three councils more, Qingdao merged into Shandong, and a province without any task dissolved."""
    _, by = sign_in(sample, sign_in_name="sysadmin", password=DEMO_PASSWORD)
    when = {"by": by, "starts_on": clock.today(), "reason": "虚构的机构改革"}
    for founding in COUNCILS:
        found_authority(sample, founding=founding, **when)
    shandong, qingdao, hainan = (
        only(sample, Authority, short_name=name).id for name in ("山东", "青岛", "海南")
    )
    merge_authorities(sample, authority_ids=[qingdao], successor_id=shandong, **when)
    dissolve_authority(sample, authority_id=hainan, **when)
    return sample


def test_every_page_opens(changed: Store, open_page: Open):
    closed = str(period_of(changed, PeriodStatus.CLOSED))
    broken = {
        (name, period): [error.value for error in seen.exception]
        for name, page in PAGES.items()
        if not page.hidden
        for period in ({}, {"period": closed})
        if (seen := open_page(name, "member", **period)).exception
    }
    assert broken == {}


def test_the_running_period_counts_those_of_today_and_the_one_before_its_own(changed: Store, open_page: Open):
    before_it_all = count_units(changed) - 1
    now = words(open_page("overview", "member"))
    assert f"{count_units(changed)} 家单位中" in now, "3 more, one merged, one dissolved"
    assert re.search(r"尚无已备案的工作计划：.*贸促浙江、贸促纺织、贸促研究", now)
    assert "海南" not in now
    closed = period_of(changed, PeriodStatus.CLOSED)
    before = words(open_page("overview", "member", period=str(closed)))
    assert f"{before_it_all} 家单位中" in before
    assert "贸促浙江" not in before
