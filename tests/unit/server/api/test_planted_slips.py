"""Every planted slip is stopped at every door, and goes through once it is explained or confirmed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.authorities.scope import NATION
from db.periods.actions import open_period
from db.store import Store
from db.tables import ProgressUpdate
from db.updates import actions as updates
from db.updates.queries import report_item
from db.uploads import actions as uploads, committing
from server.api.limits import Limiter
from tests.conftest import lend
from tests.support.databases import Databases
from tests.support.factories import (
    FIRST_QUARTER,
    SECOND_QUARTER,
    VISITORS,
    YEAR,
    accepted,
    another_unit,
    at,
    fair_task,
    filed_plan,
    people,
    small_country,
    third_quarter,
    typed_task,
)
from tests.support.ledgers import filled, form_of
from tests.support.templates import empty_store
from tests.support.trail import refusal_of, rows
from tests.unit.server.api.conftest import Program, application, give_accounts, token_of
from tracking.checks import check_update
from tracking.messages import Refusal
from tracking.validation import MilestoneDraft, TargetDraft, UpdateDraft, refuse_all
from tracking.vocabulary import UpdateStatus

MARCH, MAY, SEPTEMBER = date(YEAR, 3, 20), date(YEAR, 5, 20), date(YEAR, 9, 22)
PERIOD = 3
# The tasks by number, as lines of the ledger.
VISITED, STEPPED, TYPED, FRESH = range(4)
STEPS = (
    MilestoneDraft(1, "签约", date(YEAR, 6, 30), 400),
    MilestoneDraft(2, "开工", date(YEAR, 12, 31), 600),
)


def reported_country(store: Store) -> None:
    """Two quarters accepted of each task but the last, and the third quarter open; 400 visitors are the target."""
    empty_store(store)
    with at(MARCH):
        small_country(store)
        another_unit(store)
        target = TargetDraft(VISITORS, date(YEAR, 12, 31), Decimal(400))
        keys = filed_plan(
            store,
            fair_task(targets=(target,)),
            typed_task(2, milestones=STEPS),
            typed_task(3),
            typed_task(3, title="另一任务"),
        )
    for day, period, times in ((MARCH, FIRST_QUARTER, 1), (MAY, SECOND_QUARTER, 2)):
        said = {"progress": f"第{times}季度按计划推进"}
        with at(day):
            accepted(
                store, keys[VISITED], UpdateDraft(actuals={VISITORS: Decimal(80 * times)}, **said), period
            )
            accepted(store, keys[STEPPED], UpdateDraft(milestones_reached=frozenset({1}), **said), period)
            accepted(store, keys[TYPED], UpdateDraft(typed_permille=250 * times, **said), period)
    third_quarter(store)
    with at(SEPTEMBER):
        open_period(store, by=people().member, period_id=PERIOD)
    give_accounts(store)


@pytest.fixture
def store(databases: Databases, tmp_path: Path) -> Iterator[Store]:
    """That country in autumn; the clock stands."""
    with at(SEPTEMBER):
        yield from lend(databases, databases.fresh(reported_country, tmp_path / "data"))


@dataclass(frozen=True)
class Slip:
    """What somebody types by mistake for a task, and the check that must find it."""

    check: str
    line: int
    draft: UpdateDraft


def visitors(count: int, progress: str = "第三季度组织参展", **more: Any) -> UpdateDraft:
    return UpdateDraft(actuals={VISITORS: Decimal(count)}, progress=progress, **more)


def typed(permille: int, **more: Any) -> UpdateDraft:
    return UpdateDraft(typed_permille=permille, progress="第三季度组织培训", **more)


SLIPS = [
    Slip("far_over", VISITED, visitors(5000)),  # typed for 332
    Slip("jump_target", VISITED, visitors(590)),  # 147 % where 75 % is expected
    Slip("jump_past", VISITED, visitors(380)),  # 220 where 80 were usual
    Slip("fell", VISITED, visitors(24)),
    Slip("fell", TYPED, typed(400)),
    Slip("text_differs", VISITED, visitors(240, "累计组织观众420人次")),
    Slip("other_authority", VISITED, visitors(240, "东省组织企业参展")),
    Slip("fraction", FRESH, typed(9)),  # 0.9 for 90
    Slip("not_asked", TYPED, typed(1000)),
    Slip("no_evidence", TYPED, typed(1000)),
    Slip("evidence", TYPED, typed(1000, completion_requested=True)),
    Slip("asked_early", TYPED, typed(600, completion_requested=True)),
    Slip(
        "milestones_open",
        STEPPED,
        UpdateDraft(milestones_reached=frozenset({1}), progress="已全部完成", completion_requested=True),
    ),
]
MESSAGES = {
    "jump_target": "jump_target",
    "fell": "fell",
    "no_evidence": "whole_without_evidence",
    "not_asked": "whole_but_not_asked",
    "fraction": "like_a_fraction",
    "asked_early": "completion_asked_early",
    "evidence": "evidence_to_complete",
}


def grid(store: Store, slip: Slip) -> list[str]:
    """What whoever takes many at once asks."""
    item = report_item(store, NATION, task_id=slip.line + 1, period_id=PERIOD)
    return names(refusal_of(refuse_all, check_update(slip.draft, item.facts)))


def form(store: Store, slip: Slip) -> list[str]:
    """What the form does to hand a report over."""
    return names(refusal_of(hand_over, store, slip.draft, slip.line))


def hand_over(store: Store, draft: UpdateDraft, line: int) -> int:
    asked = {"task_id": line + 1, "period_id": PERIOD, "row_version": 0, "hand_over": True}
    return updates.save_progress_update(store, by=people().officer, draft=draft, **asked)


def excel(store: Store, slip: Slip) -> list[str]:
    """A workbook filled in so and handed over at once."""
    return names(refusal_of(committing.commit_upload, store, **uploaded(store, slip), hand_over=True))


def uploaded(store: Store, slip: Slip) -> dict[str, Any]:
    said = slip.draft
    cells: dict[str, Any] = {"progress": said.progress, "explanation": said.explanation}
    if said.actuals:
        cells["actual.1"] = int(said.actuals[VISITORS])
    cells |= {f"milestone.{number}": "是" for number in said.milestones_reached}
    cells |= {} if said.typed_permille is None else {"percent": f"{said.typed_permille / 10}%"}
    cells |= {"completion": "是"} if said.completion_requested else {}
    content = filled(
        form_of(store, people().officer, PERIOD),
        {(name, slip.line): value for name, value in cells.items()},
    )
    by = people().officer
    return {"by": by, "upload_id": uploads.upload_ledger(store, by=by, name="台账.xlsx", content=content)}


def api(store: Store, slip: Slip) -> list[str]:
    """Another system's report."""
    answer = sent(store, slip)
    assert answer.status_code == 422
    return [error["code"].rpartition(".")[2] for error in answer.json()["errors"]]


