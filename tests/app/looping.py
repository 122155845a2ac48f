"""What tests of the reporting loop do repeatedly: find a field, read every word, act as someone else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from streamlit.testing.v1 import AppTest

from db.accounts.sign_in_actions import sign_in
from db.authorities.scope import NATION
from db.identity import SignedIn
from db.periods.queries import periods_frame
from db.reference.queries import units_frame
from db.seed import DEMO_PASSWORD
from db.store import Store
from db.updates import actions as updates
from db.updates.queries import ReportItem, report_item, report_items
from tracking.figures.completion import basis_of
from tracking.vocabulary import CompletionBasis, PeriodStatus

OFFICER, SIGNATORY, MEMBER = "zhejiang.officer", "zhejiang.signatory", "member"


def person(store: Store, sign_in_name: str) -> SignedIn:
    """Somebody of the sample, to act through the store while a page is open."""
    return sign_in(store, sign_in_name=sign_in_name, password=DEMO_PASSWORD)[1]


def period_of(store: Store, status: PeriodStatus = PeriodStatus.OPEN) -> int:
    """The newest period of a status."""
    periods = periods_frame(store, notice_id=1)
    return int(periods[periods["status"] == status]["period_id"].iloc[0])


def count_units(store: Store) -> int:
    """How many units report today: those of the notice's list, and the councils of the sample."""
    return int(units_frame(store)["reports"].sum())


def items_of(store: Store, by: SignedIn) -> list[ReportItem]:
    """The tasks of this person's authority for the open period."""
    return report_items(store, NATION, authority_id=by.authority_id or 0, period_id=period_of(store))


def item_now(store: Store, item: ReportItem) -> ReportItem:
    """The same task as it stands now."""
    return report_item(store, NATION, task_id=item.task.id, period_id=period_of(store))


def field(seen: AppTest, label: str) -> Any:
    """The first field, of one line or of several, whose label begins so."""
    fields = (*seen.main.text_input, *seen.main.text_area, *seen.main.date_input, *seen.main.selectbox)
    return next(found for found in fields if found.label.startswith(label))


def typed(seen: AppTest, label: str, value: Any) -> AppTest:
    """The page after something was typed there."""
    return field(seen, label).set_value(value).run()


def tick(seen: AppTest, label: str) -> AppTest:
    """The page after this was ticked."""
    return next(found for found in seen.main.checkbox if found.label == label).check().run()


def every_word(seen: AppTest) -> str:
    """Every text of the page as it is read, what floats above it included."""
    main = seen.main
    shown = (*main.markdown, *main.caption, *main.error, *main.warning, *main.info, *main.success)
    texts = (str(element.value) for element in (*shown, *main.subheader, *seen.toast))
    return "\n".join(texts).replace("\\", "")


def lines_of(seen: AppTest) -> list[str]:
    """The lines of the list, from the top."""
    return [found.label for found in seen.main.button if str(found.key).startswith("open_")]


def task_with(store: Store, basis: CompletionBasis, targets: int = 1):
    """A task nobody has begun to report, of this basis."""
    return next(
        item
        for item in items_of(store, person(store, OFFICER))
        if basis_of(item.facts.targets, item.facts.milestones) is basis
        and len(item.facts.targets) in {targets, 0}
    )


def opened(open_page: Callable[..., AppTest], item) -> AppTest:
    """The report page with this task's form."""
    return open_page("report", OFFICER, task=str(item.task.id))


def saved_by_another(store: Store, item, **said) -> None:
    """A colleague saves the same report meanwhile."""
    updates.save_progress_update(
        store,
        by=person(store, OFFICER),
        task_id=item.task.id,
        period_id=period_of(store),
        row_version=0,
        draft=replace(item.draft, **said),
    )
