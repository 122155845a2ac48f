"""One press of a button is one deed, also when a second click runs the page beside the first."""

from threading import Barrier, Thread

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx

from db.store import Store
from db.updates import actions as updates
from db.working_copies.queries import copies_of
from pages.shared.once_per_click import REMEMBERED, OncePerClick, once_per_click
from tests.app.acting import button
from tests.app.conftest import Open
from tests.app.looping import OFFICER, every_word, item_now, items_of, period_of, person, typed
from tracking.messages import Message, Refusal


def test_two_runs_at_the_same_time_do_it_once():
    done, start, lately = [], Barrier(8), OncePerClick()

    def run() -> None:
        start.wait()
        lately.do("token", lambda: done.append(1), "保存了")

    threads = [Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1]


def test_what_was_refused_may_be_tried_again():
    lately, done = OncePerClick(), []

    def refuse() -> None:
        raise Refusal(Message("validation.required"))

    with pytest.raises(Refusal):
        lately.do("token", refuse, "")
    lately.do("token", lambda: done.append(1), "")
    assert done == [1]


def test_only_so_many_are_remembered():
    lately = OncePerClick()
    for number in range(REMEMBERED + 1):
        lately.do(str(number), lambda: None, "")
    assert len(lately.done) == REMEMBERED
    assert "0" not in lately.done


def test_the_second_click_of_a_double_click_finds_the_work_done(open_page: Open, sample: Store):
    """The first run did it and was interrupted before it could tell: the second tells, and saves nothing again."""
    item = items_of(sample, person(sample, OFFICER))[0]
    seen = open_page("report", OFFICER, task=str(item.task.id))
    save = button(seen, "保存草稿")
    token = save.key.split(":")[1]
    officer = person(sample, OFFICER)
    asked = {"task_id": item.task.id, "period_id": period_of(sample), "row_version": 0}
    once_per_click().do(
        token,
        lambda: updates.save_progress_update(sample, by=officer, draft=item.draft, **asked),
        "任务 1 的草稿已保存。",
    )
    version = sample.data_version()
    seen = save.click().run()
    assert sample.data_version() == version
    assert "任务 1 的草稿已保存" in every_word(seen)
    assert item_now(sample, item).update.row_version == 1


def test_a_run_that_is_ended_right_after_the_deed_has_marked_it_done(
    open_page: Open, sample: Store, monkeypatch
):
    """Streamlit ends a run for a second click wherever that asks it for something: not between deed and mark."""
    item = items_of(sample, person(sample, OFFICER))[0]
    seen = typed(open_page("report", OFFICER, task=str(item.task.id)), "本期进展", "新进展")
    really = updates.save_progress_update

    def save_and_click_again(*given, **asked):
        really(*given, **asked)
        state = get_script_run_ctx().session_state
        go_on = state._yield_callback

        def ended() -> None:
            object.__setattr__(state, "_yield_callback", go_on)
            raise RerunException(RerunData())

        object.__setattr__(state, "_yield_callback", ended)

    monkeypatch.setattr("db.updates.actions.save_progress_update", save_and_click_again)
    save = button(seen, "保存草稿")
    token = save.key.split(":")[1]
    save.click().run()
    assert "已保存" in once_per_click().done[token]
    assert copies_of(sample, officer_id=person(sample, OFFICER).officer_id) == {}
