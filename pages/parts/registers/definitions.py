"""The forms in which a register and its fields are defined."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.reference.queries import indicators_frame, safeguards_frame
from db.reference.rows import IndicatorRow, SafeguardRow
from db.registers import defining
from db.registers.definition_queries import register_definitions_frame, register_fields_frame
from db.registers.rows import FieldRow, RegisterRow
from db.typed_rows import rows_as
from pages.shared.choices import measure_names
from pages.shared.forms import Form, small_form
from pages.shared.navigation import link
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.registers.definitions import TEXTS
from tracking.registers.drafts import (
    LONGEST,
    TITLE,
    TITLE_EN,
    UNIT,
    FieldDraft,
    RegisterDraft,
    options_text,
    options_typed,
)
from tracking.vocabulary import FieldKind, Keeper

MEASURE, SAFEGUARD = "measure", "safeguard"


def edit_register_form(reads: Reads, by: SignedIn, notice_id: int, row: RegisterRow) -> None:
    """What a register is called, whom it serves and what its entries count in; and the way to its fields."""
    to_fields = link("reference_data", part="register_field", register=row.register_id)
    st.caption(f"[{translate('register_def.to_fields')}]({to_fields})")
    form = small_form(f"register_{row.register_id}")
    draft = _register_typed(reads, form, notice_id, row)
    _save(form, defining.edit_register, by=by, register_id=row.register_id, draft=draft)


def edit_field_form(reads: Reads, by: SignedIn, notice_id: int, row: FieldRow) -> None:
    """What a field is called, holds and counts in."""
    form = small_form(f"register_field_{row.field_id}")
    draft = _FieldForm(reads, form, notice_id, row.register_id, row).typed()
    _save(form, defining.edit_field, by=by, field_id=row.field_id, draft=draft)


def new_register_form(reads: Reads, by: SignedIn, notice_id: int) -> None:
    """A register with its first field."""
    form = small_form("new_register")
    draft = _register_typed(reads, form, notice_id)
    st.markdown(f"**{translate('register_def.first_field')}**")
    st.caption(translate("register_def.first_field_note"))
    first = _FieldForm(reads, form, notice_id, before="fields.0.").typed()
    form.save(
        translate("reference_page.add_register"),
        defining.add_register,
        done=translate("reference_page.added_register"),
        by=by,
        notice_id=notice_id,
        draft=draft,
        fields=(first,),
        starts_on=form.day("starts_on", translate("reference_page.starts_on"), reads.today),
    )


def new_field_form(reads: Reads, by: SignedIn, notice_id: int) -> None:
    """One more field of a register."""
    form = small_form("new_register_field")
    rows = rows_as(RegisterRow, reads.common(register_definitions_frame, notice_id=notice_id))
    names = {row.register_id: f"{row.number} {plain(row.title)}" for row in rows}
    if not names:
        st.caption(translate("register_def.no_register"))
        return
    asked = st.query_params.get("register", "")
    register_id = form.choice(
        "register_id", translate("filter.register"), names, int(asked) if asked.isdecimal() else None
    )
    draft = _FieldForm(reads, form, notice_id, register_id).typed()
    form.save(
        translate("reference_page.add_register_field"),
        defining.add_field,
        done=translate("reference_page.added_register_field"),
        by=by,
        register_id=register_id,
        draft=draft,
        starts_on=form.day("starts_on", translate("reference_page.starts_on"), reads.today),
    )


def _save(form: Form, action: Any, **asked: Any) -> None:
    form.save(translate("reference_page.save"), action, done=translate("register_def.saved"), **asked)


def _register_typed(
    reads: Reads, form: Form, notice_id: int, row: RegisterRow | None = None
) -> RegisterDraft:
    title, title_en = _names(form, "", row)
    keepers = {keeper: translate(f"keeper.{keeper}") for keeper in Keeper}
    serves = form.choice(
        "measure_id", translate("register_def.serves"), serving_names(reads, notice_id), _served(row)
    )
    part, _, key = serves.partition(":")
    return RegisterDraft(
        title=title,
        title_en=title_en,
        keeper=form.choice("keeper", translate("register_def.keeper"), keepers, row.keeper if row else None),
        single=form.switch("single", translate("register_def.single"), bool(row and row.single)),
        measure_id=int(key) if part == MEASURE else None,
        safeguard_id=int(key) if part == SAFEGUARD else None,
        indicator_id=_indicator(
            (reads, form, notice_id), "indicator_id", translate("register_def.entries_feed"), row
        ),
    )


def _served(row: RegisterRow | None) -> str | None:
    if row is None:
        return None
    return f"{MEASURE}:{row.measure_id}" if row.measure_id else f"{SAFEGUARD}:{row.safeguard_id}"


def serving_names(reads: Reads, notice_id: int) -> dict[str, str]:
    """What a register may serve: the measures and safeguards of a notice by part and key."""
    measures = measure_names(reads, notice_id)
    safeguards = rows_as(SafeguardRow, reads.common(safeguards_frame, notice_id=notice_id))
    named = {
        f"{MEASURE}:{key}": translate("register_def.of_measure", name=name) for key, name in measures.items()
    }
    return named | {
        f"{SAFEGUARD}:{row.safeguard_id}": translate("register_def.of_safeguard", name=plain(row.title))
        for row in safeguards
    }


def _names(form: Form, before: str, row: RegisterRow | FieldRow | None) -> tuple[str, str]:
    title, title_en = (row.title, row.title_en) if row else ("", "")
    return (
        form.text(f"{before}title", translate("register_def.title"), title, max_chars=TITLE),
        form.text(f"{before}title_en", translate("register_def.title_en"), title_en, max_chars=TITLE_EN),
    )


def indicator_names(reads: Reads, notice_id: int) -> dict[int, str]:
    """Indicator → its number, name and unit."""
    rows = rows_as(IndicatorRow, reads.common(indicators_frame, notice_id=notice_id))
    return {
        row.indicator_id: f"{row.measure_number}.{row.number} {plain(row.name)}（{plain(row.unit)}）"
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class _FieldForm:
    """Where a field is typed: in which form and register, over which row, under keys that begin so."""

    reads: Reads
    form: Form
    notice_id: int
    register_id: int | None = None
    row: FieldRow | None = None
    before: str = ""

    def typed(self) -> FieldDraft:
        """A field; of what only some kinds have, that of the kind chosen is asked for."""
        form, row, before = self.form, self.row, self.before
        title, title_en = _names(form, before, row)
        kinds = {kind: translate(f"field_kind.{kind}") for kind in FieldKind}
        chosen = row.kind if row else FieldKind.TEXT
        kind = form.choice(f"{before}kind", translate("register_def.kind"), kinds, chosen)
        more = self._of_kind(kind)
        required, listed = translate("register_def.required"), translate("register_def.listed")
        return FieldDraft(
            title=title,
            title_en=title_en,
            kind=kind,
            required=form.switch(f"{before}required", required, bool(row and row.required)),
            listed=form.switch(f"{before}listed", listed, row is None or row.listed),
            **more,
        )

    def _of_kind(self, kind: FieldKind) -> dict[str, Any]:
        row, before = self.row, self.before
        if kind in TEXTS:
            label = translate("register_def.longest_label", most=LONGEST)
            return {"longest": self.form.whole(f"{before}longest", label, row.longest if row else 200)}
        if kind is FieldKind.CHOICE:
            label, held = translate("register_def.options_label"), options_text(row.options) if row else ""
            return {"options": options_typed(self.form.area(f"{before}options", label, held, height=120))}
        return self._of_number() if kind is FieldKind.NUMBER else {}

    def _of_number(self) -> dict[str, Any]:
        row, before = self.row, self.before
        label, feeds = translate("reference_page.unit"), translate("register_def.sum_feeds")
        return {
            "unit": self.form.text(f"{before}unit", label, row.unit if row else "", max_chars=UNIT),
            "indicator_id": _indicator(
                (self.reads, self.form, self.notice_id), f"{before}indicator_id", feeds, row
            ),
            "denominator_id": self._denominator(),
        }

    def _denominator(self) -> int | None:
        """The field that a rate is over; a first field has none beside it."""
        fields = rows_as(FieldRow, self.reads.common(register_fields_frame, notice_id=self.notice_id))
        numbers = {
            one.field_id: plain(one.title)
            for one in fields
            if one.register_id == self.register_id and _counts(one) and one != self.row
        }
        if not numbers:
            return None
        names: dict[Any, str] = {None: "—", **numbers}
        label, held = translate("register_def.denominator"), self.row.denominator_id if self.row else None
        found: int | None = self.form.choice("denominator_id", label, names, held)
        return found


def _counts(one: FieldRow) -> bool:
    return one.kind is FieldKind.NUMBER and one.retired_on is None


def _indicator(
    asked: tuple[Reads, Form, int], field: str, label: str, row: RegisterRow | FieldRow | None
) -> int | None:
    """The indicator that a register or a field counts in."""
    reads, form, notice_id = asked
    names: dict[Any, str] = {None: "—", **indicator_names(reads, notice_id)}
    found: int | None = form.choice(field, label, names, row.indicator_id if row else None)
    return found
