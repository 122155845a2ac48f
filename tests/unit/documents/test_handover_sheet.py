"""The sheet of a handover as a Word file, for a reader who is not told everything."""

from datetime import date
from io import BytesIO

import docx
import pytest

from tracking.documents.handover_sheet import handover_document
from tracking.handovers.state import HandoverLine
from tracking.messages import text
from tracking.vocabulary import HandoverKind, HandoverState, Language

TODAY = date(2026, 3, 20)
ROW = {
    "authority_name": "北省主管部门",
    "post_title": "处长",
    "outgoing_name": "甲",
    "outgoing_until_on": date(2026, 3, 31),
    "incoming_name": "乙",
    "effective_on": date(2026, 4, 1),
    "handover_state": HandoverState.TO_COME,
    "note": "",
    "made_on": TODAY,
    "made_by": None,
}
LINE = HandoverLine(HandoverKind.TASK, 1, 1, "组织参展", "amber", date(2026, 12, 31), now="green")


@pytest.mark.parametrize(
    ("language", "told", "header"),
    [
        (Language.ZH_CN, "未列各单位尚未报送的事项。", ["类别", "任务", "事项", "时限", "登记时", "现状"]),
        (
            Language.EN,
            "What the authority has not submitted yet is not listed.",
            ["Kind", "Task", "Item", "Due", "As entered", "Now"],
        ),
    ],
)
def test_it_says_when_something_is_kept_back(language: Language, told: str, header: list[str]):
    def paragraphs(*, whole: bool) -> list[str]:
        about = {"whole": whole, "draft": not whole, "today": TODAY, "language": language}
        document = docx.Document(BytesIO(handover_document(ROW, [LINE], **about)))
        head = document.sections[0].header.paragraphs[0].text
        assert head == ("" if whole else text("handover_sheet.draft", language))
        assert [cell.text for cell in document.tables[1].rows[0].cells] == header
        return [line.text for line in document.paragraphs]

    assert told in paragraphs(whole=False)
    assert told not in paragraphs(whole=True)
    assert not any("None" in line for line in paragraphs(whole=True))
