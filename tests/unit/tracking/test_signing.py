"""What a signatory looks at first."""

import pytest

from tracking.signing import Attention, attention, light_marks
from tracking.vocabulary import Light


@pytest.mark.parametrize(
    ("before", "after", "no_change", "said"),
    [
        (Light.GREEN, Light.AMBER, False, ["sign_off.turns_amber"]),
        (Light.AMBER, Light.RED, True, ["sign_off.turns_red"]),
        (Light.RED, Light.AMBER, False, []),
        (Light.RED, Light.RED, False, []),
        (Light.RED, Light.RED, True, ["sign_off.stays_red"]),
        (Light.AMBER, Light.AMBER, True, ["sign_off.stays_amber"]),
        (Light.GREEN, Light.GREEN, True, []),
        (Light.GREY, Light.BLUE, False, []),
    ],
)
def test_a_light_speaks_where_it_turns_for_the_worse_or_nothing_is_done_about_it(
    before: Light, after: Light, no_change: bool, said: list[str]
):
    marks = light_marks(before=before, after=after, no_change=no_change)
    assert [message.key for message in marks] == said


def test_a_mark_puts_a_report_first_whether_or_not_anything_has_changed():
    assert {attention(marked=True, no_change=change) for change in (True, False)} == {Attention.UNUSUAL}
    assert attention(marked=False, no_change=False) is Attention.CHANGED
    assert attention(marked=False, no_change=True) is Attention.UNCHANGED
