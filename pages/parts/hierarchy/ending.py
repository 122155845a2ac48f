"""The forms that merge authorities into another, let one end, or take that back before its day is over."""

from db.hierarchy.ending_actions import dissolve_authority, merge_authorities, withdraw_ending
from db.hierarchy.queries import successors_frame
from db.hierarchy.rows import AuthorityRow
from db.identity import SignedIn
from pages.parts.hierarchy.changing import when_and_why
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import day, plain, translate


def merge_form(reads: Reads, by: SignedIn, row: AuthorityRow) -> None:
    """Merging it, alone or with others, into one that goes on with the tasks."""
    form = small_form(f"merge_{row.authority_id}")
    asked = {"authority_id": row.authority_id, "kind": row.kind, "on": reads.today}
    fitting = reads.common(successors_frame, **asked)
    names = {one.authority_id: plain(one.name) for one in fitting.itertuples()}
    successor_id = form.choice("successor_id", translate("hierarchy.successor"), names)
    others = {key: name for key, name in names.items() if key != successor_id}
    together = form.several("authority_ids", translate("hierarchy.together"), others)
    form.save(
        translate("hierarchy.merge"),
        merge_authorities,
        done=translate("hierarchy.merged"),
        consequence=translate(
            "hierarchy.merge_consequence",
            names=translate("access.list").join(
                [plain(row.authority_name), *(others[key] for key in together)]
            ),
            successor=names.get(successor_id, ""),
        ),
        by=by,
        authority_ids=[row.authority_id, *together],
        successor_id=successor_id,
        **when_and_why(form, reads.today),
    )


def dissolve_form(reads: Reads, by: SignedIn, row: AuthorityRow) -> None:
    """Its end, with nobody to go on for it."""
    form = small_form(f"dissolve_{row.authority_id}")
    form.save(
        translate("hierarchy.dissolve"),
        dissolve_authority,
        done=translate("hierarchy.was_dissolved"),
        consequence=translate("hierarchy.dissolve_consequence", name=plain(row.authority_name)),
        by=by,
        authority_id=row.authority_id,
        **when_and_why(form, reads.today),
    )


def withdraw_form(by: SignedIn, row: AuthorityRow) -> None:
    """Letting it stand after all."""
    form = small_form(f"withdraw_{row.authority_id}")
    form.save(
        translate("hierarchy.withdraw"),
        withdraw_ending,
        done=translate("hierarchy.withdrawn"),
        consequence=translate(
            "hierarchy.withdraw_consequence", name=plain(row.authority_name), day=day(row.dissolved_on)
        ),
        by=by,
        authority_id=row.authority_id,
    )
