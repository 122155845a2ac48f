"""Two ugly work plans as offices keep them, as flat documents that LibreOffice itself makes workbooks of."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from typing import Any
from xml.sax.saxutils import escape

from tests.support.servers import ROOT

_NAMES = "office:office style:style text:text table:table number:datastyle"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet" office:version="1.3" '
    + " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (pair.split(":") for pair in _NAMES.split())
    )
    + '><office:automatic-styles><number:date-style style:name="d"><number:year number:style="long"/><number:text>年'
    '</number:text><number:month/><number:text>月</number:text></number:date-style><style:style style:name="day" '
    'style:family="table-cell" style:data-style-name="d"/><style:style style:name="gone" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_FOOT = "</office:spreadsheet></office:body></office:document>"


@dataclass(frozen=True)
class Cell:
    """A cell over several columns or rows, or struck out."""

    value: Any
    across: int = 1
    down: int = 1
    gone: bool = False


def flat(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> str:
    """Sheets of rows as one flat document; None is an empty cell, also where another one reaches."""
    tables = (
        f'<table:table table:name="{escape(name)}">{"".join(map(_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    return _HEAD + "".join(tables) + _FOOT


def _row(cells: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(given: Any) -> str:
    cell = given if isinstance(given, Cell) else Cell(given)
    spans = f'table:number-columns-spanned="{cell.across}" table:number-rows-spanned="{cell.down}"'
    style = ' table:style-name="gone"' if cell.gone else ""
    match cell.value:
        case None:
            return "<table:table-cell/>"
        case date() as day:
            kind = f'office:value-type="date" office:date-value="{day}" table:style-name="day"'
        case int() | float() as number:
            kind = f'office:value-type="float" office:value="{number}"{style}'
        case _:
            kind = f'office:value-type="string"{style}'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell.value).splitlines())
    return f"<table:table-cell {spans} {kind}>{lines}</table:table-cell>"


def _templates() -> Iterator[tuple[str, str, list[str], str]]:
    """Measure, title, the parts of its goal and the supporting units of every task of the sample, filled in."""
    filled = {
        "place": "浙江",
        "country": "示例甲国",
        "country2": "示例乙国",
        "t1": "12",
        "t2": "500",
        "t3": "1200",
    }
    with (ROOT / "sample_data/task_template.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            goal = row["goal"].format(**filled).rstrip("。").split("，")
            yield row["measure"], row["title"].format(**filled), goal, row["supporting_units"]


def _measures() -> dict[str, str]:
    with (ROOT / "sample_data/measure.csv").open(encoding="utf-8") as lines:
        return {row["number"]: row["title"] for row in csv.DictReader(lines)}


_CHAPTERS = "一二三四五六七八九十"
_LEADERS = ("陈某某（副厅长）", "周某某副厅长", "周某某\n（副厅长）")
_POSTS = (
    "对外合作处处长 魏静姝",
    "魏静姝（对外合作处处长）",
    "服务体系处处长：邹守拙",
    "吕敏行、孔向晚",
    "孔向晚\n0571-87000000",
    "品牌推广科科长 赵某某",
)
_LEADS = ("对外合作处", "服务体系处", "国际交流处", "法规与培训处")


def _dues(year: int) -> Sequence[Any]:
    return (
        *(f"{year}年6月底前", "11月底前完成", "第三季度", "全年", f"{year}年底前", "持续推进", "上半年"),
        *(date(year, 9, 30), "12月中旬", "长期坚持", "每季度末", "3月—11月", f"{year}.10", "年底前基本完成"),
    )


_STEPS = (
    ("一季度：印发方案；二季度：组织报名", "三季度：实施；四季度：总结。"),
    ("3月底前：制定方案", "6月底前：组织实施\n11月底前：总结评估"),
    ("第一季度完成调研，第二季度完成初稿", "第三季度征求意见，第四季度印发"),
    ("1.3月底前制定方案；2.9月底前完成实施", None),
    ("按季度推进", None),
    ("上半年：启动；下半年：验收", None),
)
_EARLY = ("一季度：制定方案；二季度：组织实施", None)


def merged_plan(year: int, measures: int = 10, each: int = 4) -> list[list[Any]]:
    """A plan in chapters by measure: a header of two rows, several lines a task, sums and signatures.

    Whole it has 40 tasks in 157 lines; one task is struck out beside them.
    """
    rows: list[list[Any]] = [
        [Cell(f"浙江省中小企业参与“一带一路”建设专项行动{year}年重点工作任务分解表", across=12)],
        ["填报单位：浙江省中小企业主管部门（盖章）", *[None] * 9, "单位：家次、万美元"],
        [
            *(Cell("序号", down=2), Cell("工作任务", down=2), Cell("年度目标", down=2)),
            *(Cell("责任分工", across=2), None, Cell("责任领导", down=2), Cell("责任人", down=2)),
            *(Cell("联系电话", down=2), Cell("完成时限", down=2), Cell("季度节点", down=2)),
            *(Cell("备注", down=2),),
        ],
        [None, None, None, "牵头处室", "配合单位"],
    ]
    every = list(_templates())
    parts = zip(
        cycle(_POSTS), cycle(_LEADS), cycle(_dues(year)), cycle(_STEPS), cycle(_LEADERS), strict=False
    )
    number = 0
    for measure, title in islice(_measures().items(), measures):
        chapter = _CHAPTERS[int(measure) - 1]
        tasks = [one for one in every if one[0] == measure][:each]
        rows.append([Cell(f"{chapter}、{title}（{len(tasks)}项）", across=11)])
        for _, name, goal, units in tasks:
            number += 1
            rows += _task(number, name, goal, units, next(parts), lines=4 if number % 4 == 1 else 3)
        rows.append([Cell("小计", across=2), None, f"{len(tasks)}项"])
    rows.append([Cell("合计", across=2), None, f"{number}项"])
    rows.append(["注：1.本表按季度调度；2.责任人如有变动请及时报告。"])
    rows.append(["填表人：某某", None, "审核人：某某", None, None, None, "分管领导签字："])
    gone = [Cell(99, gone=True), Cell("组织赴示例丙国考察", gone=True), Cell("考察1次", gone=True)]
    rows.insert(len(rows) - 4, [*gone, Cell("对外合作处", gone=True)])
    return rows


def _task(
    number: int, name: str, goal: list[str], units: str, parts: tuple[Any, ...], lines: int
) -> Iterable[list[Any]]:
    post, lead, due, steps, leader = parts
    goals = [*goal[: lines - 1], "，".join(goal[lines - 1 :]) or None]
    beside = [*units.split("；")[: lines - 1], "；".join(units.split("；")[lines - 1 :]) or None]
    for line in range(lines):
        first = line == 0
        step = _at(_EARLY if any(word in str(due) for word in ("6月", "上半年")) else steps, line)
        yield [
            *(Cell(number, down=lines) if first else None, Cell(name, down=lines) if first else None),
            *(_at(goals, line), Cell(lead, down=lines) if first else None, _at(beside, line)),
            *(Cell(leader, down=lines) if first else None, Cell(post, down=lines) if first else None),
            *("0571-87000000" if first else None, Cell(due, down=lines) if first else None, step, None),
        ]


def _at(values: Sequence[Any], line: int) -> Any:
    return values[line] if line < len(values) else None


def by_measure(year: int) -> dict[str, list[list[Any]]]:
    """A plan of several sheets with a line a measure, a column an indicator and one a quarter; one sheet is guidance."""
    header = ["重点举措", "主要措施", "举办场次（场）", "参展企业（家次）", "责任处室", "负责人", "时限要求"]
    quarters = ["一季度", "二季度", "三季度", "四季度"]
    titles = _measures()
    return {
        "填表说明": [["一、请各处室于12月底前报送。"], ["二、措施应当具体，目标应当量化。"]],
        "展览与合作": [
            [f"{year}年工作计划（一）"],
            [*header, *quarters],
            _measure(
                titles["1"], "组织企业参加境内外展会", 12, "500余", "对外合作处", "魏静姝", year, "底前"
            ),
            _measure(titles["2"], "举办跨境对接活动", None, None, "对外合作处", "魏静姝", year, "11月"),
        ],
        "服务与培训": [
            [f"{year}年工作计划（二）"],
            ["序号", "举措", "工作目标", "责任部门", "责任人", "完成时间", "工作安排"],
            [
                1,
                "强化商事综合服务",
                "服务企业3000家次",
                "服务体系处",
                "邹守拙",
                "全年",
                "上半年：服务1500家次；下半年：服务1500家次",
            ],
            [
                2,
                "开展专题培训",
                "举办培训6期以上，培训学员约1200人次",
                "法规与培训处",
                "孔向晚",
                "10月",
                "5月：开班；10月：结业",
            ],
        ],
    }


def _measure(*said: Any) -> list[Any]:
    title, name, fairs, firms, lead, person, year, due = said
    written = f"{year}年{due}"
    return [title, name, fairs, firms, lead, person, written, "定方案", "组织实施", "组织实施", "总结评估"]
