"""What a handover is on a day, and how what it listed has moved on."""

from dataclasses import replace
from datetime import date

import pytest

from tracking.handovers.state import HANDOVER_STATE, HandoverFacts, HandoverLine, counted, refreshed
from tracking.vocabulary import HandoverKind, HandoverState

TODAY = date(2026, 3, 20)
TASK = HandoverLine(HandoverKind.TASK, 1, 1, "组织参展", "green")
DRAFT = HandoverLine(HandoverKind.DRAFT, 1, 1, "组织参展", "draft")
SLIP = HandoverLine(HandoverKind.SLIP, 1, 1, "组织参展", "blue")


@pytest.mark.parametrize(
    ("effective_on", "cancelled", "state"),
    [
        (date(2026, 3, 21), False, HandoverState.TO_COME),
        (TODAY, False, HandoverState.IN_EFFECT),
        (date(2026, 3, 19), False, HandoverState.IN_EFFECT),
        (date(2026, 3, 21), True, HandoverState.CANCELLED),
    ],
)
def test_a_handover_takes_effect_by_its_day_alone(effective_on, cancelled, state):
    assert HANDOVER_STATE.of(HandoverFacts(cancelled=cancelled, to_come=effective_on > TODAY)) is state


def test_a_draft_handed_to_the_signatory_is_still_the_same_item():
    signing = replace(DRAFT, kind=HandoverKind.SIGN_OFF, state="sign_off")
    [line] = refreshed([DRAFT], [signing], to_come=False)
    assert (line.kind, line.state, line.now, line.listed) == (HandoverKind.DRAFT, "draft", "sign_off", True)


def test_what_is_settled_has_no_state_now_and_things_of_one_key_are_kept_apart():
    lines = refreshed([TASK, DRAFT, SLIP], [replace(TASK, state="red")], to_come=False)
    assert [line.now for line in lines] == ["red", None, None]


def test_what_came_up_since_is_added_only_until_the_day():
    later = replace(TASK, item_id=2)
    added = refreshed([TASK], [TASK, later], to_come=True)[1]
    assert (added.item_id, added.listed, added.now) == (2, False, "green")
    assert len(refreshed([TASK], [TASK, later], to_come=False)) == 1


def test_every_kind_is_counted_also_those_without_any():
    assert counted([TASK, DRAFT, replace(TASK, item_id=2)]) == {
        **dict.fromkeys(HandoverKind, 0),
        HandoverKind.TASK: 2,
        HandoverKind.DRAFT: 1,
    }
