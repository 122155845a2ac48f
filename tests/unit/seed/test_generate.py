import pytest

from db import seed
from db.audit.sample import sample_loaded
from db.clock import end_of
from db.figures import summaries
from db.seed import loading
from db.store import Store
from tests.unit.seed.conftest import DAY, asker
from tests.unit.seed.doubts import doubts_of


def test_a_large_set_has_two_years_of_monthly_reports_of_everybody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(loading.BELOW, seed.Scale.S, (2, 3))
    monkeypatch.setattr(loading, "TASKS_A_YEAR", 4)
    monkeypatch.setattr(loading, "ROWS_AT_ONCE", 2_000)
    told: list[tuple[str, int, int]] = []
    assert not sample_loaded(store)
    seed.generate(store, seed.Scale.S, DAY, lambda *step: told.append(step))
    assert sample_loaded(store)
    ask, tasks = asker(store), ((37 + 5 + 2) * 2 + 2) * 4
    assert ask("SELECT count(*) FROM reporting_period WHERE cycle = 'month'") == [24]
    assert ask("SELECT count(*) FROM task") == [tasks]
    assert 10.8 < ask("SELECT count(*) FROM progress_update")[0] / tasks < 12.2
    assert ask("SELECT max(length(progress)) FROM progress_update")[0] < 20
    assert ask("SELECT count(*) FROM evidence_file") == [0]
    assert ask("SELECT action FROM audit_event") == ["generate"]
    assert told[-3:] == [("authorities", 46, 46), ("summaries", 0, 1), ("summaries", 1, 1)]
    below = ask(
        "SELECT DISTINCT a.kind, u.kind FROM task t JOIN authority a ON a.id = t.authority_id"
        " JOIN authority u ON u.id = t.unit_id WHERE t.authority_id <> t.unit_id ORDER BY 1"
    )
    assert below == [("ccpit_industry", "ccpit_industry"), ("city", "province"), ("county", "province")]
    assert 0 < doubts_of(store).share <= 0.03  # measured: 1.2 %
    with store.read() as session:
        assert summaries.differences(session, known_at=end_of(DAY)).empty
        assert {account.sign_in_name for account in seed.demo_accounts(session)} >= {"member", "leadership"}


def test_l_is_the_size_that_is_measured() -> None:
    """Beside the councils: two of both years, one of each."""
    numbers = {scale: 37 + sum(below) for scale, below in loading.BELOW.items()}
    assert numbers == {seed.Scale.S: 37, seed.Scale.M: 370, seed.Scale.L: 3220}
    assert numbers[seed.Scale.L] * 2 * loading.TASKS_A_YEAR == 96_600
