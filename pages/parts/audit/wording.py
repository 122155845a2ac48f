"""Audit events in words, without the text of plans and reports, which administrators do not see."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pages.shared.wording import language, moment, percent, plain, translate
from tracking.messages import catalogue

# People wrote these as part of their work: the trail shows that they changed, not their text.
BUSINESS = frozenset(
    {
        "work_plan",
        "plan_revision",
        "task",
        "task_revision",
        "progress_update",
        "evidence_file",
        "extension",
        "task_request",
        "correction",
        "urging_slip",
        "difficulty",
        "briefing",
        "coordination_mechanism",
        "cooperation_mechanism",
        "publicity_item",
        "register_entry",
    }
)
_FIGURES = (int, float, bool, type(None))


def action_words(action: str) -> str:
    """What was done."""
    return _worded(f"audit_action.{action}", action)


def subject_words(subject: str) -> str:
    """The kind of subject it was done to."""
    return _worded(f"audit_subject.{subject}", subject)


def numbered_subject(event: Any) -> str:
    """The subject: its kind and number."""
    words = subject_words(event.subject)
    if pd.isna(event.subject_id):
        return words
    return translate("audit_page.subject_numbered", subject=words, id=event.subject_id)


def who_words(event: Any) -> str:
    """Who did it; without anybody signed in, the command line."""
    return translate("audit_page.command_line") if pd.isna(event.officer_id) else str(event.officer_name)


def word_events(events: pd.DataFrame) -> pd.DataFrame:
    """Rows of `audit_frame` with `event`, `happened`, `who`, `act`, `subject_words` and `authority_name` in words."""
    return events.assign(
        event=events["number"],
        happened=[moment(at) for at in events["happened_at"]],
        who=[who_words(row) for row in events.itertuples()],
        act=[action_words(action) for action in events["action"]],
        subject_words=[numbered_subject(row) for row in events.itertuples()],
        authority_name=events["authority_name"].fillna("—"),
    )


def detail_lines(event: Any) -> list[str]:
    """Further details of the event, one per line, as Markdown; empty if there are none."""
    detail: Mapping[str, Any] = event.detail or {}
    hidden = event.subject in BUSINESS
    lines = [*_changes(detail.get("changes") or {}, hidden=hidden), *_before_after(detail)]
    for name, value in detail.items():
        if name != "changes" and not _is_pair(detail, name):
            lines.append(_line(name, value, hidden=hidden))
    return lines


def _changes(changes: Mapping[str, Mapping[str, Any]], *, hidden: bool) -> Iterator[str]:
    for name, change in changes.items():
        before, after = change.get("before"), change.get("after")
        if hidden and not (isinstance(before, _FIGURES) and isinstance(after, _FIGURES)):
            yield translate("audit_page.text_changed", name=_name(name))
        else:
            yield _changed(name, before, after)


def _before_after(detail: Mapping[str, Any]) -> Iterator[str]:
    """Two values side by side: of one setting, or of several thresholds at once."""
    if not {"before", "after"} <= detail.keys():
        return
    before, after = detail["before"], detail["after"]
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in after:
            if before.get(name) != after[name]:
                yield _changed(name, before.get(name), after[name])
    else:
        yield _changed(str(detail.get("key", "")), before, after)


def _is_pair(detail: Mapping[str, Any], name: str) -> bool:
    return {"before", "after"} <= detail.keys() and name in {"before", "after", "key"}


def _changed(name: str, before: Any, after: Any) -> str:
    return translate(
        "audit_page.changed", name=_name(name), before=_value(name, before), after=_value(name, after)
    )


def _line(name: str, value: Any, *, hidden: bool) -> str:
    if hidden and not isinstance(value, _FIGURES):
        return translate("audit_page.text_given", name=_name(name))
    return translate("audit_page.line", name=_name(name), value=_value(name, value))


def _name(name: str) -> str:
    return plain(_worded(f"audit_detail.{name}", _worded(f"setting.{name}", name)))


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return translate("audit_page.yes" if value else "audit_page.no")
    if name.endswith("_permille"):
        return percent(value)
    word = "title_source" if name.endswith("source") else name
    return plain(_worded(f"{word}.{value}", str(value)))


def _worded(key: str, otherwise: str) -> str:
    """The wording of a key that may no longer exist: the trail outlives the code that wrote it."""
    return catalogue(language()).get(key, otherwise)
