"""Changing what a site has set: the switches of the administrators."""

from dataclasses import asdict
from typing import Any

from db.identity import SignedIn
from db.site.queries import read_site_settings
from db.store import NotFound, Store
from db.tables import Setting
from tracking import permissions
from tracking.messages import Message
from tracking.permissions import Right
from tracking.site_settings import checked_setting


def change_setting(store: Store, *, by: SignedIn, key: str, value: Any) -> None:
    """Change one field of `tracking.site_settings.SiteSettings`.

    Raises `Refusal` for a value out of range, `NotFound` for an unknown setting.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        before = asdict(read_site_settings(tx.session, small_site=store.settings.small_site))
        if key not in before:
            raise NotFound(Message("store.not_found"))
        checked = checked_setting(key, value)
        kept = tx.session.merge(Setting(key=key, value=checked))
        tx.audit("change_setting", kept, key=key, before=before[key], after=checked)
