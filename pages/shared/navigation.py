"""The pages as plain data: which exist, for whom, and in which group.

The right a page needs is asked by `pages.shared.access`; this table only names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import streamlit as st

from tracking.permissions import Actor, Right, may

SCRIPTS = Path(__file__).parents[1]
ONWARD = ":material/chevron_right:"
# The query name of a vintage; see `pages.shared.vintages`.
VINTAGE = ("as_of", "figures")
# That of the notice; see `pages.shared.choices`.
NOTICE = "notice"


class Group(StrEnum):
    """Headings of the navigation, in their order; worded as `group.<value>`."""

    START = "start"
    DAILY = "daily"
    PROGRESS = "progress"
    OVERSIGHT = "oversight"
    WORK = "work"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its script and address are its name, its title is `page.<name>` in the catalogue.

    Any one of `rights` opens it; none means everybody signed in. A hidden page is reached by clicks only. A
    dated page shows its figures as of any day.
    """

    name: str
    icon: str
    group: Group
    rights: frozenset[Right] = field(default_factory=frozenset)
    hidden: bool = False
    dated: bool = False

    @property
    def script(self) -> str:
        """The script path for Streamlit."""
        return str(SCRIPTS / f"{self.name}.py")

    @property
    def title(self) -> str:
        """The catalogue name of its title."""
        return f"page.{self.name}"

    def open_to(self, by: Actor) -> bool:
        """Whether this person may open it."""
        return not self.rights or any(may(by, right) for right in self.rights)


def _page(
    name: str, icon: str, group: Group, *rights: Right, hidden: bool = False, dated: bool = False
) -> Page:
    return Page(name, f":material/{icon}:", group, frozenset(rights), hidden, dated)


PAGES: Mapping[str, Page] = {
    page.name: page
    for page in (
        _page("home", "home", Group.START),
        _page("inbox", "mail", Group.START),
        _page("overview", "monitoring", Group.PROGRESS, Right.VIEW_PROGRESS, dated=True),
        _page("measure", "checklist", Group.PROGRESS, Right.VIEW_PROGRESS, dated=True),
        _page("region", "grid_view", Group.PROGRESS, Right.VIEW_PROGRESS, dated=True),
        _page("comparison", "align_horizontal_center", Group.PROGRESS, Right.VIEW_PROGRESS, dated=True),
        _page("ledger", "table_rows", Group.PROGRESS, Right.VIEW_PROGRESS, dated=True),
        _page("changes", "difference", Group.PROGRESS, Right.VIEW_PROGRESS),
        _page("country", "public", Group.PROGRESS, Right.VIEW_PROGRESS),
        _page("policy_text", "description", Group.PROGRESS),
        _page("task", "task", Group.PROGRESS, Right.VIEW_PROGRESS, hidden=True, dated=True),
        _page("trace", "account_tree", Group.PROGRESS, Right.VIEW_PROGRESS, hidden=True, dated=True),
        _page("submissions", "inbox_text", Group.OVERSIGHT, Right.VIEW_PROGRESS),
        _page("coverage", "apps", Group.OVERSIGHT, Right.VIEW_PROGRESS),
        _page("obligations", "rule", Group.OVERSIGHT, Right.VIEW_PROGRESS),
        _page("urging", "campaign", Group.OVERSIGHT, Right.VIEW_PROGRESS),
        _page("extensions", "event_repeat", Group.OVERSIGHT, Right.VIEW_PROGRESS),
        _page("difficulties", "support", Group.OVERSIGHT, Right.VIEW_PROGRESS),
        _page("briefings", "article", Group.OVERSIGHT, Right.VIEW_PROGRESS),
        _page("work_plan", "calendar_month", Group.WORK, Right.VIEW_PROGRESS),
        _page("report", "edit_note", Group.WORK, Right.REPORT_PROGRESS),
        _page("import_ledger", "upload_file", Group.WORK, Right.REPORT_PROGRESS),
        _page("sign_off", "approval", Group.WORK, Right.SIGN_OFF),
        _page("verify", "qr_code_scanner", Group.WORK, Right.VIEW_PROGRESS),
        _page("review", "fact_check", Group.WORK, Right.REVIEW),
        _page("corrections", "published_with_changes", Group.OVERSIGHT, Right.VIEW_PROGRESS),
        _page("officers", "badge", Group.WORK, Right.VIEW_PROGRESS),
        _page("handover", "swap_horiz", Group.WORK, Right.VIEW_PROGRESS),
        _page("registers", "handshake", Group.WORK, Right.VIEW_PROGRESS),
        _page("tokens", "key", Group.WORK, Right.USE_TOKENS),
        _page("periods", "date_range", Group.SYSTEM, Right.MANAGE_PERIODS),
        _page("thresholds", "traffic", Group.SYSTEM, Right.SET_THRESHOLDS),
        _page("units", "domain", Group.SYSTEM, Right.MANAGE_REFERENCE_DATA),
        _page(
            "reference_data", "menu_book", Group.SYSTEM, Right.MANAGE_REFERENCE_DATA, Right.DEFINE_REGISTERS
        ),
        _page(
            "accounts",
            "manage_accounts",
            Group.SYSTEM,
            Right.MANAGE_ACCOUNTS,
            Right.GRANT_ROLES,
            Right.UNLOCK_ACCOUNTS,
            Right.KEEP_OWN_ACCOUNTS,
        ),
        _page("settings", "settings", Group.SYSTEM, Right.CHANGE_SETTINGS),
        _page("audit", "policy", Group.SYSTEM, Right.READ_AUDIT),
    )
}


