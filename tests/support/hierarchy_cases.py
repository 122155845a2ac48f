"""The cases of the list of units: found, rename, move, merge, split, dissolve, by hand and from a list."""

from datetime import date

from db.hierarchy import actions as hierarchy, ending_actions, founding_actions, list_actions
from tests.support.cases import of
from tests.support.factories import NORTH, TOWN, YEAR
from tests.support.unit_lists import unit_list
from tracking.founding import Founding
from tracking.permissions import Right
from tracking.vocabulary import AuthorityKind

DAY = date(YEAR, 3, 20)
EAST = 4
COUNCIL = Founding("CCPIT-1", "某行业贸促会", "某行业贸促", AuthorityKind.CCPIT_INDUSTRY)
CITY = Founding("5", "北省二市主管部门", "北省二市", AuthorityKind.CITY)
WHEN = {"starts_on": DAY, "reason": "机构改革"}
LIST = unit_list(("CCPIT-2", "另一行业贸促会", "另一行业", "行业贸促会", "", ""))

HIERARCHY = of(
    Right.MANAGE_REFERENCE_DATA,
    (hierarchy.move_authority, {"authority_id": TOWN, "parent_id": EAST, **WHEN}),
    (
        hierarchy.rename_authority,
        {
            "authority_id": NORTH,
            "name": "北方省主管部门",
            "short_name": "北方省",
            "kind": AuthorityKind.PROVINCE,
            **WHEN,
        },
    ),
    (
        hierarchy.list_authority,
        {"authority_id": NORTH, "region_seven": "华东", "region_four": "东部", "official_order": 9},
    ),
    (founding_actions.found_authority, {"founding": COUNCIL, **WHEN}),
    (
        founding_actions.split_authority,
        {"authority_id": TOWN, "founding": CITY, "moving": (), **WHEN},
    ),
    (ending_actions.dissolve_authority, {"authority_id": EAST, **WHEN}),
    (
        ending_actions.merge_authorities,
        {"authority_ids": [TOWN], "successor_id": NORTH, **WHEN},
    ),
    (ending_actions.withdraw_ending, {"authority_id": EAST}),
    (list_actions.take_list, {"content": LIST, **WHEN}),
    bound=False,
)
