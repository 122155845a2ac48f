"""Which measure, which action, which post and which names a cell means; what is not certain is said."""

import re
from collections.abc import Sequence
from typing import TypeVar

from tracking.documents.legacy_words import bare
from tracking.messages import Message
from tracking.plans.days import plain_words
from tracking.plans.known import KnownAction, KnownMeasure, KnownPost

_Titled = TypeVar("_Titled", KnownMeasure, KnownAction)
_WITHIN_MEASURE = re.compile(
    r"(?:(?P<measure>\d{1,3})\s*[.．\-－]\s*)?(?P<number>\d{1,2})(?!\d)\s*[、.．:：)）]?\s*(?P<rest>.*)",
    re.DOTALL,
)
_NUMBERED = re.compile(
    r"(?P<named>举措|措施|第|no\.?)?\s*(?P<number>\d{1,3}|[一二三四五六七八九十]{1,2})"
    r"\s*(?:项|条|[.、:：)）])?\s*(?P<rest>.*)",
    re.DOTALL,
)
_BRACKETED = re.compile(r"^[(（](.{1,3})[)）]")
_COUNTED = re.compile(r"\s*[(（]共?\s*[\d一二三四五六七八九十]+\s*[项个条件]?(?:任务)?[)）]\s*$")
_DIGITS = "一二三四五六七八九十"
_PARTS = re.compile(r"[、,，;；:：/\n|\s()（）]+")
_ASIDE = re.compile(r"[(（][^)）]*[)）]")
_PHONE = re.compile(r"\d[\d\- ]{5,}")
_OFFICE = re.compile(
    r"(?:[处科局厅部室所院校]长|主任|主席|会长|书记|经理|总监|专员|调研员|巡视员|秘书长?|干事|主管|负责人|责任人)$"
)
_UNKNOWN = "plan_file.no_such_post"
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


def match_action(
    written: str, measure_id: int, actions: Sequence[KnownAction]
) -> tuple[KnownAction | None, Message | None]:
    """The action that a cell names by number or words, of the measure of its task where it is not said otherwise.

    A doubt where it is not certain, or there is none.
    """
    said = _BRACKETED.sub(r"\1、", plain_words(written))
    of_measure = [one for one in actions if one.measure_id == measure_id]
    match = _WITHIN_MEASURE.fullmatch(said)
    words = match["rest"] if match else said
    beside = [one for one in actions if match and str(one.measure_number) == match["measure"]] or of_measure
    numbered = next((one for one in beside if match and str(one.number) == match["number"]), None)
    if numbered is not None and bare(words) in {"", bare(numbered.title)}:
        return numbered, None
    titled, sure = _by_words(words, of_measure)
    found = titled or next((one for one in actions if bare(one.title) == bare(words)), None)
    if found is None:
        return None, Message("plan_file.which_action")
    doubtful = not sure and found is titled
    return found, Message("plan_file.by_words", title=found.title) if doubtful else None


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


def _by_words(words: str, measures: Sequence[_Titled]) -> tuple[_Titled | None, bool]:
    """The measure or action of these words, and whether they are its title; None if two are about as close."""
    said = bare(_COUNTED.sub("", words))
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


def _share(said: str, measure: KnownMeasure | KnownAction) -> float:
    """How many of the pairs of signs in a text the title of a measure has."""
    pairs, title = (
        {said[at : at + 2] for at in range(len(said) - 1)},
        bare(measure.title + measure.short_title),
    )
    return sum(pair in title for pair in pairs) / max(len(pairs), 1)


def match_post(written: str, posts: Sequence[KnownPost]) -> tuple[KnownPost | None, Message | None]:
    """The post of a cell: by its title, its holder or both; a doubt where there is none, more than one, or they differ."""
    said, parts = bare(written), parts_of(written)
    exact = [post for post in posts if said in {bare(post.title), bare(post.title + post.holder)}]
    if len(exact) == 1:
        return exact[0], None
    named = [post for post in posts if _is_titled(post, parts) or post.holder in parts]
    if len(named) != 1:
        return None, Message("plan_file.several_posts" if named else _UNKNOWN)
    (found,) = named
    if all(part == found.holder or _is_titled(found, [part]) for part in parts):
        return found, None
    return found, Message("plan_file.one_of_names", post=found.title, holder=found.holder)


def is_unknown(doubt: Message | None) -> bool:
    """Whether a cell names no post that there is."""
    return doubt is not None and doubt.key == _UNKNOWN


def parts_of(written: str) -> list[str]:
    """The titles and names of a cell, without telephone numbers."""
    return [part for part in _PARTS.split(_PHONE.sub(" ", plain_words(written))) if part]


def title_in(written: str) -> str:
    """The title of a post that a cell names, "" if it names a person only."""
    return next((part for part in parts_of(written) if _OFFICE.search(part)), "")


def _is_titled(post: KnownPost, parts: Sequence[str]) -> bool:
    """Whether its title is among them, whole or without what it says in brackets, perhaps with its holder."""
    titles = {bare(post.title), bare(_ASIDE.sub("", post.title))}
    return any(bare(part) in {*titles, *(title + post.holder for title in titles)} for part in parts)
