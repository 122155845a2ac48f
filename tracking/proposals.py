"""What of a notice's text may become its catalogue: key areas, measures, actions and safeguards, told from its headings.

A line is a proposal: a person takes it, corrects it, merges it into another, or leaves it out; nothing follows from it
by itself. What a heading is depends on how deep the others go, so that a notice with measures alone is read too.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tracking.articles import Article, without_marks
from tracking.cleaning import clean_text
from tracking.messages import Message, Refusal
from tracking.validation.problems import Problem, text_problems

SHORT = 20


class ProposalKind(StrEnum):
    """What becomes of a line."""

    AREA = "area"
    MEASURE = "measure"
    ACTION = "action"
    SAFEGUARD = "safeguard"
    MERGED = "merged"
    LEFT_OUT = "left_out"


_LONGEST = {ProposalKind.SAFEGUARD: 60}
_LONG = 100
# Under what a line stands.
ABOVE: Mapping[ProposalKind, ProposalKind] = {
    ProposalKind.MEASURE: ProposalKind.AREA,
    ProposalKind.ACTION: ProposalKind.MEASURE,
}
TAKEN = (ProposalKind.AREA, ProposalKind.MEASURE, ProposalKind.ACTION, ProposalKind.SAFEGUARD)
# Sections that frame a notice, and those that say how it is to be carried out.
_FRAME = re.compile("总体|指导思想|基本原则|意义|目标|适用范围|附则|背景|时间安排|工作安排|实施步骤")
_SAFEGUARDS = re.compile("保障|组织实施|组织领导|工作要求|有关要求|相关要求")
_ONE_BY_ONE = re.compile("[一二三四五六七八九十]是([^；;。]+)")
_IN_BRACKETS = re.compile(r"[（(]\d{1,2}[）)]([^；;。\n（(]+)")
_STOP = re.compile("[。；;，,：:]")
# The title of the area of a notice that names none.
_ONLY_AREA = "重点工作"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line, numbered from 1; `under` is the line it stands under or is merged into, 0 for none.

    `place` is the article it is told from, None for the area of a notice that names none.
    """

    number: int
    kind: ProposalKind
    title: str
    short_title: str = ""
    under: int = 0
    place: int | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    """An article with a heading, and the places of those above it, topmost first."""

    place: int
    article: Article
    above: tuple[int, ...]


def proposals_of(articles: Sequence[Article]) -> list[Proposal]:
    """The lines of a text in order. Raises `Refusal` for one without headings."""
    headings = list(_headings(articles))
    if not headings:
        raise Refusal(Message("proposals.no_headings"), fields=("text",))
    kinds = _kinds(headings)
    found: list[Proposal] = []
    if ProposalKind.MEASURE in kinds.values() and ProposalKind.AREA not in kinds.values():
        found.append(Proposal(1, ProposalKind.AREA, _ONLY_AREA))
    for one in headings:
        found.append(_proposal(one, kinds[one.place], found))
        if kinds[one.place] is ProposalKind.MEASURE:
            found += _enumerated(one, headings, found)
    return found


def _headings(articles: Sequence[Article]) -> Iterator[_Heading]:
    open_ones: list[tuple[int, int]] = []
    for place, article in enumerate(articles):
        if article.level:
            open_ones = [(level, at) for level, at in open_ones if level < article.level]
            yield _Heading(place, article, tuple(at for _, at in open_ones))
            open_ones.append((article.level, place))


def _kinds(headings: Sequence[_Heading]) -> dict[int, ProposalKind]:
    """Place of a heading → what it is, told by its section and by how deep the headings go."""
    sections = {one.place: title_of(one.article) for one in headings if not one.above}
    framing = {place for place, title in sections.items() if _FRAME.search(title)}
    safeguards = {place for place, title in sections.items() if _SAFEGUARDS.search(title)} - framing
    content = [one for one in headings if _section(one) not in framing | safeguards]
    ladder = _ladder(content)
    kinds = dict.fromkeys((one.place for one in headings), ProposalKind.LEFT_OUT)
    kinds |= {one.place: ladder[min(len(one.above), len(ladder) - 1)] for one in content}
    parents = {one.above[0] for one in headings if one.above}
    for one in headings:
        if _section(one) in safeguards and len(one.above) == int(_section(one) in parents):
            kinds[one.place] = ProposalKind.SAFEGUARD
    return kinds


def _section(one: _Heading) -> int:
    return one.above[0] if one.above else one.place


def _ladder(content: Sequence[_Heading]) -> tuple[ProposalKind, ...]:
    """What headings are from the topmost down.

    Sections are areas where most of them are divided further, else measures. Within a single section the same is
    asked one step below it: it only holds the areas, or is one itself.
    """
    sections = [one for one in content if not one.above]
    steps = (ProposalKind.AREA, ProposalKind.MEASURE, ProposalKind.ACTION)
    if len(sections) == 1 < len(content):
        below = [one for one in content if len(one.above) == 1]
        return (ProposalKind.LEFT_OUT, *steps) if _mostly_divided(below, content) else steps
    return steps if _mostly_divided(sections, content) else steps[1:]


