"""How the lines of a handover read."""

from datetime import date

import pytest

from tracking.handovers.state import HandoverLine
from tracking.handovers.wording import cells, state_words
from tracking.vocabulary import HandoverKind, Language


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        (HandoverKind.TASK, "red", "■ 滞后"),
        (HandoverKind.REQUEST, "requested", "待批复"),
        (HandoverKind.SLIP, "orange", "橙色催办"),
        (HandoverKind.SIGN_OFF, "sign_off", "待审签"),
    ],
)
def test_a_state_reads_as_its_kind_has_it(kind, state, words):
    assert state_words(kind, state, Language.ZH_CN).startswith(words[:2])


def test_an_update_names_its_period_and_what_became_of_it():
    line = HandoverLine(
        HandoverKind.DRAFT, 7, 3, "组织参展", "draft", date(2026, 10, 15), 3, 2026, 3, "quarter"
    )
    assert cells(line, Language.ZH_CN) == (
        "草稿",
        "3",
        "组织参展（2026年第三季度）",
        "2026-10-15",
        "草稿",
        "已了结",
    )


def test_what_came_up_since_says_so():
    line = HandoverLine(HandoverKind.TASK, 7, 3, "组织参展", "green", now="green", listed=False)
    assert cells(line, Language.EN)[3:] == ("—", "Came up since", "● On track")
