"""Nothing stays green that nobody reaches: writes without a page, route or command, rules that only tests call."""

import ast

import pytest

from tests.unit.structure import reach, source

KNOWN = reach.modules(source.files(*source.PRODUCT))
SCREENS = [name for name in KNOWN if name.startswith("pages.") and name.count(".") == 1]
# What people open, and what they type.
ROOTS = ["dashboard", "server.__main__", *SCREENS]
ACTIONS = [(name, function.name) for name, found in source.actions().items() for function in found]


def test_every_action_is_reached_from_a_page_a_route_or_a_command():
    assert len(ACTIONS) > 100
    assert reach.unreached(KNOWN, ROOTS, ACTIONS) == []


def test_every_rule_is_used_by_more_than_its_tests():
    rules = reach.public(KNOWN, "tracking")
    assert len(rules) > 500
    assert reach.unreached(KNOWN, ROOTS, rules) == []


def test_what_is_reached_begins_at_every_screen():
    assert len(SCREENS) > 30
    assert {(name, reach.BODY) for name in ROOTS} <= reach.reached(KNOWN, ROOTS)


PLANTED = {
    "pages.task": "from db.tasks import actions as tasks\nfrom tracking import rules\n"
    "st.button('x', on_click=tasks.suspend_task)\nrules.CHECK",
    "server.__main__": "from server import commands",
    "server.commands": "from server.commands import store\nfor module in (store,):\n    module.register(APP)",
    "server.commands.store": "from db.tasks.actions import resume_task\nfrom db.seed import load\n"
    "def register(app):\n    app.command()(resume)\ndef resume():\n    resume_task(None)\n    load()",
    "server.api": "from db.tasks.actions import drop_task\n@ROUTER.post('/x')\ndef drop():\n    drop_task()",
    "db.tasks.actions": "def suspend_task(): ...\ndef resume_task(actor): ...\ndef drop_task(): ...\n"
    "def forget_task():\n    '''Like resume_task.'''\ndef rename_task(): ...",
    "db.seed": "from db.tasks.actions import rename_task\ndef load():\n    rename_task()",
    "tracking.rules": "from tracking.rules.lights import check as CHECK",
    "tracking.rules.lights": "def check(x=lambda y: LIMIT): ...\nLIMIT = 3\ndef lone(): check()\nSPARE = 4",
}


@pytest.fixture
def planted() -> dict[str, reach.Module]:
    return {name: reach.read(ast.parse(code), name) for name, code in PLANTED.items()}


def _dead(known: dict[str, reach.Module], place: str) -> list[str]:
    wanted = [
        key for key in reach.public(known, "db" if place == "db" else "tracking") if "seed" not in key[0]
    ]
    roots = ["pages.task", "server.__main__", *(["server.api"] if "server.api" in known else [])]
    return reach.unreached(known, roots, wanted)


def test_a_planted_action_that_nobody_reaches_is_caught(planted):
    """One reached by a page, one by a command and one by a route are not; filling the sample reaches nothing."""
    assert _dead(planted, "db") == ["db.tasks.actions.forget_task", "db.tasks.actions.rename_task"]
    del planted["server.api"]
    assert "db.tasks.actions.drop_task" in _dead(planted, "db")


def test_a_planted_rule_that_only_tests_call_is_caught(planted):
    """What another rule uses that nobody uses is dead too, and what is given another name on the way is not."""
    assert _dead(planted, "tracking") == ["tracking.rules.lights.SPARE", "tracking.rules.lights.lone"]
