"""What entries count in: their number, and the sums of their fields."""

from dataclasses import replace
from decimal import Decimal

from tracking.carrying import begun_with
from tracking.checks import findings
from tracking.rates import Rate
from tracking.registers.definitions import Register, RegisterField
from tracking.registers.feeding import Counted, Fed, feeds_of, summed
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import FieldKind, IndicatorKind, Keeper

FIELDS = (
    RegisterField("title", "名称", FieldKind.TEXT),
    RegisterField("firms", "企业", FieldKind.NUMBER, indicator_id=2),
    RegisterField("area", "面积", FieldKind.NUMBER),
)
FAIRS = Register("fairs", "展会", Keeper.UNITS, FIELDS, indicator_id=1)
FACTS = TaskFacts(
    targets={2: Decimal(400)},
    expected_permille=1000,
    fed={2: Fed(Decimal(30), 2, "fairs"), 9: Fed(Decimal(7), 1, "fairs")},
)


def test_an_entry_counts_as_one_and_with_each_number_that_it_gives():
    one = Counted("fairs", Decimal(1))
    firms = Counted("fairs", Decimal(12), "firms")
    assert list(feeds_of(FAIRS, {"firms": "12", "area": "9"})) == [(1, one), (2, firms)]
    assert list(feeds_of(FAIRS, {})) == [(1, one)]
    assert list(feeds_of(Register("r", "册", Keeper.UNITS, FIELDS[:1]), {})) == []
    assert summed([firms, firms], IndicatorKind.COUNT) == Fed(Decimal(24), 2, "fairs")


def test_a_rate_is_the_sum_of_one_field_over_that_of_another():
    signed = RegisterField("signed", "签约", FieldKind.NUMBER, indicator_id=3, denominator="firms")
    fairs = replace(FAIRS, fields=(*FIELDS, signed), indicator_id=None)
    counted = [
        one
        for content in ({"firms": "12", "signed": "3"}, {"firms": "8", "signed": "2"}, {"signed": "9"})
        for indicator, one in feeds_of(fairs, content)
        if indicator == 3
    ]
    assert summed(counted, IndicatorKind.RATE) == Fed(Rate(Decimal(5), Decimal(20)), 2, "fairs")
    assert [one.fits(kind) for one in counted[:1] for kind in IndicatorKind] == [False, False, True, False]


def test_any_entry_answers_a_yes_or_no():
    entry, number = Counted("fairs", Decimal(1)), Counted("fairs", Decimal(1), "firms")
    assert summed([entry, entry], IndicatorKind.YES_NO) == Fed(Decimal(1), 2, "fairs")
    assert (entry.fits(IndicatorKind.YES_NO), number.fits(IndicatorKind.YES_NO)) == (True, False)


def test_a_report_begins_with_what_the_entries_add_up_to():
    assert begun_with(UpdateDraft(actuals={2: Decimal(10)}), FACTS).actuals == {2: Decimal(30)}
    assert begun_with(UpdateDraft(actuals={2: Decimal(10)}), TaskFacts(targets=FACTS.targets)).actuals == {
        2: Decimal(10)
    }


def test_a_figure_that_differs_from_its_entries_has_to_be_explained():
    def told(value: int) -> list[tuple[str, str, str]]:
        draft = UpdateDraft(actuals={2: Decimal(value)}, progress="组织参展")
        return [
            (one.check, one.grade, one.field)
            for one in findings(draft, FACTS)
            if one.check == "unlike_its_entries"
        ]

    assert told(30) == []
    assert told(31) == [("unlike_its_entries", "b", "actuals.2")]
