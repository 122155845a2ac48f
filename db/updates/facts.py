"""Reads what reports are checked against, by sets: a few statements, however many tasks are asked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel import Session, col

from db.plans.drafts import PlannedTask, final_targets, planned_by_key, schedule_of
from db.site.queries import read_site_settings
from db.sql import among, fetch, select
from db.tables import (
    Authority,
    AuthorityParent,
    Indicator,
    IndicatorActual,
    MilestoneReached,
    ProgressUpdate,
    ReportingPeriod,
    Task,
)
from db.updates.feeding import fed_by_task
from tracking.carrying import TEXTS
from tracking.scales import Scale, value_of
from tracking.site_settings import EvidenceRule
from tracking.validation import TaskFacts, UpdateDraft, Yardstick
from tracking.vocabulary import Relation

_HOSTED = select(AuthorityParent.authority_id, AuthorityParent.parent_id).where(
    AuthorityParent.relation == Relation.HOSTED_BY
)
_SCALES = select(Indicator.id, Indicator.unit, Indicator.kind)
_NAMES = select(Authority.id, Authority.short_name).where(col(Authority.official_order).is_not(None))
ACTUALS = select(
    IndicatorActual.update_id,
    IndicatorActual.indicator_id,
    IndicatorActual.value,
    IndicatorActual.numerator,
    IndicatorActual.denominator,
).where(among(IndicatorActual.update_id, "update_ids"))
REACHED = select(MilestoneReached.update_id, MilestoneReached.milestone_number).where(
    among(MilestoneReached.update_id, "update_ids")
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What counted of a task before a period: its updates, newest first, and what the first of them says."""

    updates: Sequence[ProgressUpdate]
    said: UpdateDraft


@dataclass(frozen=True, slots=True)
class Plan:
    """What the plan says of a task, and what its light and its completion are measured by: see `db.figures.history`."""

    said: PlannedTask
    baseline: PlannedTask

    @property
    def given_up(self) -> frozenset[int]:
        """The milestones that were filed and are asked for no more."""
        filed, asked = (frozenset(_shares(plan)) for plan in (self.baseline, self.said))
        return filed - asked

    def yardstick(self, past: Mapping[str, Sequence[Decimal]], reached: Iterable[int]) -> Yardstick | None:
        """What completion counts against, where that is not what the plan says now; nothing holds a typed percentage."""
        targets, shares = final_targets(self.baseline.draft), _shares(self.baseline)
        asked = final_targets(self.said.draft)
        if (targets, shares) == (asked, _shares(self.said)) or not (targets or shares):
            return None
        fields = {key: past.get(f"actuals.{key}", ()) for key in targets.keys() - asked.keys()}
        actuals = {key: values[-1] for key, values in fields.items() if values}
        return Yardstick(targets, shares, actuals, self.given_up & frozenset(reached))


def _shares(planned: PlannedTask) -> dict[int, int]:
    return {step.number: step.share_permille for step in planned.draft.milestones}


def plans_of(session: Session, tasks: Iterable[Task]) -> dict[int, Plan]:
    """Task in force → what the plan says of it."""
    keys = {task.id: (task.revision_id or 0, task.baseline_revision_id or 0) for task in tasks}
    planned = planned_by_key(session, {key for pair in keys.values() for key in pair})
    return {task_id: Plan(planned[said], planned[baseline]) for task_id, (said, baseline) in keys.items()}


def facts_by_task(
    session: Session,
    tasks: Iterable[Task],
    period: ReportingPeriod,
    plans: Mapping[int, Plan],
    earlier: Mapping[int, Earlier],
) -> dict[int, TaskFacts]:
    """Task → what its report for a period is checked against, but for its evidence."""
    common = _Common.of(session, period)
    past = _past(session, earlier)
    reached = _reached_before(session, plans, earlier)
    tasks = list(tasks)
    fed = fed_by_task(session, tasks, period)
    return {
        task.id: replace(
            _facts(task, plans[task.id], earlier[task.id], past[task.id], common),
            yardstick=plans[task.id].yardstick(past[task.id], reached[task.id]),
            fed=fed.get(task.id, {}),
        )
        for task in tasks
    }


@dataclass(frozen=True, slots=True)
class _Common:
    """What is the same for all: the period, scales of indicators, names of units and their hosts, the site's rule."""

    period: ReportingPeriod
    scales: Mapping[int, Scale]
    names: Mapping[int, str]
    hosts: Sequence[frozenset[int]]
    rule: EvidenceRule

    @classmethod
    def of(cls, session: Session, period: ReportingPeriod) -> "_Common":
        return cls(
            period=period,
            scales={row.id: Scale(row.unit, row.kind) for row in fetch(session, _SCALES)},
            names=dict(fetch(session, _NAMES).all()),
            hosts=[frozenset(pair) for pair in fetch(session, _HOSTED)],
            rule=read_site_settings(session).evidence_rule,
        )


def _facts(
    task: Task, plan: Plan, earlier: Earlier, past: Mapping[str, Sequence[Decimal]], common: _Common
) -> TaskFacts:
    said = plan.said.draft
    targets = final_targets(said)
    done = [update.completion_permille for update in earlier.updates]
    return TaskFacts(
        targets=targets,
        milestones=_shares(plan.said),
        last_actuals=earlier.said.actuals,
        last_completion_permille=done[0] if done else 0,
        no_change_streak=_streak(earlier.updates),
        evidence_rule=common.rule,
        scales={indicator: common.scales[indicator] for indicator in targets},
        past=past or {"typed_permille": [Decimal(permille) for permille in reversed(done)]},
        expected_permille=schedule_of(plan.baseline.draft, task).line.at(common.period.ends_on),
        last_texts={name: getattr(earlier.said, name) for name in TEXTS},
        other_names=_others(task, common),
    )


def _others(task: Task, common: _Common) -> list[str]:
    """The names of the other units; those of the unit it counts into, and of a host or whom that hosts, are its own."""
    own = {task.authority_id, task.unit_id}
    own = own.union(*(pair for pair in common.hosts if own & pair))
    return [name for key, name in common.names.items() if key not in own]


def _streak(earlier: Sequence[ProgressUpdate]) -> int:
    changed = [index for index, update in enumerate(earlier) if not update.no_change]
    return changed[0] if changed else len(earlier)


def _past(session: Session, earlier: Mapping[int, Earlier]) -> Mapping[int, Mapping[str, Sequence[Decimal]]]:
    """Task → field → the values that counted before, oldest first."""
    tasks = {update.id: key for key, one in earlier.items() for update in reversed(one.updates)}
    said: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for row in fetch(session, ACTUALS, update_ids=list(tasks)):
        said[row.update_id][f"actuals.{row.indicator_id}"] = value_of(
            row.value, row.numerator, row.denominator
        )
    past: dict[int, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for update_id, task_id in tasks.items():
        for field, value in said[update_id].items():
            past[task_id][field].append(value)
    return past


def _reached_before(
    session: Session, plans: Mapping[int, Plan], earlier: Mapping[int, Earlier]
) -> Mapping[int, list[int]]:
    """Task → the milestones that an earlier update called reached, for those that have given some up."""
    asked = {
        update.id: key for key, plan in plans.items() if plan.given_up for update in earlier[key].updates
    }
    found: dict[int, list[int]] = defaultdict(list)
    if asked:
        for row in fetch(session, REACHED, update_ids=list(asked)):
            found[asked[row.update_id]].append(row.milestone_number)
    return found
