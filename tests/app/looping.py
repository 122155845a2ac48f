"""What tests of the reporting loop do repeatedly: find a field, read every word, act as someone else."""

from typing import Any

from streamlit.testing.v1 import AppTest

from db.accounts.sign_in_actions import sign_in
from db.authorities.scope import NATION
from db.identity import SignedIn
from db.periods.queries import periods_frame
from db.seed import DEMO_PASSWORD
from db.store import Store
from db.updates.queries import ReportItem, report_item, report_items
from tracking.vocabulary import PeriodStatus

OFFICER, SIGNATORY, MEMBER = "zhejiang.officer", "zhejiang.signatory", "member"


def person(store: Store, sign_in_name: str) -> SignedIn:
    """Somebody of the sample, to act through the store while a page is open."""
    return sign_in(store, sign_in_name=sign_in_name, password=DEMO_PASSWORD)[1]


def period_of(store: Store, status: PeriodStatus = PeriodStatus.OPEN) -> int:
    """The newest period of a status."""
    periods = periods_frame(store, notice_id=1)
    return int(periods[periods["status"] == status]["period_id"].iloc[0])


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
