"""The sample says with whom tasks work together and in which field, and what is behind its difficulties."""

from tests.unit.seed.conftest import Ask
from tracking.countries import is_country
from tracking.difficulties import DifficultyCause


def test_a_task_names_the_countries_of_its_title_or_none(ask: Ask) -> None:
    said = ask("SELECT DISTINCT countries FROM task_revision")
    codes = {code for several in said for code in several.split()}
    assert len(codes) == 22
    assert all(map(is_country, codes))
    assert {len(several.split()) for several in said} == {0, 1, 2}


def test_every_task_has_tags_of_the_notice_and_every_tag_is_used(ask: Ask) -> None:
    used = {int(key) for several in ask("SELECT DISTINCT tags FROM task_revision") for key in several.split()}
    assert used == set(ask("SELECT id FROM tag"))
    assert ask("SELECT count(*) FROM task_revision WHERE tags = ''") == [0]


def test_difficulties_have_every_cause_and_the_countries_of_their_task(ask: Ask) -> None:
    assert set(ask("SELECT DISTINCT cause FROM difficulty")) == set(map(str, DifficultyCause))
    unlike = (
        "SELECT count(*) FROM difficulty d JOIN task t ON t.id = d.task_id"
        " JOIN task_revision r ON r.id = t.revision_id WHERE r.countries <> d.countries"
    )
    assert ask(unlike) == [0]
