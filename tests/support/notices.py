"""Invented notices: their texts with 3, 8 and 27 measures, and one founded in a store through the real actions."""

from datetime import date

from db.identity import SignedIn
from db.reference.notices import found_notice
from db.reference.passages import passages_frame
from db.reference.proposed import article_of, take_proposals
from db.reference.texts import enter_text
from db.store import Store
from tracking.proposals import proposals_of

_NUMERALS = "一二三四五六七八九十"
ISSUED_ON = date(2026, 2, 10)

THREE = """各有关单位：
现将有关事项通知如下。
一、开展数字化转型问诊
组织服务商入企问诊。
二、建设公共服务平台
一是汇集服务资源；二是开放检测设备；三是公布收费目录。
三、培养数字化人才
每年办班。
四、工作要求
（一）加强组织领导。明确责任人。
（二）定期报送进展。
"""

EIGHT = """一、总体要求
（一）指导思想。服务企业。
（二）工作目标。三年见效。
二、重点任务
（一）摸清企业底数。逐户走访。
（二）建立培育名录
1. 制定入库标准
2. 按年更新名录
（三）加强技术服务
（四）拓宽融资渠道
（五）组织供需对接
（六）保护知识产权
（七）开展人才培训
（八）优化营商环境
三、保障措施
（一）建立协调机制
（二）做好宣传引导
"""


def numeral(number: int) -> str:
    """A number up to 99 as headings have it."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def many_measures(areas: int = 9, measures: int = 3) -> str:
    """A text of so many areas with so many measures each, the first of which has two actions."""
    lines = ["为推进工作，制定本方案。"]
    for area in range(1, areas + 1):
        lines.append(f"{numeral(area)}、推进第{numeral(area)}类工作")
        for measure in range(1, measures + 1):
            lines.append(
                f"（{numeral(measure)}）落实第{numeral(area)}类第{numeral(measure)}项举措。按年推进。"
            )
            lines += ["1. 制定办法", "2. 组织实施"] if measure == 1 else []
    return "\n".join(lines)


TEXTS = {3: THREE, 8: EIGHT, 27: many_measures()}


def another_notice(
    store: Store, by: SignedIn, text: str | None = EIGHT, number: str = "工信部企业〔2026〕8号"
) -> int:
    """A notice founded, its text entered and taken as proposed; without a text, it has no measures. Gives its key."""
    facts = {"title": "另一份通知", "issued_by": "工业和信息化部", "issued_on": ISSUED_ON}
    notice_id = found_notice(store, by=by, number=number, **facts)
    if text is not None:
        take_text(store, by, notice_id, text)
    return notice_id


def take_text(store: Store, by: SignedIn, notice_id: int, text: str) -> int:
    """A text entered and taken as proposed; gives the key of the text."""
    text_id = enter_text(store, by=by, notice_id=notice_id, text=text, cited="印发件")
    articles = [article_of(row) for row in passages_frame(store, text_id=text_id).itertuples()]
    take_proposals(store, by=by, text_id=text_id, lines=proposals_of(articles))
    return text_id
