"""Lists of authorities in a table: which column is which, and what each line says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracking.cleaning import clean_text
from tracking.documents.grids import Sheet, Value
from tracking.messages import Message, Refusal, text
from tracking.vocabulary import AuthorityKind, Language

# More lines would keep other writers waiting.
MOST_LINES = 500
# Field → how its column is headed.
HEADS: Mapping[str, tuple[str, ...]] = {
    "code": ("代码", "单位代码", "区划代码", "行政区划代码", "code"),
    "name": ("名称", "单位名称", "单位全称", "全称", "name"),
    "short_name": ("简称", "单位简称", "short name"),
    "kind": ("类别", "单位类别", "类型", "kind"),
    "parent_code": ("上级代码", "上级单位代码", "所在省代码", "隶属代码", "parent code"),
    "region_seven": ("七大区", "大区", "地区", "region"),
    "region_four": ("四大区域", "四大板块", "经济区域", "economic region"),
    "official_order": ("顺序", "官方顺序", "排序", "order"),
    "tile_row": ("方格行", "tile row"),
    "tile_col": ("方格列", "tile column"),
}
# Other words for a kind than its own.
KINDS: Mapping[str, AuthorityKind] = {
    **dict.fromkeys(("省级", "省", "自治区", "直辖市"), AuthorityKind.PROVINCE),
    "计划单列市": AuthorityKind.SEPARATE_PLAN_CITY,
    "兵团": AuthorityKind.XPCC,
    **dict.fromkeys(("贸促会部门", "贸促会单位", "直属单位"), AuthorityKind.CCPIT_DEPARTMENT),
    **dict.fromkeys(("市", "地级市", "地市", "地市级", "设区的市", "自治州", "盟"), AuthorityKind.CITY),
    **dict.fromkeys(("县", "区", "县级", "县区", "区县", "县级市", "旗"), AuthorityKind.COUNTY),
}
REQUIRED = ("code", "name", "kind")
NUMBERS = ("official_order", "tile_row", "tile_col")


class ListChange(StrEnum):
    """What a line of a list would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A line of a list: its number in the file, and what its filled-in cells say, by field."""

    line: int
    said: Mapping[str, Any]
    fault: Message | None = None

    @property
    def code(self) -> str:
        """The code, by which an authority is known."""
        return str(self.said.get("code", ""))


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line, what it would do, and why it is refused."""

    line: int
    code: str
    name: str
    change: ListChange
    reasons: tuple[Message, ...] = ()


def heads(fields: Iterable[str]) -> tuple[Message, ...]:
    """How the columns of fields are headed, in either language."""
    return tuple(Message(f"unit_list.head.{field}") for field in fields)


def listed_units(sheets: Sequence[Sheet]) -> list[ListedUnit]:
    """The lines of the first sheet with the columns of a list. Raises `Refusal` if there is none, or none of its lines."""
    for sheet in sheets:
        for place, row in enumerate(sheet.rows):
            columns = _columns(row)
            if columns.keys() >= set(REQUIRED):
                return _lines(sheet.rows, place, columns)
    raise Refusal(Message("unit_list.no_head", heads=heads(REQUIRED)))


def _columns(row: Iterable[Value]) -> dict[str, int]:
    heads = [clean_text(str(value or "")).lower() for value in row]
    return {
        field: heads.index(head) for field, known in HEADS.items() for head in known[::-1] if head in heads
    }


def _lines(rows: Sequence[Sequence[Value]], head: int, columns: Mapping[str, int]) -> list[ListedUnit]:
    filled = [(place, row) for place, row in enumerate(rows) if place > head and any(cell for cell in row)]
    if not filled:
        raise Refusal(Message("unit_list.empty"))
    if len(filled) > MOST_LINES:
        raise Refusal(Message("unit_list.too_long", most=MOST_LINES, lines=len(filled)))
    read = [_line(place + 1, {field: row[at] for field, at in columns.items()}) for place, row in filled]
    return _without_twins(read)


def _without_twins(read: list[ListedUnit]) -> list[ListedUnit]:
    """The same, with every code that stands twice refused."""
    codes = [one.code for one in read]
    return [
        ListedUnit(one.line, one.said, Message("unit_list.twice", code=one.code))
        if one.code and codes.count(one.code) > 1
        else one
        for one in read
    ]


def _line(number: int, cells: Mapping[str, Value]) -> ListedUnit:
    said: dict[str, Any] = {field: written for field, cell in cells.items() if (written := _written(cell))}
    missing = [field for field in REQUIRED if field not in said]
    if missing:
        return ListedUnit(number, said, Message("unit_list.missing", heads=heads(missing)))
    kind = _kind(said["kind"])
    if kind is None:
        return ListedUnit(number, said, Message("unit_list.kind_unknown", kind=said["kind"]))
    if odd := [field for field in NUMBERS if not str(said.get(field, "0")).isdecimal()]:
        return ListedUnit(number, said, Message("unit_list.no_number", head=heads(odd)[0]))
    numbers = {field: int(said[field]) for field in NUMBERS if field in said}
    return ListedUnit(number, {"short_name": said["name"][:20], **said, **numbers, "kind": kind})


def _written(cell: Value) -> str:
    """A cell as text; a spreadsheet keeps codes as numbers."""
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else clean_text(str(int(cell) if whole else cell))  # type: ignore[arg-type]  # a float


def _kind(written: str) -> AuthorityKind | None:
    names: dict[str, AuthorityKind] = {
        text(f"authority_kind.{kind}", language).lower(): kind
        for language in Language
        for kind in AuthorityKind
    }
    names |= {**KINDS, **{str(kind): kind for kind in AuthorityKind}}
    return names.get(written.lower())