def sent(store: Store, slip: Slip, confirmed: list[str] | None = None) -> Any:
    said = slip.draft
    program = Program(
        application(store, Path(), Limiter(rate=1e6, burst=1e6)), token_of(store, people().officer)
    )
    body = {
        "actuals": [{"indicator_id": key, "value": str(value)} for key, value in said.actuals.items()],
        "milestones_reached": sorted(said.milestones_reached),
        "completion_permille": said.typed_permille,
        "progress": said.progress,
        "explanation": said.explanation,
        "completion_requested": said.completion_requested,
        "no_change": said.no_change,
        "confirmed": confirmed or [],
        "hand_over": True,
    }
    return program.ask(
        "PUT", f"/tasks/{slip.line + 1}/updates/{PERIOD}", json=body, headers={"If-Match": '"0"'}
    )


def names(refused: Refusal) -> list[str]:
    """What was refused, by the names of its messages; those of one task among many within its name."""
    inner = (message.values.get("problem", message) for message in refused.messages)
    return [message.key.rpartition(".")[2] for message in inner]


@pytest.mark.parametrize("door", [grid, form, excel, api], ids=lambda door: door.__name__)
@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.check}-{slip.line}")
def test_a_planted_slip_is_stopped(store: Store, slip: Slip, door: Callable[[Store, Slip], list[str]]):
    wanted = MESSAGES.get(slip.check, slip.check)
    assert any(name.endswith(wanted) for name in door(store, slip))
    assert not rows(store, ProgressUpdate)[6:]  # nothing was kept


