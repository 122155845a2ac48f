"""The list of authorities in words, and one sentence on how many there are."""

from datetime import date

import pandas as pd

from db.hierarchy.queries import authority_counts
from db.hierarchy.rows import AuthorityRow
from db.typed_rows import rows_as
from pages.shared.reads import Reads
from pages.shared.wording import day, translate
from tracking.hierarchy import is_beneath
from tracking.vocabulary import AuthorityKind

COLUMNS = ("code", "authority_name", "authority_kind", "relation", "parent_name", "authority_state")


def kind_names() -> dict[AuthorityKind, str]:
    """The kinds that report, in words."""
    return {
        kind: translate(f"authority_kind.{kind}")
        for kind in AuthorityKind
        if kind is not AuthorityKind.NOT_COVERED
    }


def units_sentence(reads: Reads) -> str:
    """How many units report, by kind, and how many authorities report through them."""
    counts = reads.common(authority_counts, on=reads.today)
    said = [
        translate("hierarchy.of_kind", kind=translate(f"authority_kind.{kind}"), count=counts[kind])
        for kind in AuthorityKind
        if kind in counts and not is_beneath(kind)
    ]
    units = sum(count for kind, count in counts.items() if not is_beneath(kind))
    return translate(
        "hierarchy.sentence",
        units=units,
        kinds=translate("access.list").join(said),
        beneath=sum(counts.values()) - units,
    )


def word_authorities(found: pd.DataFrame, today: date) -> pd.DataFrame:
    """The authorities with their kind and whether they stand in words; columns as in `authorities_frame`."""
    return found.assign(
        authority_kind=[translate(f"authority_kind.{kind}") for kind in found["kind"]],
        authority_state=[state_of(row, today) for row in rows_as(AuthorityRow, found)],
    )


def state_of(row: AuthorityRow, today: date) -> str:
    """Since when an authority stands, or until when, in words."""
    if row.dissolved_on:
        key = "hierarchy.state.gone" if row.dissolved_on <= today else "hierarchy.state.going"
        return translate(key, day=day(row.dissolved_on))
    if row.founded_on:
        key = "hierarchy.state.since" if row.founded_on <= today else "hierarchy.state.coming"
        return translate(key, day=day(row.founded_on))
    return translate("hierarchy.state.stands")
