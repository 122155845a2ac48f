"""Composites in the catalogue: added with a formula that stays, refused where they cannot be reckoned."""

from datetime import date

import pytest

from db.reference import actions as reference, parts
from db.reference.composites import PartOf, add_composite, composite_parts_frame, composites_frame
from db.store import NotFound, Store
from db.tables import Composite, Indicator, Notice
from tests.support.factories import FAIRS, VISITORS, YEAR, at, people, small_country
from tests.support.trail import last_event, refusal_of, row
from tracking.composites import CompositeForm
from tracking.vocabulary import CataloguePart, TitleSource

TODAY = date(YEAR, 3, 20)
BY = people().administrator
EACH = [PartOf(indicator_id=VISITORS), PartOf(indicator_id=FAIRS, below=True)]


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def _add(store, title="场均观众", form=CompositeForm.RATIO, made_of=EACH, **more):
    asked = {"measure_id": 1, "title": title, "cited": "本系统建议", "starts_on": None, **more}
    return add_composite(store, by=BY, form=form, parts=made_of, **asked)


def test_a_composite_stands_with_its_parts_and_its_unit(store):
    key = _add(store)
    assert last_event(store).detail["parts"][1]["below"] is True
    (one,) = composites_frame(store, notice_id=1).itertuples()
    assert (one.composite_id, one.number, one.unit) == (key, 1, "人次/场")
    frame = composite_parts_frame(store, notice_id=1)
    assert frame["title"].tolist() == ["观众", "展会"]
    assert frame["below"].tolist() == [False, True]


def test_a_composite_goes_into_another_and_none_comes_back_to_itself(store):
    both = _add(store, "合计", CompositeForm.SUM, _visitors(store), weights="1、2")
    above = _add(
        store, "占比", made_of=[PartOf(indicator_id=VISITORS), PartOf(composite_id=both, below=True)]
    )
    assert row(store, Composite, above).unit == "%"
    with pytest.raises(NotFound):
        _add(store, "自身", made_of=[PartOf(composite_id=above + 1), PartOf(indicator_id=FAIRS, below=True)])
    refused = refusal_of(_add, store, "又一", CompositeForm.SUM, [PartOf(composite_id=_add(store)), EACH[0]])
    assert [message.key for message in refused.messages] == ["composite.middle", "composite.unlike"]


def _visitors(store) -> list[PartOf]:
    asked = {"name": "线上观众", "unit": "人次", "additive": True, "headline": False}
    online = reference.add_indicator(store, by=BY, measure_id=2, **asked)
    return [PartOf(indicator_id=VISITORS), PartOf(indicator_id=online)]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"title": ""}, "title"),
        ({"starts_on": date(1900, 1, 1)}, "starts_on"),
        ({"made_of": EACH[:1]}, "below"),
        ({"weights": "1"}, "weights"),
    ],
)
def test_what_cannot_be_reckoned_is_told_at_its_field(store, asked, field):
    assert field in refusal_of(_add, store, **asked).fields


def test_indicators_of_another_notice_are_none_of_it(store):
    with store.write(None) as tx:
        tx.audit("plant", tx.add(Notice(number="192", title="另一通知", issued_by="部")))
    area = {"title": "重点", "cited": "", "starts_on": None}
    area_id = reference.add_entry(store, by=BY, part=CataloguePart.AREA, within_id=2, **area)
    titled = {"title": "另一举措", "short_title": "另一", "cited": "", "starts_on": None}
    measure_id = reference.add_measure(store, by=BY, key_area_id=area_id, **titled)
    with pytest.raises(NotFound):
        _add(store, measure_id=measure_id)


def test_its_words_change_and_its_formula_does_not_and_it_is_retired_like_any_entry(store):
    key = _add(store)
    assert refusal_of(_add, store).messages[0].key == "reference.title_taken"
    own = {"by": BY, "part": CataloguePart.COMPOSITE, "part_id": key}
    parts.confirm_part(store, **own, fields=["title"], checked_on=TODAY)
    reference.edit_entry(store, **own, title="每场观众", cited="")
    one = row(store, Composite, key)
    assert (one.title, one.title_source, one.checked_on) == ("每场观众", TitleSource.PROJECT, None)
    parts.retire_part(store, **own, retired_on=TODAY, reason="不再使用")
    years = [len(composites_frame(store, notice_id=1, year=year)) for year in (YEAR, YEAR + 1)]
    assert years == [1, 0]


def test_an_indicator_that_is_retired_leaves_the_formula_as_it_is(store):
    _add(store)
    own = {"by": BY, "part": CataloguePart.INDICATOR, "part_id": FAIRS}
    parts.retire_part(store, **own, retired_on=TODAY, reason="不再使用")
    assert row(store, Indicator, FAIRS).retired_on == TODAY
    assert len(composite_parts_frame(store, notice_id=1)) == 2
