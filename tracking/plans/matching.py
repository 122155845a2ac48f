"""Which measure, which post and which names a cell means; what is not certain is said."""

import re
from collections.abc import Sequence

from tracking.documents.legacy_words import bare
from tracking.messages import Message
from tracking.plans.days import plain_words
from tracking.plans.known import KnownMeasure, KnownPost

_NUMBERED = re.compile(
    r"(?P<named>举措|措施|第|no\.?)?\s*(?P<number>\d{1,3}|[一二三四五六七八九十]{1,2})"
    r"\s*(?:项|条|[.、:：)）])?\s*(?P<rest>.*)",
    re.DOTALL,
)
_BRACKETED = re.compile(r"^[(（](.{1,3})[)）]")
_DIGITS = "一二三四五六七八九十"
_NAMES = re.compile(r"[、,，;；/\n|\s]+")
_ASIDE = re.compile(r"[(（][^)）]*[)）]|\d[\d\- ]{5,}")
_LIKE_ENOUGH, _APART = 0.5, 0.15


def match_measure(
    written: str, measures: Sequence[KnownMeasure]
) -> tuple[KnownMeasure | None, Message | None]:
    """The measure that a cell names by number, title or words; a doubt where it is not certain, or there is none."""
    number, words = _number_and_words(written)
    numbered = next((one for one in measures if one.number == number), None)
    if numbered is not None and not bare(words):
        return numbered, None
    titled, sure = _by_words(words, measures)
    if numbered is not None and titled is not None and titled is not numbered:
        return None, Message("plan_file.number_and_title", number=number, title=titled.short_title)
    if titled is None:
        return None, Message("plan_file.which_measure")
    return titled, None if sure else Message("plan_file.by_words", title=titled.short_title)


def _number_and_words(written: str) -> tuple[int | None, str]:
    said = _BRACKETED.sub(r"\1、", plain_words(written))
    match = _NUMBERED.fullmatch(said)
    if match is None:
        return None, said
    digits, rest = match["number"], match["rest"]
    if not digits.isdecimal() and rest and not match["named"]:
        # 一、 before words numbers a chapter of the office's own.
        return None, rest
    return int(digits) if digits.isdecimal() else _chinese(digits), rest


def _chinese(written: str) -> int:
    tens, ten, ones = written.rpartition("十")
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 * bool(ten) + (_DIGITS.find(ones) + 1 if ones else 0)


def _by_words(words: str, measures: Sequence[KnownMeasure]) -> tuple[KnownMeasure | None, bool]:
    """The measure of these words, and whether they are its title; None if two are about as close."""
    said = bare(words)
    if not said:
        return None, False
    exact = [one for one in measures if said in {bare(one.title), bare(one.short_title)}]
    if len(exact) == 1:
        return exact[0], True
    held = [
        one
        for one in measures
        if bare(one.short_title) in said or (len(said) > 1 and said in bare(one.title))
    ]
    if len(held) == 1:
        return held[0], False
    shares = sorted(((_share(said, one), one.number, one) for one in held or measures), reverse=True)
    clear = len(shares) == 1 or shares[0][0] - shares[1][0] >= _APART
    return (shares[0][2], False) if shares and clear and shares[0][0] >= _LIKE_ENOUGH else (None, False)


def _share(said: str, measure: KnownMeasure) -> float:
    """How many of the pairs of signs in a text the title of a measure has."""
    pairs, title = (
        {said[at : at + 2] for at in range(len(said) - 1)},
        bare(measure.title + measure.short_title),
    )
    return sum(pair in title for pair in pairs) / max(len(pairs), 1)


def names_in(written: str) -> list[str]:
    """The names of a cell, without telephone numbers and what stands in brackets."""
    return [name for name in _NAMES.split(_ASIDE.sub(" ", written)) if name]


def match_post(written: str, posts: Sequence[KnownPost]) -> tuple[KnownPost | None, Message | None]:
    """The post of a cell: by its title, else by who holds it; a doubt where there is none, or more than one."""
    said = bare(written)
    titled = [post for post in posts if said in {bare(post.title), bare(post.title + post.holder)}]
    if len(titled) == 1:
        return titled[0], None
    names = names_in(written)
    held = {post.post_id: post for post in posts for name in names if name in (post.holder, post.title)}
    if len(held) == 1 and len(names) <= 1:
        return next(iter(held.values())), None
    if len(held) == 1:
        found = next(iter(held.values()))
        return found, Message("plan_file.one_of_names", post=found.title, holder=found.holder)
    return None, Message("plan_file.several_posts" if held else "plan_file.no_such_post")
