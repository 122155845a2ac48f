"""Delivery settings: reminder days, e-mail, webhooks, and the state of sending."""

from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.messages.deliveries import deliveries_frame, webhooks_frame
from db.messages.webhooks import add_webhook, remove_webhook, set_webhook_active, try_email, try_webhook
from db.site.actions import change_setting
from db.site.queries import site_settings, working_days
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import moment, plain, translate
from tracking.site_settings import LONGEST_VACANCY
from tracking.webhooks import LONGEST_ADDRESS, LONGEST_SECRET, WebhookFormat


def delivery_settings(reads: Reads, by: SignedIn) -> None:
    """The whole part."""
    st.header(translate("delivery.title"), anchor=False)
    st.caption(translate("delivery.help"))
    if reads.common(working_days).is_estimated(reads.today.year):
        st.warning(translate("digest.estimated", year=str(reads.today.year)))
    for key in ("closing_days", "stale_days"):
        with st.container(border=True):
            _days(reads, by, key)
    with st.container(border=True):
        _email(reads, by)
    with st.container(border=True):
        _webhooks(reads, by)
    _log(reads)


def _days(reads: Reads, by: SignedIn, key: str) -> None:
    kept = getattr(reads.common(site_settings), key)
    st.subheader(translate(f"setting.{key}"), anchor=False)
    st.caption(translate(f"setting.{key}_help"))
    st.markdown(translate("settings_page.in_force", value=translate("settings_page.days", days=kept)))
    form = small_form(key)
    days = form.whole(
        key, translate("settings_page.vacancy_days"), kept, min_value=1, max_value=LONGEST_VACANCY
    )
    if days != kept:
        form.save(
            translate("settings_page.save"),
            change_setting,
            done=translate("settings_page.saved"),
            by=by,
            key=key,
            value=days,
        )


def _email(reads: Reads, by: SignedIn) -> None:
    st.subheader(translate("delivery.email"), anchor=False)
    settings = reads.store.settings
    if not settings.writes_email:
        st.markdown(translate("delivery.email_off"))
        return
    how = translate(f"delivery.security_{settings.smtp_security}")
    st.markdown(
        translate("delivery.email_on", host=plain(settings.smtp_host), port=settings.smtp_port, how=how)
    )
    _press("try_email", translate("delivery.try_email"), try_email, by=by)


def _press(name: str, label: str, action: Any, **asked: Any) -> None:
    """A button for one action, with the refusal if it was refused."""
    done = translate("delivery.tried" if name.startswith("try") else "settings_page.saved")
    small_form(name).save(label, action, done=done, **asked)


def _webhooks(reads: Reads, by: SignedIn) -> None:
    st.subheader(translate("delivery.webhooks"), anchor=False)
    st.caption(translate("delivery.webhooks_help"))
    targets = reads.common(webhooks_frame)
    if targets.empty:
        st.markdown(translate("delivery.webhooks_off"))
    for target in targets.itertuples():
        _webhook(by, target)
    with st.expander(translate("delivery.add_webhook"), expanded=False):
        _new_webhook(by)


def _webhook(by: SignedIn, target: Any) -> None:
    state = translate("settings_page.on" if target.active else "delivery.switched_off")
    words = {"name": plain(target.name), "format": translate(f"webhook_format.{target.format}")}
    st.markdown(translate("delivery.webhook", **words, host=plain(target.host), state=state))
    number = int(target.target_id)
    with st.container(horizontal=True):
        _press(f"try_webhook_{number}", translate("delivery.try"), try_webhook, by=by, target_id=number)
        label = translate("delivery.switch_off" if target.active else "delivery.switch_on")
        switched = not target.active
        _press(f"switch_{number}", label, set_webhook_active, by=by, target_id=number, active=switched)
        small_form(f"remove_{number}").save(
            translate("delivery.remove"),
            remove_webhook,
            done=translate("delivery.removed"),
            consequence=translate("delivery.remove_consequence", name=plain(target.name)),
            by=by,
            target_id=number,
        )


def _new_webhook(by: SignedIn) -> None:
    form = small_form("add_webhook")
    name = form.text("name", translate("delivery.name"), max_chars=40)
    formats = {one: translate(f"webhook_format.{one}") for one in WebhookFormat}
    target = WebhookFormat(form.choice("format", translate("delivery.format"), formats))
    note = translate("delivery.address_note")
    address = form.text("address", translate("delivery.address"), note=note, max_chars=LONGEST_ADDRESS)
    secret = ""
    if target is not WebhookFormat.WECOM:
        secret = form.text(
            "secret",
            translate("delivery.secret"),
            note=translate("delivery.secret_note"),
            type="password",
            max_chars=LONGEST_SECRET,
        )
    form.save(
        translate("delivery.add"),
        add_webhook,
        done=translate("delivery.added"),
        by=by,
        name=name,
        target=target,
        address=address,
        secret=secret,
    )


def _log(reads: Reads) -> None:
    """The latest deliveries; never cached, because sending changes them without an audit event."""
    st.subheader(translate("delivery.log"), anchor=False)
    found = deliveries_frame(reads.store)
    if found.empty:
        st.caption(translate("delivery.log_empty"))
        return
    failed = [row for row in found.itertuples() if row.last_error]
    if failed:
        st.warning(translate("delivery.failing", count=len(failed)))
    plain_table(_worded(found), "sent_through", "recipient", "made", "standing", "attempts", "error")


def _worded(found: pd.DataFrame) -> pd.DataFrame:
    return found.assign(
        sent_through=[translate(f"channel.{channel}") for channel in found["channel"]],
        made=[moment(at) for at in found["created_at"]],
        standing=[_standing(row) for row in found.itertuples()],
        error=found["last_error"],
    )


def _standing(row: Any) -> str:
    if not pd.isna(row.sent_at):
        return translate("delivery.sent", at=moment(row.sent_at))
    if pd.isna(row.next_try_at):
        return translate("delivery.given_up")
    return translate("delivery.next_try" if row.attempts else "delivery.waiting", at=moment(row.next_try_at))
