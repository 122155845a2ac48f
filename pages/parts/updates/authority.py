"""Choosing the authority an officer reports for: their own, or one below it."""

from dataclasses import replace

import pandas as pd

from db.authorities.delegation import writing_scope
from db.home.reporting_authorities import reporting_authorities
from db.identity import SignedIn
from pages.shared.filters import pick
from pages.shared.reads import Reads
from pages.shared.wording import translate


def pick_authority(by: SignedIn, reads: Reads, period_id: int) -> int:
    """The picker of authorities, one's own first; nothing is drawn if none is beneath."""
    own = by.authority_id or 0
    if not by.beneath:
        return own
    places = _places(by, reads, period_id)
    parts = (places[name].tolist() for name in ("authority_id", "authority_name", "waiting", "tasks"))
    labels = {
        key: translate("report.authority_line", name=name, open=waiting, total=tasks)
        for key, name, waiting, tasks in zip(*parts, strict=True)
    }
    first = {own: labels.get(own, translate("report.own"))}
    return int(pick("authority", {**first, **labels}, default=own))


def form_address(by: SignedIn, reads: Reads, period_id: int) -> str:
    """The address of the ledger form, for all one reports for or for the chosen authority."""
    address = f"/ledger-form.xlsx?period={period_id}"
    if not by.beneath:
        return address
    places = _places(by, reads, period_id)
    names = dict(zip(places["authority_id"].tolist(), places["authority_name"], strict=True))
    authority_id = pick("authority", {None: translate("report.all_places", count=len(names)), **names})
    return address if authority_id is None else f"{address}&authority={authority_id}"


def _places(by: SignedIn, reads: Reads, period_id: int) -> pd.DataFrame:
    return replace(reads, scope=writing_scope(by)).scoped(reporting_authorities, period_id=period_id)
