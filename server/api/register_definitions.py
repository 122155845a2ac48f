"""How registers are defined, over the API: added, worded, retired and brought back, as on the page of the catalogue."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from db.reference.parts import restore_part, retire_part
from db.registers import defining
from server.api.calls import Asking, Id, period_of
from server.api.drafts import ReasonIn, Sent
from server.api.once import KEYED, OnceRoute
from server.api.register_shapes import FieldId, RegisterId
from tracking.registers.drafts import (
    LONGEST,
    MOST_FIELDS,
    MOST_OPTIONS,
    TITLE,
    TITLE_EN,
    UNIT,
    FieldDraft,
    RegisterDraft,
)
from tracking.vocabulary import CataloguePart, FieldKind, Keeper

ROUTER = APIRouter(tags=["registers"], route_class=OnceRoute)
Title = Annotated[str, Field(max_length=TITLE)]
TitleEn = Annotated[str, Field(max_length=TITLE_EN)]


class OptionIn(Sent):
    """One of the values of a choice, by its names."""

    title: Title
    title_en: TitleEn = ""


class FieldIn(Sent):
    """A field; `denominator_id` is the field of the same register that a rate is over."""

    title: Title
    kind: FieldKind
    title_en: TitleEn = ""
    required: bool = False
    listed: bool = True
    longest: Annotated[int, Field(ge=1, le=LONGEST)] = 200
    unit: Annotated[str, Field(max_length=UNIT)] = ""
    options: list[OptionIn] = Field(default=[], max_length=MOST_OPTIONS)
    indicator_id: Id | None = None
    denominator_id: Id | None = None

    @property
    def draft(self) -> FieldDraft:
        """The field as the actions take it."""
        said: dict[str, Any] = self.model_dump(include=set(FieldDraft.__dataclass_fields__))
        options = tuple((option.title, option.title_en) for option in self.options)
        return FieldDraft(**{**said, "options": options})


class NewFieldIn(FieldIn):
    """A field that is added, from a day or at once."""

    starts_on: date | None = None


class RegisterIn(Sent):
    """A register; it serves one measure or one safeguard."""

    title: Title
    keeper: Keeper
    title_en: TitleEn = ""
    single: bool = False
    measure_id: Id | None = None
    safeguard_id: Id | None = None
    indicator_id: Id | None = None

    @property
    def draft(self) -> RegisterDraft:
        """The register as the actions take it."""
        return RegisterDraft(**self.model_dump(include=set(RegisterDraft.__dataclass_fields__)))


class NewRegisterIn(RegisterIn):
    """A register that is added with its fields, from a day or at once."""

    fields: list[FieldIn] = Field(max_length=MOST_FIELDS)
    starts_on: date | None = None


class EndIn(ReasonIn):
    """From which day on something is in use no more, and why."""

    retired_on: date


@ROUTER.post("/registers", status_code=201, dependencies=[KEYED])
def add_register(call: Asking, sent: NewRegisterIn) -> RegisterId:
    """Add a register with its fields to the current notice; it can be filled in at once."""
    made = defining.add_register(
        call.store,
        by=call.by,
        notice_id=period_of(call, None).notice_id,
        draft=sent.draft,
        fields=[one.draft for one in sent.fields],
        starts_on=sent.starts_on,
    )
    return RegisterId(register_id=made)


@ROUTER.post("/registers/{register_id}/define", dependencies=[KEYED])
def edit_register(call: Asking, register_id: Id, sent: RegisterIn) -> RegisterId:
    """Change what a register is called, whom it serves and what its entries count in."""
    defining.edit_register(call.store, by=call.by, register_id=register_id, draft=sent.draft)
    return RegisterId(register_id=register_id)


@ROUTER.post("/registers/{register_id}/fields", status_code=201, dependencies=[KEYED])
def add_field(call: Asking, register_id: Id, sent: NewFieldIn) -> FieldId:
    """Add a field to a register."""
    asked: dict[str, Any] = {"register_id": register_id, "draft": sent.draft, "starts_on": sent.starts_on}
    return FieldId(field_id=defining.add_field(call.store, by=call.by, **asked))


@ROUTER.post("/register-fields/{field_id}/define", dependencies=[KEYED])
def edit_field(call: Asking, field_id: Id, sent: FieldIn) -> FieldId:
    """Change a field; the kind and unit of one that entries have filled in stay."""
    defining.edit_field(call.store, by=call.by, field_id=field_id, draft=sent.draft)
    return FieldId(field_id=field_id)


@ROUTER.post("/registers/{register_id}/retire", dependencies=[KEYED])
def retire_register(call: Asking, register_id: Id, sent: EndIn) -> RegisterId:
    """Let nothing new be entered in a register from a day on."""
    _retire(call, CataloguePart.REGISTER, register_id, sent)
    return RegisterId(register_id=register_id)


@ROUTER.post("/register-fields/{field_id}/retire", dependencies=[KEYED])
def retire_field(call: Asking, field_id: Id, sent: EndIn) -> FieldId:
    """Ask for a field no more from a day on."""
    _retire(call, CataloguePart.FIELD, field_id, sent)
    return FieldId(field_id=field_id)


@ROUTER.post("/registers/{register_id}/restore", dependencies=[KEYED])
def restore_register(call: Asking, register_id: Id) -> RegisterId:
    """Use a retired register again."""
    restore_part(call.store, by=call.by, part=CataloguePart.REGISTER, part_id=register_id)
    return RegisterId(register_id=register_id)


@ROUTER.post("/register-fields/{field_id}/restore", dependencies=[KEYED])
def restore_field(call: Asking, field_id: Id) -> FieldId:
    """Ask for a retired field again."""
    restore_part(call.store, by=call.by, part=CataloguePart.FIELD, part_id=field_id)
    return FieldId(field_id=field_id)


def _retire(call: Asking, part: CataloguePart, part_id: int, sent: EndIn) -> None:
    asked: dict[str, Any] = {"part": part, "part_id": part_id}
    retire_part(call.store, by=call.by, retired_on=sent.retired_on, reason=sent.reason, **asked)
