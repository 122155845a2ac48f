"""The manual is right: what it names in 「」 stands on the pages, its pages and pictures are there, and it stays short."""

import re
from functools import cache

from tests.support.finding import some
from tests.unit.structure import source
from tracking.messages import catalogue
from tracking.vocabulary import Language

FOLDER = source.ROOT / "docs/manual"
LONGEST = 80
MOST_PICTURE_BYTES = 120 * 1024
NAMED = re.compile(r"「([^」]+)」")
LINKED = re.compile(r"\]\(([^)#]+)\)")
PLACEHOLDER = re.compile(r"\{\w+\}")
COUNT = re.compile(r"[（(]\{\w+\}[）)]$|\s+\{\w+\}$")


def pages() -> dict[str, str]:
    """The text of each page of the manual."""
    return {path.name: path.read_text(encoding="utf-8") for path in some(sorted(FOLDER.glob("*.md")))}


@cache
def wordings() -> tuple[frozenset[str], re.Pattern[str]]:
    """What pages say as it is, without the count behind it; and what has values within, these left open."""
    said = {COUNT.sub("", words) for words in catalogue(Language.ZH_CN).values()}
    parts = {words: PLACEHOLDER.split(words) for words in said}
    opened = [".+".join(map(re.escape, cut)) for cut in parts.values() if len(cut) > 1 and _tells(cut)]
    return frozenset(words for words, cut in parts.items() if len(cut) == 1), re.compile("|".join(opened))


def _tells(parts: list[str]) -> bool:
    """Whether a wording has words of its own, beside its values."""
    return max(map(len, parts)) > 1 and any(part.isalpha() for part in parts)


def is_worded(named: str) -> bool:
    """Whether a page says this, whatever count stands behind it."""
    exact, opened = wordings()
    return named in exact or opened.fullmatch(named) is not None


def test_every_word_the_manual_quotes_stands_on_a_page():
    named = {(page, words) for page, said in pages().items() for words in NAMED.findall(said)}
    assert len(named) > 100
    assert sorted(one for one in named if not is_worded(one[1])) == []


def test_a_word_that_no_page_says_is_noticed():
    assert is_worded("设立单位")
    assert is_worded("举措")
    assert not is_worded("设立一家单位")


def test_every_link_of_the_manual_leads_somewhere():
    led = {(page, to) for page, said in pages().items() for to in LINKED.findall(said)}
    assert sorted(one for one in led if not (FOLDER / one[1]).exists()) == []


def test_every_page_is_listed_and_short():
    said = pages()
    assert set(said) - {"README.md"} == set(LINKED.findall(said["README.md"]))
    assert {page: text.count("\n") for page, text in said.items() if text.count("\n") > LONGEST} == {}


def test_the_pictures_of_the_manual_are_small():
    pictures = some(sorted((source.ROOT / "docs/images").glob("manual_*.png")))
    assert [path.name for path in pictures if path.stat().st_size > MOST_PICTURE_BYTES] == []
