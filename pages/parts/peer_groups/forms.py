"""The forms about peer groups: a new one, another name, other members, taken out of use; and who belonged when."""

from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.peer_groups import actions as acts
from db.peer_groups.actions import LIMITS
from db.peer_groups.queries import memberships_frame, peer_groups_frame, peer_unit_ids
from db.peer_groups.rows import PeerGroupRow
from db.reference.queries import units_frame
from db.reference.rows import UnitRow
from db.typed_rows import rows_as
from pages.parts.peer_groups.figures import ALL
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import lines, plain, translate
from tracking.permissions import Right, may


def peer_group_forms(reads: Reads, by: SignedIn, group: str) -> None:
    """The chosen group and, on today's page, the forms to change it for those who may define groups."""
    groups = reads.scoped(peer_groups_frame, on=reads.today)
    rows = [] if group == ALL else rows_as(PeerGroupRow, groups[groups["group_id"] == int(group)])
    for row in rows:
        st.caption(translate("comparison.likeness", likeness=lines(row.likeness)))
    if reads.known_on is not None or not may(by, Right.DEFINE_PEER_GROUPS):
        return
    with st.expander(translate("peer_group.manage")):
        for row in rows:
            _forms(reads, by, row)
        st.markdown(f"**{translate('peer_group.new')}**")
        _create(reads, by)


def _forms(reads: Reads, by: SignedIn, row: PeerGroupRow) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _rename(by, row)
        _retire(by, row)
    with right:
        _members(reads, by, row)
        plain_table(reads.common(memberships_frame, group_id=row.group_id), height=180)


def _unit_names(reads: Reads) -> dict[int, str]:
    units = reads.common(units_frame)
    return {row.unit_id: plain(row.short_name) for row in rows_as(UnitRow, units[units["reports"]])}


def _texts(form: Form, name: str = "", likeness: str = "") -> dict[str, Any]:
    return {
        "name": form.text("name", translate("peer_group.name"), name, max_chars=LIMITS["name"]),
        "likeness": form.text(
            "likeness", translate("peer_group.likeness"), likeness, max_chars=LIMITS["likeness"]
        ),
    }


def _create(reads: Reads, by: SignedIn) -> None:
    form = small_form("new_peer_group")
    texts = _texts(form)
    unit_ids = form.several("unit_ids", translate("peer_group.members"), _unit_names(reads))
    done = translate("peer_group.created")
    form.save(
        translate("peer_group.create"), acts.create_peer_group, done=done, by=by, unit_ids=unit_ids, **texts
    )


def _rename(by: SignedIn, row: PeerGroupRow) -> None:
    st.markdown(f"**{translate('peer_group.rename')}**")
    form = small_form(f"rename_group_{row.group_id}")
    form.save(
        translate("peer_group.save"),
        acts.rename_peer_group,
        done=translate("peer_group.saved"),
        by=by,
        group_id=row.group_id,
        row_version=row.row_version,
        **_texts(form, row.name, row.likeness),
    )


def _members(reads: Reads, by: SignedIn, row: PeerGroupRow) -> None:
    st.markdown(f"**{translate('peer_group.set_members')}**")
    st.caption(translate("peer_group.members_note"))
    form = small_form(f"group_members_{row.group_id}")
    standing = reads.common(peer_unit_ids, group_id=row.group_id, on=reads.today)
    unit_ids = form.several("unit_ids", translate("peer_group.members"), _unit_names(reads), standing)
    form.save(
        translate("peer_group.save_members"),
        acts.set_peer_group_members,
        done=translate("peer_group.saved"),
        by=by,
        group_id=row.group_id,
        row_version=row.row_version,
        unit_ids=unit_ids,
    )


def _retire(by: SignedIn, row: PeerGroupRow) -> None:
    st.markdown(f"**{translate('peer_group.retire')}**")
    form = small_form(f"retire_group_{row.group_id}")
    reason = form.text("reason", translate("peer_group.reason"), max_chars=LIMITS["reason"])
    form.save(
        translate("peer_group.retire"),
        acts.retire_peer_group,
        done=translate("peer_group.was_retired"),
        consequence=translate("peer_group.retire_consequence"),
        by=by,
        group_id=row.group_id,
        reason=reason,
    )
