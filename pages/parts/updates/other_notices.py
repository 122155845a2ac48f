"""What an authority has still to report under the other notices: one desk, whichever of them is chosen."""

from dataclasses import dataclass, replace

from db.authorities.delegation import writing_scope
from db.home.waiting import to_report_frame
from db.identity import SignedIn
from db.typed_rows import rows_as
from pages.shared.choices import named_of, notice_names
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from pages.shared.worklist import WorkItem, group


@dataclass(frozen=True, slots=True)
class _ToReport:
    """What is read here of a row of `to_report_frame`."""

    task_id: int
    notice_id: int
    number: int
    title: str


def other_notices(by: SignedIn, reads: Reads, authority_id: int | None, notice_id: int | None) -> None:
    """The tasks that open periods of other notices ask about, as lines below the list; a click opens one."""
    if len(notice_names(reads)) < 2:
        return
    tasks = replace(reads, scope=writing_scope(by)).scoped(to_report_frame)
    elsewhere = tasks[(tasks["authority_id"] == authority_id) & (tasks["notice_id"] != notice_id)]
    rows = rows_as(_ToReport, elsewhere.drop_duplicates("task_id"))
    if rows:
        lines = [_line(reads, row) for row in rows]
        group("other_notices", translate("report.other_notices"), lines, param="task", chosen=None)


def _line(reads: Reads, row: _ToReport) -> WorkItem:
    return WorkItem(
        key=row.task_id,
        name=translate("list.task", number=row.number),
        label=named_of(reads, f"{row.number}　{plain(row.title)}", row.notice_id),
    )
