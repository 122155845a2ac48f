"""The councils of the sample, two of which came and went, its city, and the indicators that are states."""

from tests.unit.seed.conftest import DAY, Ask


def test_one_council_was_founded_with_the_year_and_one_merged_as_it_began(ask: Ask) -> None:
    rows = ask(
        "SELECT code, kind, founded_on, dissolved_on FROM authority WHERE code LIKE 'S0%' ORDER BY code"
    )
    turn = f"{DAY.year}-01-01"
    days = [(code, kind, *(day and str(day) for day in days)) for code, kind, *days in rows]
    assert days == [
        ("S01", "ccpit_local", None, None),
        ("S02", "ccpit_industry", None, None),
        ("S03", "ccpit_industry", turn, None),
        ("S04", "ccpit_industry", None, turn),
    ]
    plans = ask(
        "SELECT a.code, w.year FROM work_plan w JOIN authority a ON a.id = w.authority_id"
        " WHERE a.code LIKE 'S0%' ORDER BY a.code, w.year"
    )
    before, now = DAY.year - 1, DAY.year
    assert plans == [
        ("S01", before),
        ("S01", now),
        ("S02", before),
        ("S02", now),
        ("S03", now),
        ("S04", before),
    ]


def test_who_merged_counts_for_itself_as_long_as_it_stood(ask: Ask) -> None:
    cells = "SELECT DISTINCT a.code, p.year FROM summary_cell c JOIN reporting_period p ON p.id = c.period_id"
    counted = ask(
        f"{cells} JOIN authority a ON a.id = c.unit_id WHERE a.code IN ('S02', 'S04') ORDER BY 1, 2"
    )
    before, now = DAY.year - 1, DAY.year
    assert counted == [("S02", before), ("S02", now), ("S04", before)]
    went_on = ask(
        "SELECT DISTINCT u.code FROM task t JOIN authority a ON a.id = t.authority_id"
        " JOIN authority u ON u.id = t.unit_id WHERE a.code = 'S04'"
    )
    assert went_on == ["S02"]


def test_nobody_of_a_council_acts_before_it_is_there_or_registers_after_it_is_gone(ask: Ask) -> None:
    turn = f"{DAY.year}-01-01"
    granted = "SELECT count(*) FROM role_grant g JOIN officer o ON o.id = g.officer_id"
    founded = "JOIN authority a ON a.id = o.authority_id WHERE a.code = 'S03'"
    assert ask(f"{granted} {founded} AND date(g.granted_at) < '{turn}'") == [0]
    assert ask(
        "SELECT count(*) FROM register_entry e JOIN authority a ON a.id = e.authority_id"
        f" WHERE (a.code = 'S03' AND date(e.recorded_at) < '{turn}')"
        f" OR (a.code = 'S04' AND date(e.recorded_at) >= '{turn}')"
    ) == [0]


def test_rates_and_answers_are_planned_and_reported(ask: Ask) -> None:
    asked = ask(
        "SELECT i.kind, count(*) FROM target t JOIN indicator i ON i.id = t.indicator_id"
        " WHERE i.kind IN ('rate', 'yes_no') GROUP BY i.kind ORDER BY i.kind"
    )
    assert [kind for kind, count in asked if count > 5] == ["rate", "yes_no"]
    rates = "FROM indicator_actual a JOIN indicator i ON i.id = a.indicator_id WHERE i.kind = 'rate'"
    assert ask(f"SELECT count(*) {rates} AND (a.numerator IS NULL OR a.denominator IS NULL)") == [0]
    assert ask(f"SELECT count(DISTINCT a.value) {rates}")[0] > 20
    answers = "SELECT DISTINCT a.value FROM indicator_actual a JOIN indicator i ON i.id = a.indicator_id"
    assert len(ask(f"{answers} WHERE i.kind = 'yes_no'")) == 2


def test_a_city_of_its_own_people_goes_through_its_province(ask: Ask) -> None:
    whose = "JOIN authority a ON a.id = x.checker_id WHERE x.status = 'checking'"
    for table in ("plan_revision", "progress_update"):
        assert set(ask(f"SELECT a.code FROM {table} x {whose}")) == {"320000"}
    passed = (
        "SELECT p.plan_revision_id IS NULL, count(*) FROM passing_on p JOIN authority a ON a.id = p.authority_id"
        " WHERE a.code = '320000' AND p.received_at < p.passed_at GROUP BY 1"
    )
    assert {bool(of_update): count > 1 for of_update, count in ask(passed)} == {False: True, True: True}
