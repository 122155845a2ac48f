"""One country: its tasks, what the registers hold and add up to, the warnings and difficulties that are open."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import streamlit as st

from db.countries.queries import COUNTED, WARNINGS, Kept, countries_frame, registers_of_country
from db.difficulties.queries import DifficultyFilter, difficulties_frame
from db.tasks.queries import task_frame
from pages.parts.difficulties.list import word_difficulties
from pages.parts.registers.views import listed
from pages.shared.components import Figure, empty, figures
from pages.shared.navigation import link, open_page, page_link
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table
from pages.shared.wording import language, plain, translate
from tracking.countries import country_name
from tracking.messages import amount_words
from tracking.registers.money import currency_name
from tracking.registers.results import Result

# Entries of a register that are shown; the register itself has the rest.
MOST_ENTRIES = 5
_TASK = ("unit_name", "title", "light", "completion_permille", "due_on", "post_title", "officer_name")


def country_sentence(reads: Reads, asked: dict[str, Any]) -> str:
    """How much there is of a country."""
    counted = reads.scoped(countries_frame, **asked)
    counts = {name: int(counted[name].sum()) for name in COUNTED}
    name = country_name(asked["country"], language())
    return translate("country_page.one_sentence", country=name, year=asked["year"], **counts)


def show_country(reads: Reads, asked: dict[str, Any]) -> None:
    """Everything of a country; `asked` as of `countries_frame`."""
    counted = reads.scoped(countries_frame, **asked)
    if counted.empty:
        empty(translate("country_page.nothing"), page="country", label=translate("country_page.back"))
        return
    row = counted.iloc[0]
    figures([Figure(translate(f"column.{name}"), str(row[name])) for name in COUNTED])
    kept = reads.scoped(registers_of_country, notice_id=asked["notice_id"], country=asked["country"])
    _tasks(reads, asked)
    _results(kept)
    for one in sorted(kept, key=lambda kept: kept.register.key != WARNINGS):
        _register(one, asked["country"])
    _difficulties(reads, asked["country"])


def _tasks(reads: Reads, asked: dict[str, Any]) -> None:
    st.header(translate("country_page.tasks"), anchor=False)
    found = reads.scoped(task_frame, **asked)
    if found.empty:
        st.caption(translate("country_page.no_tasks"))
        return
    place = table(found, *_TASK, key=f"country_tasks_{asked['country']}")
    if place is not None:
        open_page("task", task=int(found["task_id"].iloc[place]))
    page_link("ledger", translate("country_page.to_ledger"), country=asked["country"])


def _results(kept: list[Kept]) -> None:
    rows = [row for one in kept for row in _sums(one)]
    if not rows:
        return
    st.header(translate("country_page.results"), anchor=False)
    st.caption(translate("country_page.results_note"))
    plain_table(pd.DataFrame(rows))


def _sums(kept: Kept) -> Iterator[dict[str, Any]]:
    for result in kept.results:
        yield {
            "register": kept.register.named(language()),
            "figure": result.field.named(language()),
            "sum": _said(result),
            "entries": result.entries,
        }


def _said(result: Result) -> str:
    currency = f" {currency_name(result.currency, language())}" if result.currency else ""
    return amount_words(result.value) + currency


def _register(kept: Kept, country: str) -> None:
    register, total = kept.register, len(kept.entries)
    name = plain(register.named(language()))
    address = link("registers", register=register.key, country=country)
    st.header(translate("country_page.register", register=name, count=total), anchor=False)
    shown, headers = listed(kept.entries.head(MOST_ENTRIES), register)
    plain_table(shown, *headers, labels=headers)
    st.markdown(f"[{translate('country_page.to_register', count=total)}]({address})")


def _difficulties(reads: Reads, country: str) -> None:
    found = reads.scoped(difficulties_frame, standing=DifficultyFilter.OPEN, country=country)
    if found.empty:
        return
    st.header(translate("country_page.difficulties"), anchor=False)
    columns = ("authority_name", "title", "difficulty_state", "age", "difficulty_cause", "description")
    place = table(word_difficulties(found, reads.today), *columns, key=f"country_difficulties_{country}")
    if place is not None:
        open_page("difficulties", difficulty=int(found["difficulty_id"].iloc[place]))
