"""The page of obligations: the sentence, the rates, and that an entry in a register changes them."""

from db.identity import SignedIn
from db.reference.queries import units_frame
from db.store import Store
from tests.app.acting import words
from tests.app.conftest import Open
from tests.app.looping import count_units
from tests.support.register_cases import ABROAD, recorded
from tracking.vocabulary import Role


def rate(seen, label: str) -> int:
    """How many units have it, from the figure of this label."""
    figure = next(found for found in seen.main.metric if found.label == label)
    return int(figure.value.split(" / ")[0])


def test_every_obligation_shows_gaps_and_what_is_in_place(open_page: Open, sample: Store):
    seen = open_page("obligations", "leadership")
    table = seen.main.dataframe[0].value
    assert len(table) == count_units(sample) * 6
    by_obligation = table.groupby("obligation")["in_place"].nunique()
    assert by_obligation.to_dict() == dict.fromkeys(table["obligation"].unique(), 2)
    assert "六项要求全部落实" in words(seen)


def test_an_entry_in_a_register_changes_the_rate(open_page: Open, sample: Store):
    before = open_page("obligations", "member")
    table = before.main.dataframe[0].value
    missing = table[(table["obligation"] == "双多边机制") & (table["in_place"] == "○ 未落实")]["unit"].iloc[0]
    unit_id = int(units_frame(sample).set_index("short_name").loc[missing, "unit_id"])
    by = SignedIn(1, "填报人", unit_id, frozenset({Role.REPORTING_OFFICER}), "officer")
    recorded(sample, by, "cooperation", ABROAD, unit_id)
    after = open_page("obligations", "member")
    assert rate(after, "双多边机制") == rate(before, "双多边机制") + 1


def test_a_unit_is_told_how_many_of_the_six_it_has(open_page: Open):
    seen = open_page("obligations", "zhejiang.officer")
    table = seen.main.dataframe[0].value
    present = int((table["in_place"] == "● 已落实").sum())
    assert f"浙江六项要求已落实 {present} 项" in words(seen)


def test_a_region_narrows_the_units(open_page: Open, sample: Store):
    seen = open_page("obligations", "member", region="西北")
    assert len(seen.main.dataframe[0].value) < count_units(sample) * 6
