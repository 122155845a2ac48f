"""How many of the updates in a store are asked for an explanation."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from db.batches import batches
from db.evidence.queries import evidence_of
from db.store import Store
from db.tables import ProgressUpdate, ReportingPeriod, Task
from db.updates.facts import Earlier, facts_by_task, plans_of
from db.updates.standing import accepted_before, update_drafts
from tracking.checks import Finding, findings
from tracking.validation import UpdateDraft
from tracking.vocabulary import Grade


@dataclass(frozen=True)
class Doubts:
    """What was found in each update, by its key."""

    found: dict[int, list[Finding]]

    @property
    def share(self) -> float:
        """The share of the updates that are asked for an explanation."""
        return sum(self.asks(key) for key in self.found) / len(self.found)

    def asks(self, update_id: int) -> bool:
        """Whether an update is asked for one."""
        return any(one.grade is Grade.B for one in self.found[update_id])


def doubts_of(store: Store) -> Doubts:
    """What the table of checks says of every update of the tasks in force, told apart from what was answered."""
    found: dict[int, list[Finding]] = {}
    with store.read() as session:
        tasks = session.exec(select(Task).where(Task.in_force)).all()
        for period in session.exec(select(ReportingPeriod)).all():
            for some in batches(task for task in tasks if task.year == period.year):
                found |= _of_period(session, period, some)
    return Doubts(found)


def _of_period(session: Session, period: ReportingPeriod, tasks: list[Task]) -> dict[int, list[Finding]]:
    keys = [task.id for task in tasks]
    rows = select(ProgressUpdate).where(ProgressUpdate.period_id == period.id)
    updates = session.exec(rows.where(col(ProgressUpdate.task_id).in_(keys))).all()
    before = accepted_before(session, keys, period)
    said = update_drafts(session, [*updates, *(one[0] for one in before.values() if one)])
    earlier = {key: Earlier(one, said[one[0].id] if one else UpdateDraft()) for key, one in before.items()}
    facts = facts_by_task(session, tasks, period, plans_of(session, tasks), earlier)
    files = evidence_of(session, [update.id for update in updates])
    return {
        update.id: findings(
            said[update.id], replace(facts[update.task_id], evidence_count=len(files[update.id]))
        )
        for update in updates
    }
