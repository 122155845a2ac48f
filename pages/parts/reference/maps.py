"""The approved maps on the settings page: which are installed, installing one, taking one away."""

from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.reference import maps as acts
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.documents.workbook_zip import LIMIT_MEGABYTES
from tracking.maps import MapLevel


def maps_form(reads: Reads, by: SignedIn) -> None:
    """Which maps are drawn, and the forms to change that."""
    st.subheader(translate("map_page.title"), anchor=False)
    st.caption(translate("map_page.note"))
    for level in MapLevel:
        found = reads.common(acts.approved_map, level=level)
        name = translate(f"map_level.{level}")
        if found is None:
            st.markdown(translate("map_page.none", level=name))
        else:
            number = plain(found.review_number)
            st.markdown(translate("map_page.installed", level=name, areas=len(found.areas), number=number))
            _removal(by, level, name)
    _installation(by)


def _removal(by: SignedIn, level: MapLevel, name: str) -> None:
    small_form(f"remove_map_{level}").save(
        translate("map_page.remove", level=name),
        acts.remove_map,
        done=translate("map_page.removed"),
        consequence=translate("map_page.remove_consequence"),
        by=by,
        level=level,
    )


def _installation(by: SignedIn) -> None:
    file = st.file_uploader(translate("map_page.file"), key="map_file", max_upload_size=LIMIT_MEGABYTES)
    if file is None:
        return
    given = small_form(f"map_given_{file.file_id}")
    number = given.text("review_number", translate("map_page.number"), "", max_chars=acts.LONGEST_NUMBER)
    asked: dict[str, Any] = {"by": by, "content": file.getvalue(), "review_number": number}
    given.save(translate("map_page.install"), acts.install_map, done=translate("map_page.done"), **asked)
