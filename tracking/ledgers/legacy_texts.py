"""What the texts of a row say, by the field they belong to."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from tracking.documents.ledger_reading import LedgerCell
from tracking.documents.legacy_rows import LegacyRow
from tracking.documents.legacy_values import plain
from tracking.documents.legacy_words import Meaning
from tracking.messages import Message

TEXTS = (Meaning.PROGRESS, Meaning.DIFFICULTIES, Meaning.NEXT_STEPS, Meaning.EXPLANATION)
# Nobody reports that there was no progress by a word or a stroke.
_NONE = re.compile(
    r"(?:暂时?|目前|目前暂)?(?:没有|无)(?:问题|困难|存在问题|存在困难|其他|特殊情况)?|none|nil|n/?a|[-—–－/／\s]+",
    re.IGNORECASE,
)
_STROKE = re.compile(r"[-—–－/／\s]+")
_ELSEWHERE = re.compile(r"同上|同前|同左|同右|见上|如上|ditto|as above|same as above", re.IGNORECASE)
_ENDS = " \t\n。.；;，,"
_NUMBERING = r"(?:[(（]?[一二三1-3][)）]?[、.．:：]?\s*)?"
_STEPS = re.compile(
    rf"(?:^|(?<=[\n。；;！!\s])){_NUMBERING}(?:下一?步|下一?阶段|下月|工作打算|整改措施|next steps?)"
    r"(?P<label>[^：:，,\n。；;]{0,12}[：:\n])?",
    re.IGNORECASE,
)
_PROBLEMS = re.compile(
    rf"{_NUMBERING}(?:目前)?(?:存在|主要)?的?(?:主要)?(?:困难|问题|不足|problems?|issues?)[^：:\n。；;]{{0,8}}[：:\n]",
    re.IGNORECASE,
)


def texts_of(row: LegacyRow) -> dict[str, LedgerCell]:
    """Field → its cell; a text of both problems and next steps is parted where it names the steps."""
    both = row.first(Meaning.DIFFICULTIES_AND_STEPS)
    found = dict(_parted(both)) if both else {}
    found |= {meaning: cell for meaning in TEXTS if (cell := row.first(meaning))}
    return {str(meaning): _told(meaning, cell) for meaning, cell in found.items()}


def _told(meaning: Meaning, cell: LedgerCell) -> LedgerCell:
    """The cell as it is meant: a word for none is none, and a word for another cell is asked about."""
    said = unicodedata.normalize("NFKC", plain(cell)).strip(_ENDS)
    if _ELSEWHERE.fullmatch(said) or (meaning is Meaning.PROGRESS and said and _STROKE.fullmatch(said)):
        return replace(cell, problem=Message("legacy.says_nothing", said=plain(cell)))
    if meaning is not Meaning.PROGRESS and _NONE.fullmatch(said):
        return replace(cell, value="", written=plain(cell))
    return cell


def _parted(cell: LedgerCell) -> Iterator[tuple[Meaning, LedgerCell]]:
    text = plain(cell)
    steps = _STEPS.search(text)
    if steps is None:
        yield Meaning.DIFFICULTIES, replace(cell, note=Message("legacy.not_parted"))
        return
    before = text[: steps.start()].strip()
    after = text[steps.end() if steps["label"] else steps.start() :].strip()
    if before:
        begins = _PROBLEMS.match(before)
        problems = before[begins.end() :].strip() if begins else before
        yield Meaning.DIFFICULTIES, replace(cell, value=problems, written=text)
    yield Meaning.NEXT_STEPS, replace(cell, value=after, written=text)