DOUBTED, COUNTED_OTHERWISE = SLIPS[0], SLIPS[5]
TOKEN = "text_differs/420人次/240/人次"


def kept(store: Store) -> ProgressUpdate:
    """The one report that was kept of the third quarter."""
    (update,) = (one for one in rows(store, ProgressUpdate) if one.period_id == PERIOD)
    assert update.status is UpdateStatus.HANDED_OVER
    return update


@pytest.mark.parametrize("door", ["form", "excel", "api"])
def test_what_is_explained_goes_on_with_its_explanation(store: Store, door: str):
    slip = replace(DOUBTED, draft=replace(DOUBTED.draft, explanation="承办进博会，一次到场", confirmed=WHOLE))
    if door == "form":
        hand_over(store, slip.draft, slip.line)
    elif door == "excel":
        committing.commit_upload(store, **uploaded(store, slip), hand_over=True, confirm=True)
    else:
        assert sent(store, slip, sorted(WHOLE)).status_code == 200
    assert (kept(store).explanation, frozenset(kept(store).confirmed)) == ("承办进博会，一次到场", WHOLE)


WHOLE = frozenset({"whole_but_not_asked", "whole_without_evidence"})


@pytest.mark.parametrize("door", ["form", "excel", "api"])
def test_what_is_confirmed_goes_on_and_says_so(store: Store, door: str):
    slip = COUNTED_OTHERWISE
    if door == "form":
        hand_over(store, replace(slip.draft, confirmed=frozenset({TOKEN, "made up"})), slip.line)
    elif door == "excel":
        committing.commit_upload(store, **uploaded(store, slip), hand_over=True, confirm=True)
    else:
        (error,) = sent(store, slip).json()["errors"]
        assert error["confirm"] == TOKEN
        assert sent(store, slip, [error["confirm"]]).status_code == 200
    assert kept(store).confirmed == [TOKEN]


def test_a_doubt_met_while_handing_over_says_how_it_is_confirmed(store: Store):
    update_id = drafted(store, COUNTED_OTHERWISE)
    program = Program(
        application(store, Path(), Limiter(rate=1e6, burst=1e6)), token_of(store, people().officer)
    )
    answer = program.ask("POST", "/updates/hand-over", json={"update_ids": [update_id]})
    (error,) = answer.json()["errors"]
    assert (error["code"], error["confirm"]) == ("progress.of_task", TOKEN)


def drafted(store: Store, slip: Slip) -> int:
    asked = {"task_id": slip.line + 1, "period_id": PERIOD, "row_version": 0}
    return updates.save_progress_update(store, by=people().officer, draft=slip.draft, **asked)


@pytest.mark.parametrize("door", [form, api], ids=lambda door: door.__name__)
@pytest.mark.parametrize("words", ["累计组织观众420人次", "东省组织企业参展"])
def test_what_is_called_no_change_and_says_something_new_is_checked_like_any_other(
    store: Store, door: Callable[[Store, Slip], list[str]], words: str
):
    (name,) = door(store, Slip("", VISITED, visitors(160, words, no_change=True)))
    assert name in {"text_differs", "other_authority"}


@pytest.mark.parametrize("progress", ["第2季度按计划推进 ", "第三季度照常推进"])
def test_no_change_is_what_says_nothing_new_whatever_it_is_called(store: Store, progress: str):
    repeated = progress.startswith("第2")
    hand_over(store, visitors(160, progress, no_change=not repeated), VISITED)
    assert kept(store).no_change is repeated


def test_a_confirmation_speaks_of_the_values_it_was_given_for(store: Store):
    other = visitors(239, "累计组织观众420人次", confirmed=frozenset({TOKEN}))
    assert form(store, replace(COUNTED_OTHERWISE, draft=other)) == ["text_differs"]
