"""Figures reckoned from others: the form of a new one, and its formula in words."""

from collections.abc import Iterable

from db.identity import SignedIn
from db.reference.actions import LIMITS
from db.reference.composites import (
    TITLE,
    PartOf,
    add_composite,
    composite_parts_frame,
    composites_frame,
)
from db.reference.queries import indicators_frame
from db.reference.rows import CompositePartRow, CompositeRow, IndicatorRow
from db.typed_rows import rows_as
from pages.shared.choices import measure_names
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.composites import CompositeForm, formula_of
from tracking.vocabulary import IndicatorKind

# An indicator or another composite, by the letter before its key.
_INDICATOR, _COMPOSITE = "i", "c"


def new_composite(reads: Reads, by: SignedIn, notice_id: int) -> None:
    """The form: under which measure, what it is called, how it is reckoned and of what."""
    form = small_form("new_composite")
    names, measures = _inputs(reads, notice_id), measure_names(reads, notice_id)
    measure_id = form.choice("measure_id", translate("reference_page.measure"), measures)
    title = form.text("title", translate("reference_page.title"), max_chars=TITLE)
    note = translate("reference_page.cited_note")
    cited = form.text("cited", translate("reference_page.cited"), "", note, max_chars=LIMITS["cited"])
    forms = {one: translate(f"composite_form.{one}") for one in CompositeForm}
    chosen = form.choice("form", translate("composite.form"), forms, CompositeForm.RATIO)
    above = form.several("above", translate(f"composite.above_{chosen}"), names)
    ratio = chosen == CompositeForm.RATIO
    below = form.several("below", translate("composite.below"), names) if ratio else []
    weights = form.text("weights", translate("composite.weights"), "", translate("composite.weights_note"))
    form.save(
        translate("reference_page.add_composite"),
        add_composite,
        done=translate("reference_page.added_composite"),
        by=by,
        measure_id=measure_id,
        title=title,
        cited=cited,
        form=CompositeForm(chosen),
        parts=[*_parts(above, below=False), *_parts(below, below=True)],
        weights=weights,
        starts_on=form.day("starts_on", translate("reference_page.starts_on"), reads.today),
    )


def _inputs(reads: Reads, notice_id: int) -> dict[str, str]:
    """What may be put into a composite, by measure: no answers, they are nothing to reckon with."""
    indicators = rows_as(IndicatorRow, reads.common(indicators_frame, notice_id=notice_id))
    others = rows_as(CompositeRow, reads.common(composites_frame, notice_id=notice_id))
    names = {
        f"{_INDICATOR}{one.indicator_id}": f"{one.measure_number}.{one.number} {one.name}（{one.unit}）"
        for one in indicators
        if one.kind != IndicatorKind.YES_NO
    }
    return names | {
        f"{_COMPOSITE}{one.composite_id}": translate("composite.named", title=one.title, unit=one.unit)
        for one in others
    }


def _parts(keys: Iterable[str], *, below: bool) -> list[PartOf]:
    return [
        PartOf(
            indicator_id=int(key[1:]) if key[0] == _INDICATOR else None,
            composite_id=int(key[1:]) if key[0] == _COMPOSITE else None,
            below=below,
        )
        for key in keys
    ]


def formula_words(reads: Reads, notice_id: int, row: CompositeRow) -> str:
    """How a composite is reckoned."""
    parts = rows_as(CompositePartRow, reads.common(composite_parts_frame, notice_id=notice_id))
    return formula_of(row.form, [part for part in parts if part.composite_id == row.composite_id])
