"""A small country whose authorities are founded, renamed, merged and dissolved, and what one asks of it then."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from db import migrations
from db.authorities.scope import NATION
from db.clock import now
from db.figures import summaries
from db.figures.queries import cells_frame
from db.hierarchy.ending_actions import merge_authorities
from db.hierarchy.founding_actions import found_authority
from db.reference.queries import units_frame
from db.store import Store
from tests.support.factories import NORTH, YEAR, another_unit, at, filed_plan, people, small_country
from tests.support.trail import refusal_of
from tracking.founding import Founding
from tracking.vocabulary import AuthorityKind

SPRING, SUMMER = date(YEAR, 3, 20), date(YEAR, 5, 20)
LATER = SUMMER + timedelta(10)
EAST = 4
COUNCIL = Founding("CCPIT-1", "某行业贸促会", "某行业贸促", AuthorityKind.CCPIT_INDUSTRY)
CITY = Founding("5", "北省二市主管部门", "北省二市", AuthorityKind.CITY)


def country(store: Store) -> None:
    """North with a filed plan and a town, South, East; the second quarter is under way."""
    migrations.upgrade(store)
    with at(SPRING):
        small_country(store)
        another_unit(store)
        filed_plan(store)
    with at(SUMMER), store.upkeep() as session:
        summaries.bring_to_day(session, known_at=now())


def do(action: Callable[..., Any], store: Store, **asked: Any) -> Any:
    """An act of the administrator, from the day on which the country stands."""
    when = {"by": people().administrator, "starts_on": SUMMER, "reason": "机构改革"}
    return action(store, **{**when, **asked})


def why_not(action: Callable[..., Any], store: Store, **asked: Any) -> list[str]:
    """The names of the sentences with which it is refused."""
    return [message.key for message in refusal_of(do, action, store, **asked).messages]


def found(store: Store, founding: Founding = COUNCIL, **asked: Any) -> int:
    """An authority founded; gives its key."""
    return int(do(found_authority, store, founding=founding, **asked))


def merge(store: Store, *authority_ids: int, into: int = EAST, **asked: Any) -> None:
    """Authorities merged, by default North into East."""
    do(merge_authorities, store, authority_ids=authority_ids or [NORTH], successor_id=into, **asked)


def units_on(store: Store, on: date = SUMMER) -> list[int]:
    """The units of a day, in order."""
    return list(units_frame(store, on=on)["unit_id"])


def tasks_by_unit(store: Store, period_id: int) -> dict[Any, Any]:
    """Unit → its tasks in the figures of a period."""
    cells = cells_frame(store, NATION, period_id=period_id)
    return dict(cells.groupby("unit_id")["tasks"].sum())


def agrees(store: Store) -> bool:
    """Whether the figures are what history makes of them."""
    with store.read() as session:
        return bool(summaries.differences(session, known_at=now()).empty)
