"""Which task a row without a key belongs to: by number and title, never guessed between two.

The cost of a row does not grow with the number of tasks: titles are looked up by the pairs of signs that few of
them share.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tracking.documents.legacy_words import bare, bare_title
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message

# A character pair shared by more titles says little; and how many titles are compared closely.
_RARE, _CLOSELY = 60, 8
_LIKE_ENOUGH, _APART = 0.7, 0.08
_SHORTEST, _SHARE = 4, 0.5
_SHOWN = 40
# Signs of which one turns the sense of the other, and names of levels.
_PAIRS = "进出 入出 内外 内际 上下 前后 东西 南北 左右 增减 升降 买卖 新旧 收支 大小 高低"
_OPPOSITES = [set(pair) for pair in _PAIRS.split()]
_LEVELS, _NEGATIONS = frozenset("国省市县区镇乡州"), frozenset("不非未无反")
_FIGURES = frozenset("0123456789一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Named:
    """What a row says about its task."""

    number: int | None
    title: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The task of a row, or why there is none; `note` says on what it rests unless it is `sure`, its title exact.

    One made `by_hand` is as sure.
    """

    task: LedgerTask | None
    wrong: Message | None = None
    note: Message | None = None
    sure: bool = False
    by_hand: bool = False

    @property
    def may_change(self) -> bool:
        """Whether its user may give the row another task: of all but an exact title."""
        return self.by_hand or not self.sure


class TaskIndex:
    """The tasks of an authority, indexed to be found by what a row says."""

    def __init__(self, tasks: Sequence[LedgerTask]) -> None:
        self.numbers = {task.number: task for task in tasks}
        self.titles: dict[str, list[LedgerTask]] = defaultdict(list)
        for task in tasks:
            self.titles[bare_title(task.title)].append(task)
        self._sharing: dict[str, list[str]] = defaultdict(list)
        for title in self.titles:
            for pair in _pairs(title):
                self._sharing[pair].append(title)

    def agreement(self, row: Named) -> int:
        """1 if the number of a row is that of its exact title, -1 if it is not, 0 if it cannot be told."""
        tasks = self.titles.get(bare_title(row.title), [])
        if row.number is None or len(tasks) != 1:
            return 0
        return 1 if tasks[0].number == row.number else -1

    def find(self, row: Named) -> Match:
        """Find the task of a row."""
        said = bare_title(row.title)
        if not said:
            return self._by_number(row)
        tasks, how = self.titles.get(said, []), ""
        sure = bool(tasks)
        if not tasks:
            tasks, how = self._like(said)
        if len(tasks) > 1 and how != "legacy.several":
            tasks = _narrowed(tasks, row)
        if len(tasks) > 1:
            return Match(None, Message("legacy.ambiguous", tasks=_listed(tasks)))
        if not tasks:
            return self._unknown(row)
        return self._checked(tasks[0], row, how, sure=sure)

    def _unknown(self, row: Named) -> Match:
        numbered = self.numbers.get(row.number) if row.number is not None else None
        key = "legacy.unknown" if numbered is None else "legacy.number_of_another"
        return Match(None, Message(key, number=row.number, task=name_of(numbered)))

    def _checked(self, task: LedgerTask, row: Named, how: str, *, sure: bool) -> Match:
        """The match with what its number says: an exact title goes before a number that has shifted."""
        if row.number in {None, task.number}:
            return Match(task, note=Message(how, task=name_of(task)) if how else None, sure=sure)
        if not sure:
            return Match(None, Message("legacy.disagree", number=row.number, task=name_of(task)))
        note = Message("legacy.number_differs", number=row.number, task=name_of(task))
        return Match(task, note=note, sure=True)

    def _by_number(self, row: Named) -> Match:
        task = self.numbers.get(row.number) if row.number is not None else None
        if task is None:
            return Match(None, Message("legacy.unknown"))
        return Match(task, note=Message("legacy.by_number", task=name_of(task)))

    def _like(self, said: str) -> tuple[list[LedgerTask], str]:
        """The tasks whose title contains this one or is contained in it, else the clearly closest one.

        A cell that names several tasks is of none of them alone.
        """
        near = self._near(said)
        if len(named := _named_within(said, near)) > 1:
            return self._of(named), "legacy.several"
        held = [title for title in near if _holds(title, said)]
        if held:
            return self._of(held), "legacy.contained"
        figures = _figures(said)
        alike = sorted(
            ((_alike(said, title), title) for title in near if _figures(title) == figures), reverse=True
        )
        close = [(share, title) for share, title in alike if share >= _LIKE_ENOUGH and _is_slip(said, title)]
        if not close:
            return [], ""
        best = close[0][0]
        return self._of([title for share, title in close if share > best - _APART]), "legacy.close"

    def _of(self, titles: Iterable[str]) -> list[LedgerTask]:
        return [task for title in titles for task in self.titles[title]]

    def _near(self, said: str) -> list[str]:
        """The titles that share most of the rarer character pairs."""
        shared: Counter[str] = Counter()
        for pair in _pairs(said):
            titles = self._sharing.get(pair, ())
            if len(titles) <= _RARE:
                shared.update(titles)
        return [title for title, _ in shared.most_common(_CLOSELY)]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _named_within(said: str, titles: Iterable[str]) -> list[str]:
    """The titles that a text holds whole, without those that are part of another."""
    found = [title for title in titles if len(title) >= _SHORTEST and title in said]
    return [title for title in found if not any(title != other and title in other for other in found)]


def _alike(one: str, other: str) -> float:
    """The share of character pairs that two texts have in common."""
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _is_slip(one: str, other: str) -> bool:
    """Whether only single characters differ: 新加坡 for 匈牙利 is a different task, 签定 for 签订 is not.

    Nor may what differs turn the sense: 进口 for 出口, 省级 for 市级, 不达标 for 达标.
    """
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changes = [(one[a:b], other[c:d]) for tag, a, b, c, d in codes if tag != "equal"]
    return not any(_turns(*change) for change in changes) and all(
        len(was) <= 1 and len(now) <= 1 for was, now in changes if was and now
    )


def _turns(was: str, now: str) -> bool:
    """Whether a change of signs turns the sense of a title."""
    if not was or not now:
        return bool(_NEGATIONS & set(was + now))
    return {was, now} in _OPPOSITES or (was != now and {was, now} <= _LEVELS)


def _holds(one: str, other: str) -> bool:
    """Whether the longer text contains the shorter one and little else."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= max(_SHORTEST, len(longer) * _SHARE) and shorter in longer


def _figures(text: str) -> list[str]:
    return [sign for sign in text if sign in _FIGURES]


def _narrowed(tasks: list[LedgerTask], row: Named) -> list[LedgerTask]:
    """Among tasks with similar titles, those supported by the number or the measure."""
    numbered = [task for task in tasks if task.number == row.number]
    measured = [task for task in tasks if row.measure and _same_measure(task, row)]
    return numbered or measured or tasks


def _same_measure(task: LedgerTask, row: Named) -> bool:
    ours, theirs = bare(task.measure), bare(row.measure)
    return ours in theirs or theirs in ours


def name_of(task: LedgerTask | None) -> str:
    """A task as a message names it, "" for none."""
    return "" if task is None else f"{task.number} {task.title[:_SHOWN]}"


def _listed(tasks: Iterable[LedgerTask]) -> str:
    return " / ".join(name_of(task) for task in list(tasks)[:3])
