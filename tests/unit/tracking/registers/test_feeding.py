"""What entries count in: their number, and the sums of their fields."""

from decimal import Decimal

from tracking.carrying import begun_with
from tracking.checks import findings
from tracking.registers.definitions import Register, RegisterField
from tracking.registers.feeding import Counted, Fed, feeds_of, summed
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import FieldKind, Keeper

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
    one, firms = Counted("fairs", Decimal(1)), Counted("fairs", Decimal(12))
    assert list(feeds_of(FAIRS, {"firms": "12", "area": "9"})) == [(1, one), (2, firms)]
    assert list(feeds_of(FAIRS, {})) == [(1, one)]
    assert list(feeds_of(Register("r", "册", Keeper.UNITS, FIELDS[:1]), {})) == []
    assert summed([firms, firms]) == Fed(Decimal(24), 2, "fairs")


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
