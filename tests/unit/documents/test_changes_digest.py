"""The digest names the first lines of each part, and always how many there are."""

from datetime import date
from io import BytesIO

import docx
import pandas as pd
import pytest

from tracking.documents.changes_digest import MOST_NAMED, changes_digest
from tracking.vocabulary import Language

DAY = date(2026, 5, 20)


def _reds(count: int, change: str) -> pd.DataFrame:
    row = {"unit_name": "北省", "number": 1, "title": "组织参展", "due_on": DAY, "change": change}
    return pd.DataFrame([row] * count, columns=list(row))


def _said(content: bytes) -> tuple[str, list[list[list[str]]]]:
    document = docx.Document(BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), tables


@pytest.mark.parametrize("language", list(Language))
def test_every_part_is_there_with_its_count(language):
    moves = {
        "unit_name": "北省",
        "task_number": 1,
        "title": "参展",
        "from_on": DAY,
        "to_on": date(2026, 6, 1),
    }
    silent = {"unit_name": "南市", "tasks": 3, "last_reported_on": None}
    left = {"authority_name": "北省", "post_title": "处长", "officer_name": "甲", "change": "ended"}
    content = changes_digest(
        sentence="全文",
        reds=pd.concat([_reds(MOST_NAMED + 2, "new"), _reds(0, "cleared")]),
        moves=pd.DataFrame([moves]),
        silent=pd.DataFrame([silent]),
        officers=pd.DataFrame([left | {"changed_on": DAY}]),
        today=DAY,
        language=language,
    )
    text, tables = _said(content)
    assert "全文" in text
    assert str(MOST_NAMED + 2) in text
    assert [len(table) - 1 for table in tables] == [MOST_NAMED, 1, 1, 1]
    assert tables[1][1][2] == "2026-05-20 → 2026-06-01"
    assert tables[2][1] == ["南市", "3", "—"]
    assert "2026-05-20" in tables[3][1][2]
