"""What somebody types in a form and does not save stands in it again, for that person alone, and tells so."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from db.store import Store
from db.updates import actions as updates
from db.working_copies.queries import copies_of
from pages.shared import once_per_click, working_copies
from pages.shared.plain_values import from_plain, to_plain
from tests.app.acting import press
from tests.app.conftest import Open
from tests.app.looping import (
    OFFICER,
    SIGNATORY,
    every_word,
    field,
    item_now,
    items_of,
    period_of,
    person,
    tick,
    typed,
)
from tests.app.test_work_plan import NEXT, draft, form  # noqa: F401 -- fixtures
from tracking.messages import Message

AWAY = OperationalError("", {}, Exception())
WORDS = "已组织三场培训"


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


@pytest.fixture
def item(sample: Store) -> Any:
    """A task whose report nobody has begun."""
    return next(
        one for one in items_of(sample, person(sample, OFFICER)) if one.update is None or one.row_version == 0
    )


@pytest.fixture
def opened(open_page: Open, item: Any) -> Callable[[], AppTest]:
    """The report page of the task, in a session of its own."""
    return lambda: open_page("report", OFFICER, task=str(item.task.id))


def copies(store: Store, name: str = OFFICER) -> list[Any]:
    return list(copies_of(store, officer_id=person(store, name).officer_id).values())


def restored(seen: AppTest) -> bool:
    return "未保存的内容" in every_word(seen)


def test_it_comes_back_in_another_session_and_goes_with_the_save(opened, sample: Store, item):
    assert not restored(typed(opened(), "本期进展", WORDS).run())
    [copy] = copies(sample)
    assert copy.content["fields"]["progress"] == WORDS
    seen = opened()
    assert restored(seen)
    assert field(seen, "本期进展").value == WORDS
    seen = press(seen, "保存草稿")
    assert not restored(seen)
    assert (copies(sample), item_now(sample, item).draft.progress) == ([], WORDS)


def test_nobody_else_sees_it(opened, open_page: Open, sample: Store, item):
    typed(opened(), "本期进展", WORDS).run()
    seen = open_page("report", SIGNATORY, task=str(item.task.id))
    assert WORDS not in every_word(seen)
    assert copies(sample, SIGNATORY) == []


def test_discarded_it_is_gone(opened, sample: Store):
    typed(opened(), "本期进展", WORDS).run()
    seen = press(opened(), zh("working_copy.discard"))
    assert field(seen, "本期进展").value != WORDS
    assert (copies(sample), restored(seen), restored(opened())) == ([], False, False)


def test_typed_back_to_what_stood_there_nothing_is_kept(opened, sample: Store):
    seen = opened()
    before = field(seen, "本期进展").value
    seen = typed(seen, "本期进展", WORDS).run()
    assert copies(sample)
    typed(seen, "本期进展", before).run()
    assert copies(sample) == []


def test_over_what_was_saved_meanwhile_both_versions_are_shown(opened, sample: Store, item):
    typed(opened(), "本期进展", WORDS).run()
    asked = {"task_id": item.task.id, "period_id": period_of(sample), "row_version": item.row_version}
    by = person(sample, OFFICER)
    updates.save_progress_update(sample, by=by, draft=item.draft, **asked)
    seen = opened()
    assert WORDS in every_word(seen)
    seen = press(seen, zh("report.keep_mine"))
    seen = press(seen, "保存草稿")
    assert (copies(sample), item_now(sample, item).draft.progress) == ([], WORDS)


def test_rows_days_choices_and_ticks_come_back(form, open_page: Open, sample: Store):  # noqa: F811  # a fixture is asked for by its name
    seen = press(press(press(form, "添加目标"), "添加节点"), "添加节点")
    for label, value in (("目标值", "12"), ("节点 2", "完成招展"), ("开始时间", date(NEXT, 2, 3))):
        seen = typed(seen, label, value)
    seen = press(seen, "删除")  # the target again
    post = field(seen, "责任岗位").value
    seen.run()
    seen = open_page("work_plan", OFFICER, year=str(NEXT), task="new")
    assert restored(seen)
    assert [field(seen, label).value for label in ("工作任务", "节点 2", "开始时间", "责任岗位")] == [
        "组织参展",
        "完成招展",
        date(NEXT, 2, 3),
        post,
    ]
    assert not [found for found in seen.main.text_input if found.label == "目标值"]
    for label, value in (("节点 1", "招商"), ("占比", "50")):
        seen = typed(seen, label, value)
    assert "任务已添加" not in every_word(seen)
    assert len(copies(sample)) == 1


def test_a_tick_comes_back(opened):
    tick(opened(), zh("report.completion_requested")).run()
    seen = opened()
    assert next(one for one in seen.main.checkbox if one.label == zh("report.completion_requested")).value


def test_where_the_store_takes_no_copy_it_is_told_and_tried_again(
    opened, sample: Store, monkeypatch: pytest.MonkeyPatch
):
    seen = opened()
    with monkeypatch.context() as away:
        away.setattr(working_copies, "keep", _fail)
        seen = typed(seen, "本期进展", WORDS).run()
        assert zh("working_copy.unkept") in every_word(seen)
    seen = seen.run().run()
    assert zh("working_copy.unkept") not in every_word(seen)
    assert copies(sample)


def _fail(*_: object, **__: object) -> None:
    raise AWAY


def test_a_save_whose_copy_stays_is_a_save(opened, sample: Store, item, monkeypatch: pytest.MonkeyPatch):
    seen = typed(opened(), "本期进展", WORDS).run()
    monkeypatch.setattr(working_copies, "drop", _fail)
    press(seen, "保存草稿")
    assert item_now(sample, item).draft.progress == WORDS


def test_a_store_that_is_away_keeps_the_form_and_the_same_button(
    opened, sample: Store, item, monkeypatch: pytest.MonkeyPatch
):
    seen = typed(opened(), "本期进展", WORDS)
    with monkeypatch.context() as away:
        away.setattr(updates, "save_progress_update", _fail)
        seen = press(seen, "保存草稿")
    assert zh("store.away") in every_word(seen)
    assert field(seen, "本期进展").value == WORDS
    seen = press(seen, "保存草稿")
    assert zh("store.away") not in every_word(seen)
    assert item_now(sample, item).draft.progress == WORDS


def test_what_arrives_after_the_sign_in_is_over_is_kept_as_well(opened, sample: Store):
    seen = opened()
    officer_id = person(sample, OFFICER).officer_id
    with sample.upkeep() as session:
        session.connection().exec_driver_sql("DELETE FROM sign_in")
    seen = typed(seen, "本期进展", WORDS)
    assert [error.message for error in seen.exception] == [zh("access.signed_out")]
    [copy] = copies_of(sample, officer_id=officer_id).values()
    assert copy.content["fields"]["progress"] == WORDS


def test_the_later_of_two_pages_is_told_and_may_have_its_way(opened, sample: Store):
    first = typed(opened(), "本期进展", WORDS).run()
    second = typed(opened(), "本期进展", "另一页").run()
    assert zh("working_copy.keep_here") not in [one.label for one in second.main.button]
    first = typed(first, "本期进展", "这一页").run()
    assert copies(sample)[0].content["fields"]["progress"] == "另一页"
    first = press(first, zh("working_copy.keep_here")).run()
    assert copies(sample)[0].content["fields"]["progress"] == "这一页"
    assert zh("working_copy.keep_here") not in [one.label for one in first.main.button]


@pytest.mark.parametrize(
    "value",
    [
        "一行\n二行",
        "",
        None,
        True,
        3,
        1.5,
        date(2026, 3, 20),
        [1, 2],
        {"due_on": date(2026, 3, 20), "value": "x"},
    ],
)
def test_a_value_comes_back_as_it_was(value: object):
    assert from_plain(to_plain(value)) == value


def test_what_no_database_takes_is_left_out():
    assert to_plain("前\0后\ud800") == "前后"


def test_a_browser_tells_the_token_of_each_form_once_and_to_its_author(monkeypatch: pytest.MonkeyPatch):
    mine, other = "5e" * 12 + "00000007", "5e" * 12 + "00000008"
    keys = [f"goals_1:{mine}:goals", f"goals_2:{other}:goals", "pick_period", "todo_8:short:tick"]

    class _Context:
        class session_state:  # noqa: N801 -- as it is called there
            @staticmethod
            def get_widget_states() -> list[Any]:
                return [type("State", (), {"id": f"$$ID-0123-{key}"}) for key in keys]

    state: dict[str, Any] = {once_per_click.AUTHOR: 7}
    monkeypatch.setattr(once_per_click, "get_script_run_ctx", _Context)
    monkeypatch.setattr(once_per_click.st, "session_state", state)
    assert once_per_click.form_token("goals_1").value == mine
    once_per_click.use(once_per_click.form_token("goals_1"))
    again = once_per_click.form_token("goals_1").value
    assert (again != mine, again.endswith("00000007")) == (True, True)
    assert once_per_click.form_token("goals_2").value != other
