"""Whatever people do, the counts that are kept are those that the reports themselves give."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta

from hypothesis import given, settings, strategies as st
from sqlmodel import select

from db import migrations
from db.authorities.scope import NATION
from db.clock import day_of, end_of, now
from db.figures import submission_cells, summaries
from db.periods import actions as periods
from db.store import Store
from db.submissions.holdings import holdings_frame
from db.submissions.queries import submissions_frame
from db.tables import ProgressUpdate, ReportingPeriod, SubmissionCell, Task
from db.updates import actions as updates, reviews, taking_back
from tests.conftest import lend
from tests.support.factories import (
    FIRST_QUARTER,
    YEAR,
    answered,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    resumed,
    small_country,
    suspended,
    typed_task,
)
from tracking.messages import Refusal
from tracking.submissions import COUNTS, HOLDING_COLUMNS, Stage
from tracking.validation import UpdateDraft
from tracking.vocabulary import TaskStatus, UpdateStatus

START = date(YEAR, 3, 20)
OVER = {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}
INSIDE = {UpdateStatus.HANDED_OVER, UpdateStatus.SIGNED_OFF}
LEFT = {UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED}


class Look:
    """All rows of a small store, counted one by one as the page words it."""

    def __init__(self, store: Store) -> None:
        with store.read() as session:
            self.tasks = {task.id: task for task in session.exec(select(Task)) if task.in_force}
            self.periods = {period.id: period for period in session.exec(select(ReportingPeriod))}
            self.updates = session.exec(select(ProgressUpdate)).all()

    def newer(self, one: ProgressUpdate) -> set[UpdateStatus]:
        """The states of the versions that follow it."""
        same = [each for each in self.updates if _place(each) == _place(one)]
        return {each.status for each in same if each.version > one.version}

    def counts(self) -> Counter[tuple[int, int, str]]:
        """Unit, period and what → how many."""
        found: Counter[tuple[int, int, str]] = Counter()
        for one in self.updates:
            task = self.tasks[one.task_id]
            found.update((task.unit_id, one.period_id, name) for name in self._counted_as(task, one))
        return found

    def _counted_as(self, task: Task, one: ProgressUpdate) -> list[str]:
        running = task.status not in OVER
        after = one.submitted_at and one.submitted_at > end_of(self.periods[one.period_id].closes_on)
        late = one.version == 1 and after and bool(({one.status} | self.newer(one)) & LEFT)
        returned = one.status is UpdateStatus.RETURNED and not self.newer(one) - INSIDE - {UpdateStatus.DRAFT}
        names = {
            "late": late and task.status is not TaskStatus.SUSPENDED,
            "returned": running and returned,
            "handed": running and one.status in INSIDE and one.version == 1,
        }
        return [name for name, holds in names.items() if holds]

    def later(self) -> Counter[tuple[int, int]]:
        """Unit and period → tasks that begin later and of which nothing is said."""
        said = {_place(one) for one in self.updates}
        return Counter(
            (task.unit_id, key)
            for task in self.tasks.values()
            for key, period in self.periods.items()
            if task.status not in OVER and task.starts_on > period.ends_on and (task.id, key) not in said
        )

    def held(self) -> Counter[tuple[int, Stage]]:
        """Unit and stage → how many reports lie there."""
        return Counter(
            (task.unit_id, stage)
            for one in self.updates
            for task in [self.tasks[one.task_id]]
            if task.status not in OVER and (stage := self._stage(one))
        )

    def _stage(self, one: ProgressUpdate) -> Stage | None:
        if one.status is UpdateStatus.RETURNED:
            return None if self.newer(one) - {UpdateStatus.DRAFT} else Stage.RETURNED
        return {
            UpdateStatus.HANDED_OVER: Stage.SIGNING,
            UpdateStatus.SIGNED_OFF: Stage.SUBMITTING,
            UpdateStatus.SUBMITTED: Stage.REVIEWING,
        }.get(one.status)


def _place(one: ProgressUpdate) -> tuple[int, int]:
    return one.task_id, one.period_id


def _agrees(store: Store) -> None:
    summaries.keep_current(store)
    look = Look(store)
    frame = submissions_frame(store, NATION, notice_id=1, year=YEAR)
    shown = Counter(
        {
            (row.unit_id, row.period_id, name): getattr(row, name)
            for row in frame.itertuples()
            for name in COUNTS[2:]
        }
    )
    assert +shown == look.counts()
    with store.read() as session:
        later = session.exec(select(SubmissionCell.unit_id, SubmissionCell.period_id, SubmissionCell.later))
        kept: Counter[tuple[int, int]] = Counter()
        for unit_id, period_id, number in later:
            kept[unit_id, period_id] += number
        assert +kept == look.later()
        assert summaries.differences(session, known_at=now()).empty
    held = holdings_frame(store, NATION, notice_id=1, year=YEAR)
    bands = [name for name in HOLDING_COLUMNS if name.startswith("band_")]
    totals = {
        (row.unit_id, row.stage): sum(getattr(row, name) for name in bands) for row in held.itertuples()
    }
    assert totals == look.held()


class Office:
    """The people of the north, who take one step after another with the newest update of a task."""

    def __init__(self, store: Store, task_id: int) -> None:
        self.store, self.task_id, self.cast = store, task_id, people()
        with store.read() as session:
            rows = select(ProgressUpdate).where(ProgressUpdate.task_id == task_id)
            self.newest = max(session.exec(rows), key=lambda one: one.version, default=None)
        self.update_id = self.newest.id if self.newest else 0

    def save(self) -> None:
        """Begin, or edit what is open."""
        begun = self.newest and self.newest.status is not UpdateStatus.RETURNED
        row_version = self.newest.row_version if begun else 0
        place = {"task_id": self.task_id, "period_id": FIRST_QUARTER}
        draft = answered(self.store, self.task_id, self._draft(), FIRST_QUARTER)
        updates.save_progress_update(
            self.store, by=self.cast.officer, **place, row_version=row_version, draft=draft
        )

    def _draft(self) -> UpdateDraft:
        with self.store.read() as session:
            fairs = session.get_one(Task, self.task_id).measure_id == 1
        return fairs_held(1) if fairs else UpdateDraft(typed_permille=100, progress="启动")

    def hand_over(self) -> None:
        updates.request_update_sign_off(self.store, by=self.cast.officer, update_ids=[self.update_id])

    def sign(self) -> None:
        updates.sign_off_progress_updates(self.store, by=self.cast.signatory, update_ids=[self.update_id])

    def send_back(self) -> None:
        asked = {"update_id": self.update_id, "reason": "补充"}
        updates.send_back_progress_update(self.store, by=self.cast.signatory, **asked)

    def submit(self) -> None:
        updates.submit_progress_update(self.store, by=self.cast.officer, update_id=self.update_id)

    def take_back(self) -> None:
        taking_back.take_back_update(self.store, by=self.cast.officer, update_id=self.update_id)

    def accept(self) -> None:
        reviews.accept_progress_update(self.store, by=self.cast.member, update_id=self.update_id)

    def return_(self) -> None:
        asked = {"update_id": self.update_id, "reason": "补充"}
        reviews.return_progress_update(self.store, by=self.cast.member, **asked)

    def reopen(self) -> None:
        asked = {"update_id": self.update_id, "reason": "补充"}
        reviews.reopen_progress_update(self.store, by=self.cast.member, **asked)

    def suspend(self) -> None:
        suspended(self.store, self.task_id)

    def resume(self) -> None:
        resumed(self.store, self.task_id)

    def on_the_desk(self) -> None:
        """As far as it goes: to the working group."""
        for step in (self.save, self.hand_over, self.sign, self.submit):
            getattr(Office(self.store, self.task_id), step.__name__)()

    def extend(self) -> None:
        asked = {"period_id": FIRST_QUARTER, "closes_on": day_of(now()) + timedelta(60)}
        periods.extend_period(self.store, by=self.cast.member, **asked)

    def shorten(self) -> None:
        """No action does it; it makes late what came in the meantime."""
        with self.store.write(None) as tx:
            period = tx.load(ReportingPeriod, FIRST_QUARTER)
            period.closes_on = START
            tx.audit("extend_period", period)
            submission_cells.recount_periods(tx.session, [FIRST_QUARTER])

    def close(self) -> None:
        periods.close_period(self.store, by=self.cast.member, period_id=FIRST_QUARTER)

    def open_again(self) -> None:
        asked = {"closes_on": day_of(now()) + timedelta(30), "reason": "补报"}
        periods.reopen_period(self.store, by=self.cast.member, period_id=FIRST_QUARTER, **asked)

    def may(self) -> list[str]:
        """The steps that its state allows, and those about task and period."""
        own = {
            None: ["save", "on_the_desk"],
            UpdateStatus.RETURNED: ["save", "on_the_desk"],
            UpdateStatus.DRAFT: ["save", "hand_over"],
            UpdateStatus.HANDED_OVER: ["save", "sign", "send_back", "take_back"],
            UpdateStatus.SIGNED_OFF: ["save", "submit", "send_back"],
            UpdateStatus.SUBMITTED: ["accept", "return_", "take_back"],
            UpdateStatus.ACCEPTED: ["reopen"],
        }[self.newest.status if self.newest else None]
        return [*own, *own, "suspend", "resume", "extend", "shorten", "close", "open_again"]


def _plan(store: Store) -> list[int]:
    with at(START):
        small_country(store)
        return filed_plan(store, fair_task(), typed_task(2), typed_task(2, starts_on=date(YEAR, 5, 1)))


SCRIPT = (
    *("save", "hand_over", "send_back", "save", "hand_over", "take_back", "hand_over", "save", "hand_over"),
    *("sign", "send_back", "hand_over", "sign", "submit", "take_back", "hand_over", "sign", "submit"),
    *("return_", "save", "hand_over", "sign", "submit", "shorten", "accept", "extend", "shorten", "reopen"),
    *("extend", "on_the_desk", "accept", "suspend", "resume", "close", "open_again", "reopen"),
)


def test_every_step_is_counted(store: Store):
    task_id, *_ = _plan(store)
    for place, name in enumerate(SCRIPT):
        with at(START + timedelta(place // 4), 10 + place % 4):
            getattr(Office(store, task_id), name)()
            _agrees(store)


def test_a_wrong_count_is_found_and_made_anew(store: Store):
    _plan(store)
    with at(START), store.upkeep() as session:
        summaries.rebuild(session)
        session.connection().exec_driver_sql("UPDATE submission_cell SET later = later + 1")
        wrong = summaries.differences(session, known_at=now())
        assert wrong[["unit_id", "measure_id", "side"]].values.tolist() == [[1, 2, "miscounted"]]
        summaries.rebuild(session)
        assert summaries.differences(session, known_at=now()).empty


def test_what_is_followed_is_known_again_after_a_rebuild(store: Store):
    """As in a store that was filled before that was kept."""
    task_id, *_ = _plan(store)
    with at(START):
        for name in ("on_the_desk", "return_", "save"):
            getattr(Office(store, task_id), name)()
        with store.upkeep() as session:
            session.connection().exec_driver_sql("UPDATE progress_update SET followed = false")
            summaries.rebuild(session)
        _agrees(store)


STEPS = st.lists(st.tuples(st.integers(0, 35), st.integers(0, 2), st.integers(0, 2)), min_size=8, max_size=16)


@settings(max_examples=8)
@given(steps=STEPS)
def test_whatever_people_do_the_counts_are_those_of_the_reports(databases, tmp_path, steps):
    folder = tmp_path / f"walk-{datetime.now().timestamp()}"  # noqa: DTZ005 -- only a name of its own
    for store in lend(databases, databases.fresh(migrations.upgrade, folder)):
        task_ids, today = _plan(store), START
        for chosen, place, days in steps:
            with at(today):
                office = Office(store, task_ids[place])
                ways = office.may()
                with suppress(Refusal):
                    getattr(office, ways[chosen % len(ways)])()
                _agrees(store)
            today += timedelta(days)
