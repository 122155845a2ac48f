"""The frame around every page: its settings, the navigation and who is signed in.

This is the script that Streamlit runs at every visit; it decides nothing: each page asks for its right.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402 -- the tree must be importable first, however the server was started

from pages.shared.access import identify  # noqa: E402 -- as above
from pages.shared.frame import dress, name_tab, registered, sample_note, sidebar  # noqa: E402 -- as above
from pages.shared.navigation import IN_SIGHT, PAGES, Group, arranged, is_in_sight, page_of  # noqa: E402 -- as above
from pages.shared.reads import reads_for  # noqa: E402 -- as above
from pages.shared.reconnection import run_whole_when_back, say_what_was_not_done  # noqa: E402 -- as above
from pages.shared.renewal import renewal_note  # noqa: E402 -- as above
from pages.shared.waiting import label, waiting_for  # noqa: E402 -- as above
from pages.shared.wording import translate  # noqa: E402 -- as above

dress()
by = identify()
reads = reads_for(by)
waiting = waiting_for(reads, by)
current = st.navigation(
    {
        translate(f"group.{group}") if group is not Group.START else "": [
            # A page that is closed to this person is registered all the same, to say whom to ask.
            registered(page, label(page, waiting), hidden=page.hidden or not page.open_to(by))
            for page in pages
        ]
        for group, pages in arranged(by).items()
    },
    # Where one is stays in sight, however one came there.
    expanded=IN_SIGHT if is_in_sight(by, page_of(st.context.url)) else True,
)
page = PAGES[current.url_path or "home"]
name_tab(page)
sidebar(by)
sample_note(reads)
renewal_note(reads, page)
say_what_was_not_done()
current.run()
run_whole_when_back()
