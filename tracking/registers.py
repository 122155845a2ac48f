"""The layout of a register: columns, headers, and its closed vocabularies."""

from collections.abc import Mapping

import pandas as pd

from tracking.messages import text
from tracking.vocabulary import Language, Register

COLUMNS: Mapping[Register, tuple[str, ...]] = {
    Register.COORDINATION: (
        "authority_name",
        "established_on",
        "document_number",
        "lead_leader",
        "member_units",
        "ccpit_partner",
        "liaison_name",
    ),
    Register.COOPERATION: (
        "authority_name",
        "partner_place",
        "partner_body",
        "multilateral",
        "established_on",
        "standing",
        "results",
    ),
    Register.PUBLICITY: ("authority_name", "published_on", "channel", "title", "link"),
}
_VERSION = ("recorded_at", "recorded_by")
_WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawal_reason")


def register_headers(register: Register, language: Language, *, withdrawn: bool) -> dict[str, str]:
    """Column → header of a file, in order; for removed entries also when, by whom and why."""
    columns = (*COLUMNS[register], *_VERSION, *(_WITHDRAWN if withdrawn else ()))
    return {column: text(f"register_field.{column}", language) for column in columns}


def worded_register(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The entries with `multilateral` in words, if the register has it."""
    if "multilateral" not in frame:
        return frame
    words = [
        text("register_kind.multilateral" if several else "register_kind.bilateral", language)
        for several in frame["multilateral"]
    ]
    return frame.assign(multilateral=words)
