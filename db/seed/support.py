"""Who supports whom in a sample: a province names the units it hosts in some tasks, and they say what they did."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from db.seed.authorities import Reporter
from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import draws
from db.seed.files import lines
from db.seed.officers import Staff
from db.seed.texts import phrase
from db.tables import Contribution

# One task in so many is done together with a hosted unit.
_EVERY = 9


def hosted_units(reporters: Iterable[Reporter]) -> Mapping[str, Sequence[Reporter]]:
    """Code of a unit → the units that it hosts."""
    known = {reporter.code: reporter for reporter in reporters}
    found: dict[str, list[Reporter]] = defaultdict(list)
    for line in (*lines("authority"), *lines("sample_unit")):
        if line["host_code"] and line["code"] in known:
            found[line["host_code"]].append(known[line["code"]])
    return found


def supporter_of(build: Build, authority: Reporter, number: int) -> Reporter | None:
    """The hosted unit that supports a task of an authority, by the number of the task, or None."""
    hosted = build.hosted.get(authority.code, ())
    turn, rest = divmod(number, _EVERY)
    return hosted[turn % len(hosted)] if hosted and rest == _EVERY // 2 else None


def add_contributions(build: Build, staff: Staff) -> None:
    """Let a unit say what it did in the present period for the tasks of this year that it supports."""
    begun_on = build.present.window.first
    tasks = build.shared.pop(staff.authority.id, ())
    for task_id in tasks if begun_on <= build.yesterday else ():
        draw = draws("contribution", task_id)
        build.rows.add(
            Contribution,
            task_id=task_id,
            period_id=build.present.id,
            authority_id=staff.authority.id,
            words=phrase(draw, "contribution"),
            written_at=moment(draw, begun_on),
            written_by_id=staff.reporter.id,
        )
