"""Posting to a webhook: one signed POST, no redirects, no environment proxy."""

import httpx

from db import clock
from db.messages.outbox import Parcel
from db.settings import Settings
from server.mail import Unsent
from server.outgoing import facts_of, letter
from tracking.webhooks import WebhookFormat, fault_of_answer, request_for

PATIENCE = 15.0


def send_webhook(settings: Settings, parcel: Parcel) -> None:
    """Post the request. Raises `Unsent` if it is refused, `httpx.HTTPError` if nobody answers."""
    target = parcel.format or WebhookFormat.GENERAL
    heading, words = letter(parcel, settings.site_url)
    request = request_for(
        target,
        address=parcel.address,
        secret=parcel.secret,
        key=parcel.digest_key,
        words=f"{heading}\n{words}",
        facts=facts_of(parcel),
        at=clock.now(),
    )
    with httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
        answer = client.post(request.address, content=request.body, headers=dict(request.headers))
    fault = fault_of_answer(target, answer.status_code, answer.content)
    if fault:
        raise Unsent(fault)
