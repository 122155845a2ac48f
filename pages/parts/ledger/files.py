"""The ledger as a file: at once when quick, otherwise prepared under a progress bar."""

from functools import partial
from typing import Any

import streamlit as st

from db import clock
from db.beside import beside
from db.identity import SignedIn
from db.ledger.exports import KEYS, LedgerFilter
from db.ledger.files import CSV, WORKBOOK
from db.ledger.prepared_workbook import prepared_workbook
from db.store import Store
from db.turns import in_turn
from pages.parts.ledger.table import export_address
from pages.shared.choices import Choice
from pages.shared.vintages import address_of
from pages.shared.wording import language, translate
from tracking.steps import share

# More lines than a browser should wait for without feedback.
MOST_AT_ONCE = 5_000


def ledger_files(store: Store, by: SignedIn, choice: Choice, narrowed: dict[str, Any], lines: int) -> None:
    """A button or a link for each kind of file; CSV is streamed while being written, whatever its length."""
    asked = {"period": choice.period_id, **narrowed, **address_of(choice.vintage)}
    if lines <= MOST_AT_ONCE:
        address = export_address(WORKBOOK.ending, **asked)
        st.link_button(translate("ledger_page.excel"), address, icon=":material/download:", type="primary")
    else:
        # With the day: yesterday's file can no longer be fetched.
        key = f"prepared_{clock.today()}_{export_address(WORKBOOK.ending, **asked)}"
        _workbook(store, by, choice, narrowed, key)
    st.link_button(
        translate("ledger_page.csv"), export_address(CSV.ending, **asked), icon=":material/download:"
    )


def _workbook(store: Store, by: SignedIn, choice: Choice, narrowed: dict[str, Any], key: str) -> None:
    """The button to make the workbook, then the link to it."""
    place = st.empty()
    if key not in st.session_state and place.button(
        translate("ledger_page.make_excel"), icon=":material/table_view:", type="primary"
    ):
        st.session_state[key] = _made(store, by, choice, narrowed, place)
    if key in st.session_state:
        address = f"/prepared?ticket={st.session_state[key]}"
        place.link_button(translate("ledger_page.excel"), address, icon=":material/download:", type="primary")


def _made(store: Store, by: SignedIn, choice: Choice, narrowed: dict[str, Any], place: Any) -> str:
    """Make the workbook and return its ticket."""
    where = LedgerFilter(
        **{KEYS.get(name, name): value for name, value in narrowed.items() if value is not None},
        known_on=choice.vintage.known_on,
        published=choice.vintage.published,
    )
    with in_turn(by.officer_id, lambda ahead: place.progress(0.0, translate("turns.place", place=ahead))):
        return beside(
            store,
            prepared_workbook,
            told=partial(_tell, place),
            by=by,
            period_id=choice.period_id,
            where=where,
            language=language(),
        )


def _tell(place: Any, seen: int = 0, lines: int = 0) -> None:
    """Show how far the workbook is."""
    said = translate("ledger_page.making", lines=f"{seen:,}", all=f"{lines:,}")
    place.progress(share(seen, lines), said if seen < lines else translate("ledger_page.packing"))