# How many pages stand in sight; the rest is one click away.
IN_SIGHT = 12
# What whoever holds a right comes for time and again, the most frequent first.
_DAILY: Mapping[Right, tuple[str, ...]] = {
    Right.REPORT_PROGRESS: ("report", "work_plan", "import_ledger", "urging", "difficulties", "extensions"),
    Right.SIGN_OFF: ("sign_off", "work_plan", "urging", "extensions", "corrections", "difficulties"),
    Right.REVIEW: (
        *("review", "submissions", "urging", "extensions", "difficulties"),
        *("corrections", "briefings", "periods"),
    ),
    Right.VIEW_PROGRESS: (
        *("overview", "ledger", "region", "changes", "measure", "comparison"),
        *("submissions", "urging", "briefings", "coverage"),
    ),
}


def daily(by: Actor) -> list[str]:
    """The pages that this person comes for time and again, as many as stand in sight beside those of the start."""
    names = dict.fromkeys(name for right, names in _DAILY.items() if may(by, right) for name in names)
    start = [page for page in PAGES.values() if page.group is Group.START]
    return list(names)[: IN_SIGHT - len(start)]


def arranged(by: Actor) -> dict[Group, list[Page]]:
    """The pages under their headings, what this person does most on top; headings without a page left out."""
    first = daily(by)
    groups: dict[Group, list[Page]] = {group: [] for group in Group}
    for page in PAGES.values():
        if page.name not in first:
            groups[page.group].append(page)
    groups[Group.DAILY] = [PAGES[name] for name in first]
    return {group: pages for group, pages in groups.items() if pages}


def is_in_sight(by: Actor, name: str) -> bool:
    """Whether a page is listed without a click, or is nowhere listed."""
    page = PAGES.get(name)
    return page is None or page.hidden or page.group is Group.START or name in daily(by)


def page_of(url: str | None) -> str:
    """The name of the page in an address."""
    return urlsplit(url or "").path.rpartition("/")[2]


def address(**query: object) -> dict[str, str]:
    """Query values as in an address, without None."""
    return {name: str(value) for name, value in query.items() if value is not None}


def link(name: str, /, **query: object) -> str:
    """The address of another page, for a link in text."""
    return f"/{name}?{urlencode(_kept(name) | address(**query))}"


def open_page(name: str, /, **query: object) -> NoReturn:
    """Go to another page, with its filters in the address."""
    st.switch_page(PAGES[name].script, query_params=_kept(name) | address(**query))


def _kept(name: str) -> dict[str, str]:
    """What the address keeps on the way to the next page: the notice, and the vintage if that page can show it."""
    kept = (NOTICE, *VINTAGE) if PAGES[name].dated else (NOTICE,)
    return {word: st.query_params[word] for word in kept if word in st.query_params}


def page_link(name: str, label: str, /, **query: object) -> None:
    """A link to another page; user text in the label must already be escaped."""
    st.page_link(
        PAGES[name].script,
        label=label,
        query_params=_kept(name) | address(**query),
        icon=ONWARD,
        icon_position="right",
    )
