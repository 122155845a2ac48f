"""Handover wording, the same on screen, on paper and in a file: plain text, not Markdown."""

from collections.abc import Mapping
from typing import Any

from tracking.handovers.state import HandoverLine
from tracking.messages import text
from tracking.palette import SHAPES
from tracking.periods import period_name
from tracking.vocabulary import HandoverKind, HandoverState, Language, Light

COLUMNS = ("kind", "number", "item", "due_on", "listed", "now")
SIGNED_BY = ("sign_outgoing", "sign_incoming", "sign_supervisor")


def cells(line: HandoverLine, language: Language) -> tuple[str, ...]:
    """A line of the sheet under `COLUMNS`: what it is, its state when entered, and its state now."""
    added = text("handover_sheet.added", language)
    settled = text("handover_sheet.settled", language)
    return (
        text(f"handover_kind.{line.kind}", language),
        str(line.task_number),
        item_words(line, language),
        "—" if line.due_on is None else line.due_on.isoformat(),
        state_words(line.kind, line.state, language) if line.listed else added,
        settled if line.now is None else state_words(line.kind, line.now, language),
    )


def item_words(line: HandoverLine, language: Language) -> str:
    """The title, with the period of an update."""
    if line.year is None or line.number is None or line.cycle is None:
        return line.title
    period = period_name(year=line.year, number=line.number, cycle=line.cycle)
    return text("handover_sheet.in_period", language, title=line.title, period=period)


def state_words(kind: HandoverKind, state: str, language: Language) -> str:
    """A state: a light with its shape, a level, or how far an update or an extension is."""
    if kind is HandoverKind.TASK:
        return f"{SHAPES[Light(state)]} {text(f'light.{state}', language)}"
    if kind is HandoverKind.REQUEST:
        return text(f"request_status.{state}", language)
    return text(f"{'slip_level' if kind is HandoverKind.SLIP else 'handover_kind'}.{state}", language)


def facts(row: Mapping[str, Any], language: Language) -> list[tuple[str, str]]:
    """Label and value of the facts above the lines; `row` is the one of `db.handovers.queries.HandoverSheet`."""
    said = {
        "authority": row["authority_name"],
        "post": row["post_title"],
        "outgoing": _outgoing(row, language),
        "incoming": text("handover_sheet.from", language, name=row["incoming_name"], day=row["effective_on"]),
        "made": _made(row, language),
        "state": _state(row, language),
        "note": row["note"],
    }
    return [(text(f"handover_sheet.{name}", language), value) for name, value in said.items() if value]


def _outgoing(row: Mapping[str, Any], language: Language) -> str:
    name, until_on = row["outgoing_name"], row["outgoing_until_on"]
    return name if until_on is None else text("handover_sheet.until", language, name=name, day=until_on)


def _made(row: Mapping[str, Any], language: Language) -> str:
    """Who entered it and when; a handover dated before that is marked as entered retroactively."""
    key = "backdated" if row["effective_on"] < row["made_on"] else "made_by"
    return text(f"handover_sheet.{key}", language, on=row["made_on"], name=row["made_by"] or "—")


def _state(row: Mapping[str, Any], language: Language) -> str:
    state = HandoverState(row["handover_state"])
    if state is not HandoverState.CANCELLED:
        return text(f"handover_state.{state}", language)
    return text(
        "handover_sheet.cancelled",
        language,
        on=row["cancelled_on"],
        name=row["cancelled_by"] or "—",
        reason=row["cancel_reason"],
    )
