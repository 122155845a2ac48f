import runpy
from pathlib import Path

import pytest

from tracking import workflow
from tracking.messages import Refusal, text
from tracking.vocabulary import Language, PeriodStatus, PlanStatus, TaskStatus, UpdateStatus
from tracking.workflow import (
    BRIEFING,
    CONTEST,
    CORRECTION,
    DIFFICULTY,
    LIFECYCLES,
    PROGRESS_UPDATE,
    REPORTING_PERIOD,
    REQUEST,
    SUPPLIED,
    TASK,
    URGING_SLIP,
    WORK_PLAN,
    allows,
    check,
    step,
)

ROOT = Path(__file__).parents[3]

STANDING = ("supplied", "agreed", "contested", "kept")
OPEN = ("issued", "acknowledged", "answered")
DRAFT, HANDED, SIGNED, SUBMITTED, RETURNED = "draft", "handed_over", "signed_off", "submitted", "returned"
CHECKING = "checking"

# Written out by hand from the specification, not from the tables under test.
ALLOWED = [
    (WORK_PLAN, "edit", {(PlanStatus.DRAFT, DRAFT), (PlanStatus.HANDED_OVER, DRAFT)}),
    (WORK_PLAN, "hand_over", {(PlanStatus.DRAFT, HANDED)}),
    (WORK_PLAN, "sign_off", {(PlanStatus.HANDED_OVER, SIGNED)}),
    (WORK_PLAN, "send_back", {(PlanStatus.HANDED_OVER, DRAFT), (PlanStatus.SIGNED_OFF, DRAFT)}),
    (WORK_PLAN, "submit", {(PlanStatus.SIGNED_OFF, SUBMITTED)}),
    (WORK_PLAN, "send_up", {(PlanStatus.SIGNED_OFF, CHECKING), (CHECKING, CHECKING)}),
    (WORK_PLAN, "pass_on", {(PlanStatus.CHECKING, SUBMITTED)}),
    (WORK_PLAN, "open_first", {(HANDED, HANDED), (CHECKING, CHECKING), (SUBMITTED, SUBMITTED)}),
    (WORK_PLAN, "take_back", {(HANDED, DRAFT), (CHECKING, DRAFT), (SUBMITTED, DRAFT)}),
    (WORK_PLAN, "file", {(PlanStatus.SUBMITTED, "filed")}),
    (WORK_PLAN, "return_", {(PlanStatus.CHECKING, RETURNED), (PlanStatus.SUBMITTED, RETURNED)}),
    (WORK_PLAN, "revise", {(PlanStatus.RETURNED, DRAFT), (PlanStatus.FILED, DRAFT)}),
    (PROGRESS_UPDATE, "edit", {(UpdateStatus.DRAFT, DRAFT), (UpdateStatus.HANDED_OVER, DRAFT)}),
    (PROGRESS_UPDATE, "hand_over", {(UpdateStatus.DRAFT, HANDED)}),
    (PROGRESS_UPDATE, "sign_off", {(UpdateStatus.HANDED_OVER, SIGNED)}),
    (PROGRESS_UPDATE, "send_back", {(UpdateStatus.HANDED_OVER, DRAFT), (UpdateStatus.SIGNED_OFF, DRAFT)}),
    (PROGRESS_UPDATE, "submit", {(UpdateStatus.SIGNED_OFF, SUBMITTED)}),
    (PROGRESS_UPDATE, "send_up", {(UpdateStatus.SIGNED_OFF, CHECKING), (CHECKING, CHECKING)}),
    (PROGRESS_UPDATE, "pass_on", {(UpdateStatus.CHECKING, SUBMITTED)}),
    (PROGRESS_UPDATE, "open_first", {(HANDED, HANDED), (CHECKING, CHECKING), (SUBMITTED, SUBMITTED)}),
    (PROGRESS_UPDATE, "take_back", {(HANDED, DRAFT), (CHECKING, DRAFT), (SUBMITTED, DRAFT)}),
    (PROGRESS_UPDATE, "accept", {(UpdateStatus.SUBMITTED, "accepted")}),
    (PROGRESS_UPDATE, "return_", {(UpdateStatus.CHECKING, RETURNED), (UpdateStatus.SUBMITTED, RETURNED)}),
    (PROGRESS_UPDATE, "reopen", {(UpdateStatus.ACCEPTED, RETURNED)}),
    (PROGRESS_UPDATE, "correct", {("accepted", RETURNED)}),
    (PROGRESS_UPDATE, "revise", {(UpdateStatus.RETURNED, DRAFT)}),
    (REPORTING_PERIOD, "edit", {(PeriodStatus.UPCOMING, "upcoming")}),
    (REPORTING_PERIOD, "extend", {(PeriodStatus.OPEN, "open")}),
    (REPORTING_PERIOD, "open", {(PeriodStatus.UPCOMING, "open")}),
    (REPORTING_PERIOD, "close", {(PeriodStatus.OPEN, "closed")}),
    (REPORTING_PERIOD, "reopen", {(PeriodStatus.CLOSED, "open")}),
    (REPORTING_PERIOD, "freeze", {(PeriodStatus.CLOSED, "frozen")}),
    (REQUEST, "sign_off", {("draft", "requested")}),
    (REQUEST, "send_back", {("draft", "withdrawn")}),
    (REQUEST, "withdraw", {("draft", "withdrawn"), ("requested", "withdrawn")}),
    (REQUEST, "grant", {("requested", "granted")}),
    (REQUEST, "refuse", {("requested", "refused")}),
    (CORRECTION, "sign_off", {("draft", "requested")}),
    (CORRECTION, "send_back", {("draft", "withdrawn")}),
    (CORRECTION, "withdraw", {("draft", "withdrawn"), ("requested", "withdrawn")}),
    (CORRECTION, "approve", {("requested", "approved")}),
    (CORRECTION, "refuse", {("requested", "refused")}),
    (BRIEFING, "edit", {("draft", "draft")}),
    (BRIEFING, "issue", {("draft", "issued")}),
    (URGING_SLIP, "acknowledge", {("issued", "acknowledged")}),
    (URGING_SLIP, "answer", {("acknowledged", "answered")}),
    (URGING_SLIP, "meet", {(state, "met") for state in OPEN}),
    (URGING_SLIP, "withdraw", {(state, "withdrawn") for state in OPEN}),
    (URGING_SLIP, "escalate", {(state, "escalated") for state in OPEN}),
    (DIFFICULTY, "assign", {("raised", "assigned"), ("assigned", "assigned")}),
    (DIFFICULTY, "answer", {("assigned", "answered")}),
    (DIFFICULTY, "confirm", {("answered", "closed")}),
    (DIFFICULTY, "settle", {(state, "closed") for state in ("raised", "assigned", "answered")}),
    (DIFFICULTY, "reopen", {("answered", "raised"), ("closed", "raised")}),
    (CONTEST, "answer", {("raised", "answered")}),
    (CONTEST, "maintain", {("answered", "maintained")}),
    (CONTEST, "withdraw", {(state, "withdrawn") for state in ("raised", "answered", "maintained")}),
    (CONTEST, "uphold", {("raised", "upheld"), ("maintained", "upheld")}),
    (CONTEST, "dismiss", {("raised", "dismissed"), ("maintained", "dismissed")}),
    (SUPPLIED, "agree", {("supplied", "agreed")}),
    (SUPPLIED, "contest", {("supplied", "contested")}),
    (SUPPLIED, "keep", {("contested", "kept")}),
    (SUPPLIED, "replace", {(state, "replaced") for state in STANDING}),
    (SUPPLIED, "withdraw", {(state, "withdrawn") for state in STANDING}),
]


