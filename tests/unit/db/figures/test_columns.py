"""Reading by columns says what the same values say one by one."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, strategies as st

from db import clock
from db.figures.columns import INSTANT, as_plain, office_days

BEGAN = datetime(2000, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(0), timedelta(36_500)).map(lambda since: BEGAN + since)


@given(st.lists(INSTANTS))
def test_the_days_of_a_column_of_instants_are_those_of_each(instants: list[datetime]):
    column = np.array([as_plain(instant) for instant in instants], INSTANT)
    assert office_days(column).tolist() == [clock.day_of(instant).toordinal() for instant in instants]
