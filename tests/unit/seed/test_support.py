"""In the sample provinces name the units they host as supporting, and these say what they did."""

from tests.unit.seed.conftest import DAY, Ask


def test_hosted_units_support_some_tasks_in_which_they_are_named(ask: Ask) -> None:
    named = ask(
        "SELECT a.name, r.supporting_units FROM task_support s JOIN authority a ON a.id = s.authority_id"
        " JOIN task_revision r ON r.id = s.task_revision_id"
    )
    assert len({name for name, _ in named}) == 7
    assert all(name in words for name, words in named)


def test_whoever_supports_a_task_said_what_it_did_before_today(ask: Ask) -> None:
    said = ask(
        "SELECT a.code, date(c.written_at) FROM contribution c JOIN authority a ON a.id = c.authority_id"
        " JOIN officer o ON o.id = c.written_by_id AND o.authority_id = a.id"
        " JOIN task t ON t.id = c.task_id AND t.in_force JOIN task_support s ON s.task_revision_id = t.revision_id"
        " AND s.authority_id = a.id"
    )
    assert len(said) == ask("SELECT count(*) FROM contribution")[0]
    assert {"330200", "S01"} <= {code for code, _ in said}
    assert max(str(day) for _, day in said) < DAY.isoformat()


def test_one_figure_is_reckoned_from_two_indicators(ask: Ask) -> None:
    assert ask("SELECT form, unit, title_source FROM composite") == [("ratio", "万美元/场", "project")]
    assert [bool(below) for below in ask("SELECT below FROM composite_part ORDER BY number")] == [False, True]
