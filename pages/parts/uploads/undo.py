"""Undoing an import: what it handed over is taken back, as far as nobody has opened it."""

from db.identity import SignedIn
from db.tables import Upload
from db.updates.taking_back import take_back_updates
from db.uploads.queries import to_take_back
from pages.shared.forms import small_form
from pages.shared.store import the_store
from pages.shared.wording import translate


def undo(by: SignedIn, upload: Upload) -> None:
    """The button to take back all that has not been opened; nothing if there is none."""
    update_ids = to_take_back(the_store(), by, upload_id=upload.id)
    if not update_ids:
        return
    count = f"{len(update_ids):,}"
    small_form(f"undo_{upload.id}").save(
        translate("import_page.undo", count=count),
        take_back_updates,
        button="undo",
        done=translate("import_page.undone", count=count),
        consequence=translate("import_page.undo_consequence", count=count),
        by=by,
        update_ids=update_ids,
    )
