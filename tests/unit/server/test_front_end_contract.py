"""What our style sheets and scripts rely on in Streamlit's front end: its marks, its history, its words."""

import re
from functools import cache
from pathlib import Path

import pytest
from streamlit import file_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server import connections
from server.static_files import DRAWN_FIRST
from tests.support.finding import some
from tracking.messages import catalogue
from tracking.vocabulary import Language

ROOT = Path(__file__).parents[3]
PLACES = (ROOT / "pages" / "shared", ROOT / "server" / "assets")
# `data-testid="…"`, and `data-testid^="…"`, which names how one begins.
MARK = re.compile(r'data-testid(?P<begins>\^?)="?(?P<name>[\w-]+)')
# The other names of the framework, and of plotly, that are styled.
CLASS = re.compile(r"\.(?P<name>st[A-Z]\w+|modebar-container)\b")
# Each backtick may open one: the pairs cannot be told without reading the whole as code.
TEMPLATE = re.compile(r"`(?=([^`\\\n]{1,200})`)")
HOLE = re.compile(r"\$\{[^{}]{0,60}\}")
FILLED = "${}"
# Of one and of several, within a text that goes on.
PLURAL = re.compile(r"one:\(\)=>`([^`\n]*)`,other:\(\)=>`([^`\n]*)`\}\)\}([^`\n]*)`")
# What stands before the words in bold is an element of its own.
BOLD = "**Error**"


@cache
def bundle() -> str:
    """All scripts of the front end of the pinned Streamlit."""
    scripts = some(Path(file_util.get_static_dir()).rglob("*.js"), least=100)
    return "\n".join(path.read_text(encoding="utf-8") for path in scripts)


@cache
def texts() -> frozenset[str]:
    """The short texts of the bundle, those with something to fill in among them."""
    filled = HOLE.sub(FILLED, bundle())
    counted = {start + end for *starts, end in PLURAL.findall(filled) for start in starts}
    return frozenset({*TEMPLATE.findall(filled), *counted})


@cache
def templates() -> tuple[tuple[str, ...], ...]:
    """Of each text with something to fill in, what stands around that."""
    return tuple(tuple(text.split(FILLED)) for text in texts() if FILLED in text)


def ours(*endings: str) -> str:
    """Our style sheets, or scripts."""
    paths = [path for place in PLACES for path in some(place.iterdir()) if path.suffix in endings]
    return "\n".join(path.read_text(encoding="utf-8") for path in some(paths))


def is_marked(name: str, *, begins: bool = False) -> bool:
    """Whether the front end gives an element this mark; `stButton-primary` may be made of `stButton-${kind}`."""
    made = {parts[0] for parts in templates() if len(parts) == 2 and re.fullmatch(r"st\w+-", parts[0])}
    return (name in texts() and not begins) or any(name.startswith(head) for head in made)


def marks() -> list[tuple[str, bool]]:
    """Every mark our files name, and whether only its beginning is named."""
    found = MARK.finditer(ours(".css", ".js"))
    return sorted({(one["name"], bool(one["begins"])) for one in found})


@pytest.mark.parametrize(("name", "begins"), some(marks(), least=30))
def test_every_mark_we_name_is_one_of_the_front_end(name: str, begins: bool):
    assert is_marked(name, begins=begins)


def test_a_mark_it_does_not_have_is_caught():
    assert not is_marked("stColumnn")
    assert not is_marked("stBottonGroup-primary")
    assert MARK.findall('[data-testid="stMain"] [data-testid^="stBaseButton-p"]') == [
        ("", "stMain"),
        ("^", "stBaseButton-p"),
    ]


def test_every_class_we_style_is_one_of_the_front_end():
    assert [name for name in some(set(CLASS.findall(ours(".css")))) if name not in bundle()] == []
    assert "`st-key-`" in bundle() or "st-key-${" in bundle(), "a key becomes a class"


def test_the_front_end_writes_the_history_only_as_history_js_expects():
    """First the query under the old page, then the page: two calls, through the object that is replaced."""
    calls = re.findall(r"window\.history\.pushState\(([^)]*)\)", bundle())
    assert calls == ["{},``,n", "{},``,o"]
    assert bundle().index("window.history.pushState({},``,n)") < bundle().index("queryParams:t}),")


