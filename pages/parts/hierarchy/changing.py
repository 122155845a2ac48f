"""The forms that give an authority other names, another place in the tree, another place in lists."""

from datetime import date
from typing import Any

from db.hierarchy.actions import list_authority, move_authority, rename_authority
from db.hierarchy.queries import parents_frame
from db.hierarchy.rows import AuthorityRow
from db.hierarchy.spans import LIMITS as REASON_LIMITS
from db.identity import SignedIn
from pages.parts.hierarchy.list import kind_names
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.founding import LAST_ORDER, LIMITS, NO_REGION, REGIONS_FOUR, REGIONS_SEVEN, TILES
from tracking.hierarchy import may_become


def when_and_why(form: Form, today: date) -> dict[str, Any]:
    """From which day a change is in force, and on what ground."""
    return {
        "starts_on": form.day("starts_on", translate("hierarchy.starts_on"), today, min_value=today),
        "reason": form.text("reason", translate("hierarchy.reason"), max_chars=REASON_LIMITS["reason"]),
    }


def name_fields(form: Form, name: str = "", short_name: str = "") -> dict[str, Any]:
    """The full and the short name."""
    labels = {"name": translate("hierarchy.name"), "short_name": translate("hierarchy.short_name")}
    initial = {"name": name, "short_name": short_name}
    return {
        field: form.text(field, labels[field], initial[field], max_chars=LIMITS[field]) for field in labels
    }


def place_fields(form: Form, row: AuthorityRow | None = None, *, tile: bool = True) -> dict[str, Any]:
    """The regions and, for a unit, its order and tile."""
    regions = {"region_seven": REGIONS_SEVEN, "region_four": REGIONS_FOUR}
    typed: dict[str, Any] = {
        field: form.choice(
            field,
            translate(f"hierarchy.{field}"),
            {name: name for name in known},
            getattr(row, field, None) or NO_REGION,
        )
        for field, known in regions.items()
    }
    return typed | _unit_fields(form, row) if tile else typed


def _unit_fields(form: Form, row: AuthorityRow | None) -> dict[str, Any]:
    order = form.whole(
        "official_order",
        translate("hierarchy.official_order"),
        int(getattr(row, "official_order", None) or 0),
        min_value=0,
        max_value=LAST_ORDER,
    )
    tile = {name: getattr(row, name, None) for name in ("tile_row", "tile_col")}
    placed = form.switch("on_grid", translate("hierarchy.on_grid"), None not in tile.values())
    places = {
        name: form.whole(name, translate(f"hierarchy.{name}"), int(place or 0), min_value=0, max_value=TILES)
        if placed
        else None
        for name, place in tile.items()
    }
    return {"official_order": order or None, **places}


def rename_form(reads: Reads, by: SignedIn, row: AuthorityRow) -> None:
    """Other names, or another kind."""
    form = small_form(f"rename_{row.authority_id}")
    kinds = {kind: name for kind, name in kind_names().items() if may_become(row.kind, kind)}
    names = name_fields(form, row.authority_name, row.short_name)
    kind = form.choice("kind", translate("hierarchy.kind"), kinds, row.kind)
    form.save(
        translate("hierarchy.rename"),
        rename_authority,
        done=translate("hierarchy.renamed"),
        by=by,
        authority_id=row.authority_id,
        kind=kind,
        **names,
        **when_and_why(form, reads.today),
    )


def move_form(reads: Reads, by: SignedIn, row: AuthorityRow) -> None:
    """Another parent or host."""
    form = small_form(f"move_{row.authority_id}")
    parents = reads.common(parents_frame, kind=row.kind, relation=row.relation, on=reads.today)
    names = {parent.authority_id: plain(parent.name) for parent in parents.itertuples()}
    parent_id = form.choice("parent_id", translate("hierarchy.new_parent"), names, row.parent_id)
    form.save(
        translate("hierarchy.change"),
        move_authority,
        done=translate("hierarchy.done"),
        consequence=translate("hierarchy.consequence"),
        by=by,
        authority_id=row.authority_id,
        parent_id=parent_id,
        **when_and_why(form, reads.today),
    )


def list_form(_reads: Reads, by: SignedIn, row: AuthorityRow) -> None:
    """Its regions, its place in the official order and on the tile grid."""
    form = small_form(f"list_{row.authority_id}")
    typed = place_fields(form, row)
    done = translate("hierarchy.listed")
    form.save(
        translate("hierarchy.list"), list_authority, done=done, by=by, authority_id=row.authority_id, **typed
    )
