"""The navigation of each role: what is done most stands on top, and little enough to be seen at a glance."""

import pytest

from pages.shared.navigation import IN_SIGHT, PAGES, Group, arranged, daily, is_in_sight, page_of
from tests.app.looping import person
from tests.support.people import WHO
from tracking.vocabulary import Role

FIRST = {
    Role.REPORTING_OFFICER: "report",
    Role.SIGNATORY: "sign_off",
    Role.MEMBER: "review",
    Role.LEADERSHIP: "overview",
}


@pytest.mark.parametrize("role", FIRST)
def test_what_a_role_does_most_stands_first_among_the_twelve_in_sight(sample, role: Role):
    by = person(sample, WHO[role])
    (start, of_start), (often, of_daily), *_ = arranged(by).items()
    assert (start, often) == (Group.START, Group.DAILY)
    assert of_daily[0].name == FIRST[role]
    assert len(of_start) + len(of_daily) == IN_SIGHT == 12
    assert all(page.open_to(by) and not page.hidden for page in of_daily)


@pytest.mark.parametrize("role", Role)
def test_every_page_is_listed_once(sample, role: Role):
    listed = [page.name for pages in arranged(person(sample, WHO[role])).values() for page in pages]
    assert sorted(listed) == sorted(PAGES)


def test_an_administrator_has_few_enough_pages_to_see_them_all(sample):
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR):
        by = person(sample, WHO[role])
        assert daily(by) == []
        assert sum(page.open_to(by) for page in PAGES.values()) <= IN_SIGHT


def test_the_page_one_is_on_stays_in_sight(sample):
    officer = person(sample, WHO[Role.REPORTING_OFFICER])
    assert not is_in_sight(officer, page_of("http://localhost:8501/tokens?show=all"))
    for url in (None, "http://localhost:8501/", "http://localhost:8501/report?task=3", "/task?task=3"):
        assert is_in_sight(officer, page_of(url))