@pytest.mark.parametrize(("lifecycle", "verb", "moves"), ALLOWED)
def test_a_verb_leads_where_the_specification_says_and_nowhere_else(lifecycle, verb, moves):
    found = {
        (state, step(lifecycle, state, verb))
        for state in type(lifecycle.start)
        if allows(lifecycle, state, verb)
    }
    assert found == moves


def test_every_verb_of_every_lifecycle_is_in_the_list_above():
    listed = {(lifecycle.name, verb) for lifecycle, verb, _ in ALLOWED}
    written = [lifecycle for lifecycle in LIFECYCLES if lifecycle is not TASK]
    assert listed == {(lifecycle.name, verb) for lifecycle in written for verb in lifecycle.moves}


def test_a_verb_out_of_turn_is_refused_in_both_languages():
    with pytest.raises(Refusal) as refused:
        step(PROGRESS_UPDATE, UpdateStatus.ACCEPTED, "submit")
    (message,) = refused.value.messages
    assert str(refused.value) == "进展填报目前处于“已采纳”状态，不能报送。"
    assert text(message.key, Language.EN, **message.values) == (
        "The progress update is now “Accepted”, so “Submit” is not possible."
    )


def test_a_verb_the_table_lacks_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        check(TASK, TaskStatus.IN_PROGRESS, "forget")


def test_the_diagrams_in_the_documentation_are_those_the_module_prints(capsys):
    runpy.run_path(workflow.__file__, run_name="__main__")
    printed = capsys.readouterr().out
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == printed == workflow.document()
