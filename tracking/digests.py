"""Wording of a digest: one message per person and working day, with counts and news."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tracking.messages import Message, text
from tracking.reminders import PAGES, Reminder
from tracking.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Digest:
    """What one day's digest tells: reminders, and the notifications since the last one.

    `estimated` is whether the working-day status of this day is only an estimate.
    """

    day: date
    reminders: Sequence[Reminder] = ()
    news: Sequence[Message] = field(default=())
    estimated: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report."""
        return not self.reminders and not self.news


def subject(digest: Digest, language: Language) -> str:
    """The subject line: the day and how many things."""
    count = sum(one.count for one in digest.reminders)
    key = "digest.subject" if count else "digest.subject_news"
    return text(key, language, day=digest.day.isoformat(), count=count or len(digest.news))


def body(digest: Digest, language: Language, *, site_url: str = "", greeting: str = "") -> str:
    """The whole text, plain, one line per kind; with `site_url`, each line links to its page."""
    lines = [greeting] if greeting else []
    lines += [_line(one, language, site_url) for one in digest.reminders]
    if digest.news:
        lines += ["", text("digest.news", language)]
        lines += [f"- {text(message.key, language, **message.values)}" for message in digest.news]
    if digest.estimated:
        lines += ["", text("digest.estimated", language, year=str(digest.day.year))]
    return "\n".join([*lines, "", text("digest.foot", language)])


def _line(reminder: Reminder, language: Language, site_url: str) -> str:
    told = {"kind": reminder.kind, "count": reminder.count}
    words = text("digest.line", language, what=Message(f"reminder.{reminder.kind}"), count=told["count"])
    if reminder.oldest_on is not None:
        words += text("digest.oldest", language, day=reminder.oldest_on.isoformat())
    return f"- {words}" + (f" {site_url.rstrip('/')}/{PAGES[reminder.kind]}" if site_url else "")
