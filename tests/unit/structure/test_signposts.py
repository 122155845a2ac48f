"""What the pages for newcomers name is there: every noun in the table of nouns, every path in the tree."""

import re

from tests.support.finding import some
from tests.unit.structure import source

PAGES = (
    "README.md",
    "DEVELOPERS.md",
    *(f"docs/decisions/{path.name}" for path in some(source.ROOT.glob("docs/decisions/*.md"))),
)
PATH = re.compile(r"(?:dashboard\.py|(?:pages|server|db|tracking|tests|docs|sample_data)/[\w/.-]*)")


def named_paths(text: str) -> set[str]:
    """Paths named in backticks or links, without the placeholders of a pattern."""
    spans = re.findall(r"`([^`]+)`|\]\(([^)]+)\)", text)
    words = {word for span in spans for part in span for word in part.split()}
    return {word for word in words if PATH.fullmatch(word)}


def test_every_noun_of_db_stands_in_the_table():
    nouns = {path.relative_to(source.ROOT / "db").parts[0] for path in source.noun_files()} | {"seed"}
    table = re.findall(
        r"^\| \S+ \| (\w+) \|", (source.ROOT / "DEVELOPERS.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(nouns) > 30
    assert sorted(nouns) == sorted(set(table) - {"Noun"})


def test_every_path_that_is_named_exists():
    named = {page: named_paths((source.ROOT / page).read_text("utf-8")) for page in PAGES}
    assert sum(map(len, named.values())) > 100
    assert {page: gone for page, paths in named.items() if (gone := sorted(filter(_missing, paths)))} == {}


def test_a_planted_path_is_noticed():
    assert named_paths("see `db/nowhere.py` and [x](docs/gone.md), not `db/<noun>/`") == {
        "db/nowhere.py",
        "docs/gone.md",
    }
    assert _missing("db/nowhere.py")


def _missing(path: str) -> bool:
    return not (source.ROOT / path).exists()
