"""Recognises the sentence that figures and milestones write: `pages.parts.updates.news` says what stands in it."""

import re
from collections.abc import Iterable
from string import Formatter

from db.updates.queries import ReportItem
from pages.parts.updates.news import Indicators, Named
from tracking.messages import catalogue
from tracking.scales import STATES, answers_of
from tracking.vocabulary import IndicatorKind, Language

_AMOUNT, _CHANGE, _SHARE, _POINT = r"[\d,]+(?:\.\d+)?", r"[+−][\d,]+(?:\.\d+)?", r"\d+\.\d%", r"[+−]\d+\.\d"
_RATE = rf"{_AMOUNT}%（{_AMOUNT}/{_AMOUNT}）"


def is_ours(text: str, item: ReportItem, indicators: Indicators) -> bool:
    """Whether a text is such a sentence of this task and nothing else, whatever its values are."""
    return any(ours.fullmatch(text) for ours in _patterns(item, indicators))


def without_ours(text: str, item: ReportItem, indicators: Indicators) -> str:
    """A text without such a sentence at its front."""
    found = next((begun for ours in _patterns(item, indicators) if (begun := ours.match(text))), None)
    return text[found.end() :].lstrip() if found else text


def _patterns(item: ReportItem, indicators: Indicators) -> list[re.Pattern[str]]:
    """The sentence in every language, with the names that the task has now."""
    return [re.compile(_sentence(item, indicators, language)) for language in Language]


def _sentence(item: ReportItem, indicators: Indicators, language: Language) -> str:
    named = [indicators[key] for key in item.facts.targets]
    titles = [step.title for step in item.planned.draft.milestones]
    points = _filled("page.points", language, value=_POINT)
    parts = [
        *(_figure(one, language) for one in named),
        *(_filled("report.news_milestone", language, title=re.escape(title)) for title in titles),
        _filled("report.news_share", language, value=_SHARE, change=points),
    ]
    part, mark = _either(parts), _filled("report.news_mark", language)
    return _filled("report.news", language, said=f"{part}(?:{mark}{part})*")


def _figure(named: Named, language: Language) -> str:
    name = re.escape(named.name)
    if named.kind in STATES:
        value = _RATE if named.kind is IndicatorKind.RATE else _either(map(re.escape, answers_of(named.unit)))
        return _filled("report.news_state", language, name=name, value=value, last=f"(?:—|{value})")
    value = f"{_AMOUNT} {re.escape(named.unit)}"
    return _filled("report.news_figure", language, name=name, value=value, change=_CHANGE)


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _filled(key: str, language: Language, **patterns: str) -> str:
    """The wording of a message as a pattern, with these patterns for its values."""
    pieces = Formatter().parse(catalogue(language)[key])
    return "".join(re.escape(said) + (patterns[name] if name else "") for said, name, *_ in pieces)
