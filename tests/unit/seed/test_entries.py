"""The entries of the sample: what the working group entered, and that no entry of a unit counts in a typed report."""

from tests.unit.seed.conftest import Ask


def test_every_register_that_the_working_group_keeps_has_entries_and_none_of_a_unit_counts_in_a_report(
    ask: Ask,
) -> None:
    kept = "SELECT DISTINCT r.key FROM register_entry e JOIN register r ON r.id = e.register_id WHERE e.body"
    assert len(ask(f"{kept} IS NOT NULL")) == 7
    assert set(ask(f"{kept} IS NULL")) >= {"promotion", "pairs", "zones", "cooperation"}
    fed = "SELECT count(*) FROM register_entry e JOIN register r ON r.id = e.register_id"
    assert ask(f"{fed} WHERE r.indicator_id IS NOT NULL AND e.body IS NULL") == [0]
