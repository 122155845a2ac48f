"""Handing a message to the site's mail server, encrypted or on this machine."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, parseaddr

from db.messages.outbox import Parcel
from db.settings import Settings
from server.outgoing import letter
from tracking.webhooks import is_loopback

PATIENCE = 20.0


class Unsent(Exception):
    """A message was not accepted; `str` says why without naming anybody."""


def send_email(settings: Settings, parcel: Parcel) -> None:
    """Send an e-mail through the site's mail server. Raises `Unsent`, `OSError` or `smtplib.SMTPException`."""
    with _connected(settings) as server:
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        server.send_message(email_of(settings, parcel))


def email_of(settings: Settings, parcel: Parcel) -> EmailMessage:
    """The message: plain text, with a key that stays the same over retries."""
    heading, words = letter(parcel, settings.site_url)
    message = EmailMessage()
    message["Subject"] = heading
    message["From"] = settings.mail_from
    message["To"] = formataddr((parcel.name, parcel.address))
    message["Message-ID"] = f"<{parcel.digest_key.replace(':', '.')}@{_domain(settings.mail_from)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words)
    return message


def _domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2] or "localhost"


def _connected(settings: Settings) -> smtplib.SMTP:
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "none":
        if not is_loopback(host):
            raise Unsent("unencrypted")
        return smtplib.SMTP(host, port, timeout=PATIENCE)
    context = ssl.create_default_context(cafile=settings.smtp_ca_file)
    if settings.smtp_security == "ssl":
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
    server = smtplib.SMTP(host, port, timeout=PATIENCE)
    try:
        server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server
