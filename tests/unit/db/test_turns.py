"""The queue of files: bounded, two of one person, and fair between persons."""

import pytest

from db import turns
from db.turns import TooMany, Turn, Turns, in_turn

NORTH, SOUTH, EAST = 1, 2, 3


def begun(queue: Turns, *asked: Turn) -> list[bool]:
    return [turn.begins.done() for turn in asked]


def test_one_person_has_two_at_a_time_and_never_all_there_are():
    queue = Turns(at_once=3, of_one=2)
    mine = [queue.ask(NORTH) for _ in range(4)]
    assert begun(queue, *mine) == [True, True, False, False]
    other = queue.ask(SOUTH)
    assert other.begins.done()
    queue.leave(mine[0])
    assert begun(queue, *mine) == [True, True, True, False]


def test_places_are_counted_and_grow_less():
    queue = Turns(at_once=1, of_one=1)
    asked = [queue.ask(NORTH) for _ in range(3)]
    assert [queue.place(turn) for turn in asked] == [0, 1, 2]
    queue.leave(asked[1])  # not wanted any more
    assert [queue.place(turn) for turn in asked] == [0, 0, 1]
    queue.leave(asked[0])
    queue.leave(asked[0])
    assert asked[2].begins.done()


def test_a_long_backlog_of_one_person_holds_nobody_else_up():
    queue = Turns(at_once=2, of_one=2)
    backlog = [queue.ask(NORTH) for _ in range(12)]
    south, east = queue.ask(SOUTH), queue.ask(EAST)
    assert (queue.place(south), queue.place(east)) == (1, 2)
    again = queue.ask(SOUTH)
    order = []
    running = backlog[:2]
    while running:
        queue.leave(running.pop(0))
        now = [turn for turn in (*backlog, south, east, again) if turn.begins.done() and turn not in order]
        running += [turn for turn in now if turn not in running and turn not in backlog[:2]]
        order += now
    assert [turn.who for turn in order[2:6]] == [SOUTH, EAST, NORTH, SOUTH]
    assert len(order) == 15


def test_whoever_comes_back_later_has_no_debt():
    queue = Turns(at_once=1, of_one=1)
    for _ in range(5):
        queue.leave(queue.ask(NORTH))
    held = queue.ask(EAST)
    north, south = queue.ask(NORTH), queue.ask(SOUTH)
    assert (queue.place(north), queue.place(south)) == (1, 2)
    queue.leave(held)
    assert north.begins.done()


def test_so_many_wait_and_no_more():
    queue = Turns(at_once=1, of_one=1, waiting=2)
    asked = [queue.ask(NORTH) for _ in range(3)]
    with pytest.raises(TooMany, match="2 个文件在排队"):
        queue.ask(NORTH)
    south = queue.ask(SOUTH)
    queue.leave(asked[0])
    queue.leave(south)
    queue.ask(NORTH)


def test_who_waits_in_a_page_is_told_the_place_and_may_give_it_up(monkeypatch):
    monkeypatch.setattr(turns, "LOOKED_AT_EVERY", 0.01)
    queue, told = Turns(at_once=1, of_one=1), []
    held = queue.ask(NORTH)

    def tell(place: int) -> None:
        told.append(place)
        if len(told) == 3:
            queue.leave(held)

    with in_turn(SOUTH, tell, queue):
        assert told == [1, 1, 1]
        with pytest.raises(KeyboardInterrupt), in_turn(NORTH, interrupt, queue):
            pytest.fail("it was given up")
    with in_turn(EAST, tell, queue):
        assert len(told) == 3


def interrupt(_place: int) -> None:
    raise KeyboardInterrupt
