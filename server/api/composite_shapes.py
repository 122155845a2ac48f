"""Composites in the API's answers: what each is called, and what it is reckoned from."""

from datetime import date

from pydantic import BaseModel

from tracking.composites import CompositeForm


class CompositePart(BaseModel):
    """What a composite is reckoned from: an indicator, or `part_id` another composite; `below` the stroke of a ratio."""

    indicator_id: int | None
    part_id: int | None
    below: bool
    weight_tenths: int
    title: str
    unit: str


class Composite(BaseModel):
    """A figure of a measure that is reckoned from others and never reported."""

    composite_id: int
    measure_id: int
    measure_number: int
    number: int
    title: str
    form: CompositeForm
    unit: str
    starts_on: date | None
    retired_on: date | None
    parts: list[CompositePart]
