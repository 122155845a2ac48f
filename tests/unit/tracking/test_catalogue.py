"""What of a catalogue is offered on a day."""

from datetime import date

import pandas as pd
import pytest

from tracking.catalogue import offered

SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("starts_on", "retired_on", "found"),
    [
        (None, None, True),
        (SUMMER, None, True),
        (AUTUMN, None, False),
        (None, SUMMER, False),
        (None, AUTUMN, True),
        (SPRING, SPRING, False),
    ],
)
def test_an_entry_is_offered_from_its_first_day_until_it_is_retired(starts_on, retired_on, found):
    frame = pd.DataFrame({"starts_on": [starts_on], "retired_on": [retired_on]})
    assert len(offered(frame, SUMMER)) == found
