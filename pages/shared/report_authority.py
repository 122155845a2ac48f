"""Owns for which authority an officer reports: his own, or one of those that come in through it."""

from dataclasses import replace

from db.identity import SignedIn
from db.queries.desks import writing_scope
from db.queries.report_places import report_places
from pages.shared.filters import pick
from pages.shared.reads import Reads
from pages.shared.words import t


def pick_authority(by: SignedIn, reads: Reads, period_id: int) -> int:
    """The picker of authorities, the own one first; nothing is drawn where nobody is beneath."""
    own = by.authority_id or 0
    if not by.beneath:
        return own
    places = replace(reads, scope=writing_scope(by)).scoped(report_places, period_id=period_id)
    labels = {
        int(row.authority_id): t(
            "report.authority_line", name=row.authority_name, open=row.waiting, total=row.tasks
        )
        for row in places.itertuples(index=False)
    }
    first = {own: labels.get(own, t("report.own"))}
    return int(pick("authority", {**first, **labels}, default=own))
