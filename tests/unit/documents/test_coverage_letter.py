"""The letter about gaps: to one unit with a table of its own, to all with the gaps of each annexed."""

from datetime import date
from io import BytesIO

import docx
import pandas as pd
import pytest

from tests.unit.charts import frames
from tracking.documents.coverage_letter import coverage_letter
from tracking.vocabulary import Language

COLUMNS = ["unit_id", "measure_id", "title", "is_overdue", "is_vacant", "is_targeted"]


def letter(*, unit: str, keep=slice(None), tasks=(), language=Language.ZH_CN):
    """The letter about the two units of `frames.coverage`, or about some of their cells."""
    content = coverage_letter(
        notice="专项行动的通知",
        unit=unit,
        year=2026,
        on=date(2026, 11, 23),
        cells=frames.coverage().iloc[keep],
        tasks=pd.DataFrame(list(tasks), columns=COLUMNS),
        language=language,
    )
    return docx.Document(BytesIO(content))


def texts(document) -> list[str]:
    return [line.text for line in document.paragraphs if line.text]


def rows(document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_a_unit_is_told_its_gaps_measure_by_measure():
    late = (1, 12, "建设平台", True, True, False)
    elsewhere = (2, 12, "别处", True, False, True)
    untargeted = (1, 12, "无指标", False, False, False)
    document = letter(unit="内蒙古自治区", keep=slice(0, 2), tasks=[late, elsewhere, untargeted])
    found = texts(document)
    assert found[1] == "内蒙古自治区："
    assert "贵单位2026年度2项举措中，要素（任务、有效时限、责任人、指标）齐全的1项，部分齐全的1项" in found[4]
    assert rows(document) == [
        ["序号", "举措", "所缺要素", "涉及任务"],
        ["1", "2 合作平台", "有效时限、责任人、指标", "建设平台"],
    ]
    assert document.sections[0].header.paragraphs[0].text == "草稿"


def test_all_are_told_in_one_letter_with_the_gaps_of_each_annexed():
    document = letter(unit="")
    found = texts(document)
    assert found[1] == "各有关单位："
    assert "附件：各单位缺项清单" in found
    assert [row[1] for row in rows(document)][:2] == ["单位", "内蒙古"]
    assert [row[3] for row in rows(document)][1:] == ["有效时限、责任人、指标", "指标", "任务"]


def test_where_nothing_is_missing_nothing_is_asked():
    found = texts(letter(unit="内蒙古自治区", keep=slice(0, 1)))
    assert "各项要素均已齐全，请继续保持。" in found
    assert "有关建议" not in found


@pytest.mark.parametrize("unit", ["", "Inner Mongolia"])
def test_the_letter_is_worded_in_english_too(unit):
    found = texts(letter(unit=unit, language=Language.EN))
    assert found[1].endswith(":")
    assert any("November 23, 2026" in line for line in found)


def test_of_many_tasks_the_first_are_named_and_all_counted():
    tasks = [(1, 12, f"任务{number}", True, False, True) for number in range(7)]
    named = rows(letter(unit="内蒙古自治区", keep=slice(0, 2), tasks=tasks))[1][3]
    assert named == "任务0；任务1；任务2；任务3；任务4等 7 项"
