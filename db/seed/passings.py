"""The way of what a sample authority submits through the one above that checks it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from db.seed.authorities import Reporter
from db.seed.build import Build
from db.tables import PassingOn

# What follows on being passed on.
_AFTER = frozenset({"filed_at", "accepted_at", "returned_at"})


def stages_of(authority: Reporter, stages: Sequence[str], *, checking: bool) -> Sequence[str]:
    """The stages of a life, and among them when it was passed on, where somebody checks first and has done so."""
    if authority.checker_id is None or checking or "submitted_at" not in stages:
        return stages
    last = [stage for stage in stages if stage in _AFTER]
    return (*stages[: len(stages) - len(last)], "received_at", *last)


def checked_by(authority: Reporter, life: Mapping[str, datetime], *, checking: bool) -> Mapping[str, Any]:
    """Who has what is being checked, and since when."""
    return {"checker_id": authority.checker_id, "received_at": life["submitted_at"]} if checking else {}


def add_passing(build: Build, authority: Reporter, life: Mapping[str, datetime], **subject: int) -> None:
    """Record that a plan revision or an update (`plan_revision_id` or `update_id`) was passed on, if it was."""
    if authority.checker_id is None or "received_at" not in life:
        return
    build.rows.add(
        PassingOn,
        **subject,
        authority_id=authority.checker_id,
        received_at=life["submitted_at"],
        passed_at=life["received_at"],
        passed_by_id=build.signatories[authority.checker_id],
    )
