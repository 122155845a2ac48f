"""The composites that only samples have, from `sample_composite.csv`."""

from collections.abc import Iterator

from sqlmodel import Session

from db.seed.catalogue import Catalogue
from db.seed.files import lines, listed
from db.tables import Composite, CompositePart, Indicator
from tracking.composites import CompositeForm, Input, unit_of
from tracking.vocabulary import TitleSource

# The weight of an input of a ratio, in tenths.
_ONE = 10


def add_composites(session: Session, catalogue: Catalogue) -> None:
    """Add each with the indicators that it is reckoned from."""
    for line in lines("sample_composite"):
        measure = catalogue.measures[int(line["measure"])]
        sides = [(measure.indicators[int(one)].id, False) for one in listed(line["above"])]
        sides += [(measure.indicators[int(one)].id, True) for one in listed(line["below"])]
        form = CompositeForm(line["form"])
        row = Composite(
            measure_id=measure.id,
            number=int(line["number"]),
            form=form,
            unit=unit_of(form, list(_inputs(session, sides))),
            title=line["title"],
            title_source=TitleSource.PROJECT,
            cited=line["cited"],
        )
        session.add(row)
        session.flush()
        for number, (indicator_id, below) in enumerate(sides, 1):
            part = CompositePart(composite_id=row.id, number=number, below=below, weight_tenths=_ONE)
            part.indicator_id = indicator_id
            session.add(part)


def _inputs(session: Session, sides: list[tuple[int, bool]]) -> Iterator[Input]:
    for key, below in sides:
        one = session.get_one(Indicator, key)
        yield Input(one.name, one.unit, bool(one.additive), one.currency, below)
