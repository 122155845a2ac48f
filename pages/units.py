"""单位管理: the authorities of today, of the past and to come; founding, changing and ending them by date."""

import streamlit as st

from db.hierarchy.queries import AUTHORITIES_SHOWN, authorities_frame
from db.hierarchy.rows import AuthorityRow
from db.typed_rows import rows_as
from pages.parts.hierarchy.founding import new_authority_form
from pages.parts.hierarchy.list import COLUMNS, kind_names, units_sentence, word_authorities
from pages.parts.hierarchy.many import many_form
from pages.parts.hierarchy.sheet import show_authority
from pages.shared.access import require
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked, asked_number, filter_bar, pick, search, switch, with_all
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, translate

by = require("units")
reads = reads_for(by)
views = ("list", "gone", "new", "many")


def show_list(*, gone: bool) -> None:
    """The authorities that stand, or those that are dissolved; a click opens one."""
    left, right = filter_bar(2)
    with left:
        kind = pick("authority_kind", with_all(kind_names(), "authority_kind"))
    with right:
        text = search("who")
    found = reads.common(authorities_frame, on=reads.today, text=text, kind=kind, gone=gone)
    if found.empty:
        empty(translate("hierarchy.nothing_gone" if gone and not (text or kind) else "hierarchy.nothing"))
        return
    st.caption(translate("hierarchy.note", most=AUTHORITIES_SHOWN))
    opened = asked_number("authority")
    place = table(
        word_authorities(found, reads.today),
        *COLUMNS,
        key=f"authorities_{opened}_{text}_{kind}_{gone}",
        height=None if len(found) < 10 else 360,
    )
    if place is not None:
        shown = int(found["authority_id"].iloc[place])
        open_page("units", authority=shown, who=text, authority_kind=kind, show=asked("show"))
    for row in rows_as(AuthorityRow, found[found["authority_id"] == opened]):
        show_authority(reads, by, row)


heading(translate("page.units"), units_sentence(reads))
view = switch("show", {name: translate(f"hierarchy.view.{name}") for name in views})
if view == "new":
    new_authority_form(reads, by)
elif view == "many":
    many_form(reads, by)
else:
    show_list(gone=view == "gone")
foot(
    translate("hierarchy.source"),
    day(reads.today),
    translate("hierarchy.rule_days"),
    translate("hierarchy.rule_kept"),
    translate("hierarchy.rule_merge"),
)
