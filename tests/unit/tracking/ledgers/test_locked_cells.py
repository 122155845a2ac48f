"""What a locked cell says, however a spreadsheet writes it."""

from datetime import date, datetime
from typing import Any

import pytest

from tracking.ledgers.rows import locked_words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1), "2026-03-01"),  # noqa: DTZ001 -- as a workbook holds it
        ("2026-03-01 00:00:00", "2026-03-01"),
        ("2026/3/1", "2026-03-01"),
        ("2026/3/1 0:00", "2026-03-01"),
        ("2026年3月1日", "2026-03-01"),
        ("2026-03-01 12:00", "2026-03-0112:00"),
        ("第一行_x000D_\n第二行", "第一行第二行"),
        (None, ""),
    ],
)
def test_a_day_and_lines_say_the_same_in_every_way_of_writing(written: Any, said: str):
    assert locked_words(written) == said
