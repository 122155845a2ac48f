"""Posts that a plan names and its authority does not have: proposed, and made only when an officer takes them."""

from collections.abc import Iterable

from tracking.documents.legacy_words import bare
from tracking.documents.plan_rows import PlanRow
from tracking.documents.plan_words import PlanField
from tracking.plans.known import Known, KnownPost
from tracking.plans.matching import is_unknown, match_post, parts_of, title_in

_LONGEST_TITLE, _LONGEST_NAME = 60, 40


def proposed_posts(rows: Iterable[PlanRow], known: Known) -> list[KnownPost]:
    """Each post once, with a key below zero; none where nobody may add one."""
    found: dict[str, KnownPost] = {}
    for row in rows if known.may_add_posts else ():
        written = row.text(PlanField.POST)
        if written and not row.struck and is_unknown(match_post(written, known.posts)[1]):
            title, holder = named_post(row)
            if title and len(title) <= _LONGEST_TITLE:
                found.setdefault(bare(title), KnownPost(-1 - len(found), title, holder))
    return list(found.values())


def named_post(row: PlanRow) -> tuple[str, str]:
    """The title and the holder that a row names; a person without a title answers for the unit in the lead.

    The title is "" where neither is named, the holder where nobody or more than one is.
    """
    written, lead = row.text(PlanField.POST), row.text(PlanField.LEAD)
    title = title_in(written)
    names = [part for part in parts_of(written) if part != title and len(part) <= _LONGEST_NAME]
    alone = len(lead.splitlines()) == 1 and len(parts_of(lead)) == 1
    return title or (f"{lead}负责人" if alone else ""), names[0] if len(names) == 1 else ""