def _mostly_divided(over: Sequence[_Heading], content: Sequence[_Heading]) -> bool:
    divided = {place for one in content for place in one.above}
    return 0 < len(over) <= 2 * sum(one.place in divided for one in over)


def _proposal(one: _Heading, kind: ProposalKind, before: Sequence[Proposal]) -> Proposal:
    title = title_of(one.article)[: longest(kind)]
    short = short_of(title) if kind is ProposalKind.MEASURE else ""
    return Proposal(len(before) + 1, kind, title, short, _above(kind, before), one.place)


def _above(kind: ProposalKind, before: Sequence[Proposal]) -> int:
    """The last line before that this kind stands under."""
    over = ABOVE.get(kind)
    return next((one.number for one in reversed(before) if one.kind is over), 0)


def _enumerated(one: _Heading, headings: Sequence[_Heading], before: Sequence[Proposal]) -> list[Proposal]:
    """The actions that the text of a measure counts out, where no headings below it do."""
    if any(one.place in below.above for below in headings):
        return []
    told = max((mark.findall(one.article.body) for mark in (_ONE_BY_ONE, _IN_BRACKETS)), key=len)
    titles = [title.strip()[:_LONG] for title in told] if len(told) > 1 else []
    under, first = before[-1].number, len(before) + 1
    return [
        Proposal(first + place, ProposalKind.ACTION, title, "", under, one.place)
        for place, title in enumerate(filter(None, titles))
    ]


def title_of(article: Article) -> str:
    """What a heading says without its mark; of a paragraph that only has a mark, what it begins with."""
    said = without_marks(article.heading)
    return said or _STOP.split(article.body.strip(), maxsplit=1)[0].strip()


def short_of(title: str) -> str:
    """A title short enough for a picture: whole, or as far as its first stop, or cut."""
    first = _STOP.split(title, maxsplit=1)[0]
    return (title if len(title) <= SHORT else first)[:SHORT]


def longest(kind: ProposalKind) -> int:
    """How many characters a title of this kind may have."""
    return _LONGEST.get(kind, _LONG)


def known_alone(lines: Sequence[Proposal], known: Mapping[ProposalKind, Collection[str]]) -> list[Proposal]:
    """The lines of a text that was taken before, leaving out those whose titles the catalogue does not have."""
    return [
        one if one.title in known.get(one.kind, ()) else replace(one, kind=ProposalKind.LEFT_OUT)
        for one in lines
    ]


def line_problems(lines: Sequence[Proposal]) -> list[Problem]:
    """Every fault of the lines as somebody would take them, at the field `<name>_<number>`."""
    by_number = {one.number: one for one in lines}
    if not any(one.kind is ProposalKind.MEASURE for one in lines):
        return [Problem("", Message("proposals.no_measure"))]
    return [problem for one in lines for problem in _problems(one, by_number)]


def _problems(one: Proposal, by_number: Mapping[int, Proposal]) -> Iterator[Problem]:
    if one.kind in TAKEN:
        yield from text_problems(f"title_{one.number}", one.title, required=True, limit=longest(one.kind))
    if one.kind is ProposalKind.MEASURE:
        yield from text_problems(f"short_title_{one.number}", one.short_title, required=True, limit=SHORT)
    over = by_number.get(one.under)
    if one.kind is ProposalKind.MERGED and (over is None or over.kind not in TAKEN):
        yield Problem(f"under_{one.number}", Message("proposals.merge_into_taken", number=one.number))
    if one.kind in ABOVE and (over is None or _merged(over, by_number).kind is not ABOVE[one.kind]):
        key = f"proposals.{one.kind}_stands_under_none"
        yield Problem(f"under_{one.number}", Message(key, number=one.number))


def _merged(one: Proposal, by_number: Mapping[int, Proposal]) -> Proposal:
    """The line that a merged one became part of; any other is itself."""
    return by_number.get(one.under, one) if one.kind is ProposalKind.MERGED else one


def taken(lines: Sequence[Proposal]) -> list[Proposal]:
    """The lines to be stored, areas first, each under the line that the one above it became part of."""
    by_number = {one.number: one for one in lines}
    kept = (one for one in lines if one.kind in TAKEN)
    clean = (
        replace(one, title=clean_text(one.title), short_title=clean_text(one.short_title)) for one in kept
    )
    moved = (
        replace(one, under=_merged(by_number[one.under], by_number).number if one.kind in ABOVE else 0)
        for one in clean
    )
    return sorted(moved, key=lambda one: (TAKEN.index(one.kind), one.number))


def places_of(lines: Sequence[Proposal], number: int) -> list[int]:
    """The articles that speak of a line: its own, and those of what was merged into it."""
    told = (one for one in lines if number in {one.number, one.under * (one.kind is ProposalKind.MERGED)})
    return [one.place for one in told if one.place is not None]
