"""The table of units on the overview and the regions, kept as it is shown until a figure in it changes."""

from pages.parts.figures.address import open_unit
from pages.parts.figures.extract import Extract, headline_of, unit_figures
from pages.shared.reads import Reads
from pages.shared.tables import FIGURES, Table, kept_table, traced
from pages.shared.wording import language, translate
from tracking.vocabulary import Language


def unit_table(reads: Reads, extract: Extract) -> None:
    """One row per unit; a click opens its sheet or, in the last column, the parts of its figures."""
    clicked = kept_table(reads.made(_table, extract, language()), key="units")
    if clicked:
        units = reads.made(unit_figures, extract)
        open_unit(extract, units["unit_id"].iloc[clicked[0]], trace=clicked[1])


def _table(reads: Reads, extract: Extract, _language: Language) -> Table:
    units, without = reads.made(unit_figures, extract), reads.made(headline_of, extract).without_plan
    named = [
        translate("region.without_plan", unit=name) if key in without else name
        for key, name in zip(units["unit_id"], units["unit"], strict=True)
    ]
    return traced(units.assign(unit=named), "unit", *FIGURES)
