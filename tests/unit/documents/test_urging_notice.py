"""The notice of urging, read again as a reader's program reads it."""

from datetime import date
from io import BytesIO

import docx

from tracking.documents.urging_notice import urging_notice
from tracking.vocabulary import Language, SlipGround, SlipLevel

SLIP = {
    "level": SlipLevel.ORANGE,
    "ground": SlipGround.OVERDUE,
    "task_number": 8,
    "title": "建设海外仓服务点",
    "measure_short_title": "电子商务",
    "due_on": date(2026, 10, 31),
    "completion_permille": 505,
    "answer_by": date(2026, 12, 1),
    "demand": "请倒排工期。",
    "answer": "",
    "authority_full_name": "北省主管部门",
}


def read(language: Language = Language.ZH_CN, **changed: object) -> str:
    days = {"issued_on": date(2026, 11, 20), "on": date(2026, 11, 23)}
    document = docx.Document(BytesIO(urging_notice(SLIP | changed, language=language, **days)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([line.text for line in document.paragraphs] + cells)


def test_the_notice_says_who_is_urged_why_and_until_when():
    words = read()
    for said in (
        "督办催办通知单（橙色催办）",
        "北省主管部门：",
        "“建设海外仓服务点”（任务 8",
        "完成时限为2026年10月31日。截至2026年11月23日，完成率为 50.5%",
        "催办事由：逾期未完成",
        "请倒排工期。",
        "于2026年12月1日前书面答复",
        "签收人",
    ):
        assert said in words


def test_what_is_answered_later_is_not_in_it_and_english_reads_too():
    assert read(answer="已增加人手") == read()
    assert "Notice of Urging (Orange slip)" in read(Language.EN)