def test_the_navigation_is_the_list_that_roles_js_mends():
    (component,) = re.findall(r"\((\w+),\{\"data-testid\":`stSidebarNavItems`", bundle())
    assert re.search(rf"\b{component}=\w+\(`ul`", bundle())
    assert 'ul[data-testid="stSidebarNavItems"]' in ours(".js")


def words_of_widgets() -> dict[str, str]:
    """What `wording.js` replaces: every `widget.…`, its English wording what the front end writes."""
    english = catalogue(Language.EN)
    return {key: english[key] for key in english if key.startswith("widget.")}


def is_written(words: str) -> bool:
    """Whether the front end writes this: as it stands, in sentences, or as a text with something filled in."""
    if words.startswith(": "):
        return any(_makes(parts, BOLD + words) for parts in templates())
    return all(_piece_is_written(piece) for piece in re.split(r"(?<=\.)\s", words))


def _piece_is_written(piece: str) -> bool:
    exact = {piece, piece.removesuffix(".")} & texts()
    return bool(exact) or any(_makes(parts, piece) or _ends(parts, piece) for parts in templates())


def _ends(parts: tuple[str, ...], piece: str) -> bool:
    """Whether a sentence follows what is filled in."""
    return parts[-1].endswith(f". {piece}")


def _makes(parts: tuple[str, ...], piece: str) -> bool:
    """Whether filling something in between these parts gives these words, most of which are theirs."""
    if not piece.startswith(parts[0]) or not piece.endswith(parts[-1]):
        return False
    mostly = sum(map(len, parts)) * 2 > len(piece)
    return mostly and bool(re.fullmatch(".*".join(map(re.escape, parts)), piece))


@pytest.mark.parametrize("key", some(words_of_widgets(), least=20))
def test_every_word_we_replace_is_one_the_front_end_writes(key: str):
    assert is_written(words_of_widgets()[key])


def test_a_word_it_does_not_write_is_caught():
    assert not is_written("Open sidebar")
    assert not is_written("Limit #MB per file")
    assert is_written("View # more")


def test_a_text_is_sent_by_the_keys_that_typing_js_presses():
    """Enter in one line, with Ctrl in several, and never while a word is being composed."""
    assert re.search(r"n===`Enter`\|\|t===13\|\|t===10\)&&!e\.nativeEvent\.isComposing", bundle())
    assert re.search(r"!a\|\|o\.metaKey\|\|o\.ctrlKey;y\(o\)&&s&&\(o\.preventDefault\(\),n&&t\(\)", bundle())
    assert all(words in ours(".js") for words in ('key: "Enter"', 'ctrlKey: field.matches("textarea")'))


def test_a_reconnected_page_with_something_that_runs_now_and_then_runs_whole():
    condition = "this.state.fragmentIdsThisRun.length>0||this.autoRerunIntervals.size>0?"
    assert (
        f"{condition}(yA.info(`Requesting a script run.`),this.widgetMgr.sendUpdateWidgetsMessage(void 0)"
        in bundle()
    )


def test_the_front_end_opens_no_box_where_it_is_told_not_to():
    assert re.search(
        r"\{blockErrorDialogs:n\}=this\.state\.appConfig;n!==!0&&this\.openDialog\(e\)", bundle()
    )
    assert "this.showError(`Connection error`,e,BO.CONNECTION_ERROR)" in bundle()


def test_connection_js_reads_the_end_of_a_run_from_the_messages():
    field = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"]
    assert f"FINISHED = {field.number}, EARLY = {ForwardMsg.FINISHED_EARLY_FOR_RERUN};" in ours(".js")
    assert field.containing_oneof.name == "type"
    codes = (connections.SIGNED_OUT, connections.PASSWORD_FIRST, connections.STORE_AWAY)
    assert "SIGNED_OUT = {}, PASSWORD_FIRST = {}, STORE_AWAY = {};".format(*codes) in ours(".js")
    assert "`_stcore/stream`" in bundle()
    assert "new WebSocket(" in bundle()


def test_the_parts_that_are_compressed_ahead_are_there():
    names = [path.name for path in some(Path(file_util.get_static_dir()).rglob("*"))]
    assert [part for part in DRAWN_FIRST if not any(name.startswith(part) for name in names)] == []
