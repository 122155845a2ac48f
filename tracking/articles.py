"""The text of a notice, article by article, told by the headings of official papers: 一、 then （一） then 1.

A heading that runs on into its text ends at its first full stop. What stands before the first heading is an article
without one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracking.messages import Message, Refusal

LONGEST_TEXT = 60_000
MOST_ARTICLES = 300
LONGEST_HEADING = 60
_NUMERAL = "[一二三四五六七八九十百]+"
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"{_NUMERAL}、")),
    (2, re.compile(rf"[（(]{_NUMERAL}[）)]")),
    (3, re.compile(r"\d{1,2}(?:[.．]|、)(?!\d)")),
)
_NO_WORDS = re.compile(r"[^\w]")


@dataclass(frozen=True, slots=True)
class Article:
    """A heading, its level from 1 (0 without a heading), and what stands under it."""

    level: int
    heading: str
    body: str


def articles_of(text: str) -> list[Article]:
    """The articles of a text in order. Raises `Refusal` for a text that is empty, too long or in too many pieces."""
    if len(text) > LONGEST_TEXT:
        raise Refusal(Message("articles.too_long", most=LONGEST_TEXT), fields=("text",))
    found: list[Article] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        begun = _begun(line)
        if begun or not found:
            found.append(begun or Article(0, "", line))
        else:
            found[-1] = replace(found[-1], body="\n".join(filter(None, (found[-1].body, line))))
    if not found:
        raise Refusal(Message("validation.required"), fields=("text",))
    if len(found) > MOST_ARTICLES:
        raise Refusal(Message("articles.too_many", most=MOST_ARTICLES), fields=("text",))
    return found


def _begun(line: str) -> Article | None:
    """The article that a line begins, if it begins one."""
    level = next((level for level, mark in _MARKS if mark.match(line)), None)
    if level is None:
        return None
    heading, stop, body = line.partition("。")
    if len(heading) <= LONGEST_HEADING:
        return Article(level, heading + (stop if body else ""), body.strip())
    mark = _MARKS[level - 1][1].match(line)
    end = mark.end() if mark else 0
    return Article(level, line[:end], line[end:].strip())


def without_marks(heading: str) -> str:
    """What a heading says, without the mark before it and the stop after it."""
    begun = next((found for _, mark in _MARKS if (found := mark.match(heading))), None)
    return heading[begun.end() if begun else 0 :].strip().rstrip("。")


def names(article: Article, title: str) -> bool:
    """Whether an article says a title word for word; marks and spaces do not count."""
    return bool(_naming([article.heading + article.body], title))


def linked(articles: Sequence[Article], titles: Mapping[int, str]) -> dict[int, int]:
    """Place of an article → the key of the title it speaks of: named in its heading, else first in its text.

    Each title has one article at most; marks and spaces do not count.
    """
    found: dict[int, int] = {}
    for texts in ([one.heading for one in articles], [one.body for one in articles]):
        for key, title in titles.items():
            if key not in found.values():
                places = _naming(texts, title)
                found |= {place: key for place in places if place not in found}
    return found


def _naming(texts: Sequence[str], title: str) -> list[int]:
    """The first place where a title is named, if any."""
    wanted = _NO_WORDS.sub("", title)
    return [place for place, text in enumerate(texts) if wanted in _NO_WORDS.sub("", text)][:1]
