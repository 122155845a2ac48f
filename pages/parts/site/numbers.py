"""A setting that is a whole number."""

from db.identity import SignedIn
from db.site.actions import change_setting
from pages.shared.forms import small_form
from pages.shared.wording import translate


def number_form(by: SignedIn, key: str, stands: int, most: int) -> None:
    """What is typed, from 1 to the most; the button appears once it differs."""
    form = small_form(key)
    typed = form.whole(key, translate(f"settings_page.{key}"), stands, min_value=1, max_value=most)
    if typed != stands:
        form.save(
            translate("settings_page.save"),
            change_setting,
            done=translate("settings_page.saved"),
            primary=True,
            by=by,
            key=key,
            value=typed,
        )
