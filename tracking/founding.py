"""What an authority is made of, and the faults of what was typed for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracking.hierarchy import is_beneath
from tracking.messages import Message
from tracking.validation import Problem
from tracking.validation.problems import text_problems
from tracking.vocabulary import AuthorityKind

LIMITS = {"name": 100, "short_name": 20, "region_seven": 10, "region_four": 10}
# The region of who belongs to no part of the country, so that regions add up to the nation.
NO_REGION = "不分区域"
REGIONS_SEVEN = ("华北", "东北", "华东", "华中", "华南", "西南", "西北", NO_REGION)
REGIONS_FOUR = ("东部", "中部", "西部", "东北", NO_REGION)
# The last row and column of the tile grid, which begins with 0.
TILES = 12
LAST_ORDER = 9999
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,11}")
_NATIONAL = re.compile(r"[1-9][0-9]{5}")


@dataclass(frozen=True, slots=True)
class Founding:
    """An authority to be founded; without an order it comes last, without a tile it stands beside the grid."""

    code: str
    name: str
    short_name: str
    kind: AuthorityKind
    region_seven: str = NO_REGION
    region_four: str = NO_REGION
    official_order: int | None = None
    tile_row: int | None = None
    tile_col: int | None = None

    @property
    def code_standard(self) -> str:
        """Where the code is from: six digits are a code of GB/T 2260."""
        return "GB/T 2260" if is_national(self.code) else "customary"


def is_national(code: str) -> bool:
    """Whether it is a code of GB/T 2260, whose first two digits are those of the province."""
    return _NATIONAL.fullmatch(code) is not None


def founding_problems(founding: Founding, parent_code: str = "") -> list[Problem]:
    """Every fault of an authority to be founded, under a parent or host with a code, if any."""
    texts = {"name": founding.name, "short_name": founding.short_name}
    problems = [
        problem
        for field, text in texts.items()
        for problem in text_problems(field, text, required=True, limit=LIMITS[field])
    ]
    return problems + list(_code_problems(founding.code, parent_code)) + list(place_problems(founding))


def _code_problems(code: str, parent_code: str) -> Iterable[Problem]:
    if not _CODE.fullmatch(code):
        yield Problem("code", Message("hierarchy.code_malformed"))
    elif is_national(code) and is_national(parent_code) and code[:2] != parent_code[:2]:
        yield Problem("code", Message("hierarchy.code_of_other_province", code=code, parent=parent_code))


def place_problems(founding: Founding) -> Iterable[Problem]:
    """The faults of where an authority is listed: its regions, its order, its tile."""
    if founding.region_seven not in REGIONS_SEVEN:
        yield Problem("region_seven", Message("hierarchy.region_unknown", known="、".join(REGIONS_SEVEN)))
    if founding.region_four not in REGIONS_FOUR:
        yield Problem("region_four", Message("hierarchy.region_unknown", known="、".join(REGIONS_FOUR)))
    if founding.official_order is not None and not 1 <= founding.official_order <= LAST_ORDER:
        yield Problem("official_order", Message("hierarchy.order_out_of_range", last=LAST_ORDER))
    tile = (founding.tile_row, founding.tile_col)
    if tile != (None, None) and not all(place is not None and 0 <= place <= TILES for place in tile):
        yield Problem("tile_row", Message("hierarchy.tile_out_of_range", last=TILES))
    elif tile != (None, None) and is_beneath(founding.kind):
        yield Problem("tile_row", Message("hierarchy.tile_of_units"))
