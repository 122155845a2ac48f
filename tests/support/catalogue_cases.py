"""The actions on a notice's catalogue, with a call that succeeds in the planted store."""

from datetime import date

from db.reference import (
    actions as reference,
    addressing,
    composites,
    levels,
    notices,
    parts,
    proposed,
    shares,
    texts,
)
from db.reference.composites import PartOf
from tests.support.cases import Case, of
from tests.support.factories import YEAR
from tracking.composites import CompositeForm
from tracking.hierarchy import UNIT_KINDS
from tracking.permissions import Right
from tracking.vocabulary import CataloguePart, ResultLevel

DAY = date(YEAR, 3, 20)
_AREA = {"part": CataloguePart.AREA, "part_id": 1}
_ACTION = {"part": CataloguePart.ACTION, "part_id": 1}
_NEW = {"title": "新条目", "cited": "第一条", "starts_on": DAY}

CATALOGUE: list[Case] = [
    *of(
        Right.MANAGE_REFERENCE_DATA,
        (reference.edit_entry, {**_AREA, "title": "重点", "cited": "第一条"}),
        (
            reference.edit_measure,
            {"measure_id": 1, "title": "举措", "short_title": "举措", "key_area_id": 1, "cited": ""},
        ),
        (reference.add_entry, {"part": CataloguePart.ACTION, "within_id": 1, **_NEW}),
        (reference.add_measure, {"key_area_id": 1, "short_title": "举措", **_NEW}),
        (reference.cite_fact, {"fact_id": 1, "cited": "开头"}),
        (reference.cite_country, {"listed_id": 1, "cited": "名单"}),
        (
            reference.list_countries,
            {"notice_id": 1, "codes": ["JP"], "cited": "名单", "starts_on": None},
        ),
        (
            reference.edit_notice,
            {"notice_id": 1, "number": "191", "title": "通知", "issued_by": "部", "issued_on": DAY},
        ),
        (
            reference.edit_indicator,
            {"indicator_id": 1, "name": "展会", "unit": "场", "additive": True, "headline": True},
        ),
        (
            reference.add_indicator,
            {"measure_id": 1, "name": "展位", "unit": "个", "additive": True, "headline": False},
        ),
        (
            composites.add_composite,
            {
                "measure_id": 1,
                "title": "场均观众",
                "cited": "",
                "form": CompositeForm.RATIO,
                "parts": [PartOf(indicator_id=2), PartOf(indicator_id=1, below=True)],
                "starts_on": DAY,
            },
        ),
        (levels.label_indicator, {"indicator_id": 1, "level": ResultLevel.ACTIVITY, "from_on": DAY}),
        (notices.found_notice, {"number": "200", "title": "通知", "issued_by": "部", "issued_on": DAY}),
        (notices.retire_notice, {"notice_id": 1, "retired_on": DAY, "reason": "说明"}),
        (notices.restore_notice, {"notice_id": 1}),
        (
            addressing.address,
            {
                "notice_id": 1,
                "kinds": list(UNIT_KINDS),
                "authority_ids": [],
                "starts_on": DAY,
                "reason": "说明",
            },
        ),
        (proposed.take_proposals, {"text_id": 1, "lines": []}),
        (shares.share_indicator, {"indicator_id": 1, "same_as_id": None, "from_on": DAY}),
        (parts.confirm_part, {**_AREA, "fields": ["title"], "checked_on": DAY}),
        (parts.move_part, {**_AREA, "number": 2}),
        (parts.retire_part, {**_ACTION, "retired_on": DAY, "reason": "说明"}),
        (parts.restore_part, _ACTION),
        (texts.enter_text, {"notice_id": 1, "text": "一、总则", "cited": "印发件"}),
        (texts.enter_text_file, {"notice_id": 1, "content": "一、总则".encode(), "cited": "印发件"}),
        (texts.link_passage, {"passage_id": 1, "measure_id": 1}),
        (texts.confirm_text, {"text_id": 1, "checked_on": DAY}),
        bound=False,
    ),
]
