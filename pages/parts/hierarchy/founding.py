"""The forms that found an authority: alone, or out of another."""

from typing import Any

import streamlit as st

from db.hierarchy.founding_actions import found_authority, split_authority
from db.hierarchy.queries import children_frame, parents_frame
from db.hierarchy.rows import AuthorityRow
from db.identity import SignedIn
from db.store import Store
from pages.parts.hierarchy.changing import name_fields, place_fields, when_and_why
from pages.parts.hierarchy.list import kind_names
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.founding import Founding
from tracking.hierarchy import is_beneath, may_be_hosted, may_become
from tracking.vocabulary import AuthorityKind, Relation


def new_authority_form(reads: Reads, by: SignedIn) -> None:
    """A new authority of any kind."""
    form = small_form("new_authority")
    st.caption(translate("hierarchy.new_note"))
    left, right = st.columns(2, gap="large")
    with left:
        kind = form.choice("kind", translate("hierarchy.kind"), kind_names())
        code = _code(form)
        names = name_fields(form)
        parent_id = _parent(reads, form, kind)
    with right:
        placed = place_fields(form, tile=not is_beneath(kind))
        when = when_and_why(form, reads.today)
    form.save(
        translate("hierarchy.found"),
        _found,
        done=translate("hierarchy.founded"),
        primary=True,
        by=by,
        parent_id=parent_id,
        typed={"kind": kind, "code": code, **names, **placed},
        **when,
    )


def split_form(reads: Reads, by: SignedIn, row: AuthorityRow) -> None:
    """A new authority beside one, with some of those below it."""
    form = small_form(f"split_{row.authority_id}")
    kinds = {kind: name for kind, name in kind_names().items() if may_become(row.kind, kind)}
    kind = form.choice("kind", translate("hierarchy.kind"), kinds, row.kind)
    code, names = _code(form), name_fields(form)
    below = reads.common(children_frame, authority_id=row.authority_id, on=reads.today)
    children = {child.authority_id: plain(child.name) for child in below.itertuples()}
    moving = form.several("moving", translate("hierarchy.moving"), children) if children else []
    placed = {"region_seven": row.region_seven, "region_four": row.region_four}
    form.save(
        translate("hierarchy.split"),
        _split,
        done=translate("hierarchy.was_split"),
        consequence=translate("hierarchy.split_consequence", name=plain(row.authority_name)),
        by=by,
        authority_id=row.authority_id,
        moving=moving,
        typed={"kind": kind, "code": code, **names, **{key: text for key, text in placed.items() if text}},
        **when_and_why(form, reads.today),
    )


def _code(form: Form) -> str:
    return form.text(
        "code", translate("hierarchy.code"), max_chars=12, note=translate("hierarchy.code_note")
    ).strip()


def _parent(reads: Reads, form: Form, kind: AuthorityKind) -> int | None:
    """Through whom it reports, or whose total it is added to; nobody for most units."""
    if not (is_beneath(kind) or may_be_hosted(kind)):
        return None
    relation = Relation.PART_OF if is_beneath(kind) else Relation.HOSTED_BY
    parents = reads.common(parents_frame, kind=kind, relation=relation, on=reads.today)
    names: dict[Any, str] = {parent.authority_id: plain(parent.name) for parent in parents.itertuples()}
    if relation is Relation.HOSTED_BY:
        names = {None: translate("hierarchy.no_host"), **names}
    chosen: int | None = form.choice("parent_id", translate(f"hierarchy.parent.{relation}"), names)
    return chosen


def _found(store: Store, *, by: SignedIn, typed: dict[str, Any], **asked: Any) -> None:
    found_authority(store, by=by, founding=Founding(**typed), **asked)


def _split(store: Store, *, by: SignedIn, typed: dict[str, Any], **asked: Any) -> None:
    split_authority(store, by=by, founding=Founding(**typed), **asked)
