"""A wording that nothing says is not kept: every key of the catalogues is named by code, by a template or by a pattern."""

import ast
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from tests.support.finding import some
from tests.unit.structure import source
from tracking import vocabulary
from tracking.messages import catalogue
from tracking.vocabulary import Language

# A pattern says something only with a word of its own: `f"{name}.{part}"` would fit every key.
TELLING = re.compile(r"[a-z_]{3,}")
IN_TEMPLATES = re.compile(r"""["']([\w.]+)["']""")


def unused(keys: Iterable[str], trees: Iterable[ast.Module], templates: str = "") -> list[str]:
    """The keys that nobody names.

    A key made of a name and a closed word (`role.member`) is named by both: values of messages are worded by the name
    they are given under.
    """
    nodes = [node for tree in trees for node in ast.walk(tree)]
    words = {word for node in nodes for word in _words(node)} | set(IN_TEMPLATES.findall(templates))
    patterns = [re.compile(pattern) for node in nodes for pattern in _patterns(node)]
    endings = {ending for node in nodes for ending in _endings(node)}
    return [
        key
        for key in keys
        if key not in words
        and not set(key.split(".", 1)) <= words
        and not any(pattern.fullmatch(key) for pattern in patterns)
        and not any(key.endswith(ending) and key.removesuffix(ending) in words for ending in endings)
    ]


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.keyword | ast.arg):
        yield node.arg or ""


def _endings(node: ast.AST) -> Iterator[str]:
    """What is put behind a name that stands elsewhere: `_done` of `f"{several.name}_done"`."""
    if isinstance(node, ast.JoinedStr) and len(node.values) == 2 and isinstance(node.values[1], ast.Constant):
        yield str(node.values[1].value)


def _patterns(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values]
        if "." in "".join(parts) and TELLING.search("".join(parts)):
            yield "".join(re.escape(part) or ".+" for part in parts)
    elif isinstance(node, ast.Call) and source.name_of(node) == "startswith":
        names = [str(one.value) for one in node.args if isinstance(one, ast.Constant)]
        yield from (f"{re.escape(name)}.+" for name in names if name.endswith("."))


# Closed words are worded whether or not one is said today: any of them may stand in a message.
_CLOSED = {
    f"{re.sub('(?<!^)(?=[A-Z])', '_', kind.__name__).lower()}.{word}"
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    for word in kind
}


def test_every_message_is_said_somewhere():
    keys = catalogue(Language.ZH_CN)
    trees = [source.tree_of(path) for path in source.files(*source.PRODUCT)]
    templates = [
        path.read_text(encoding="utf-8") for path in some(source.ROOT.glob("server/templates/*.html"))
    ]
    assert (len(keys) > 3000, len(templates) > 3) == (True, True)
    assert unused(keys.keys() - _CLOSED, trees, "\n".join(templates)) == []


def test_a_planted_message_that_nobody_says_is_caught():
    code = 'translate("page.title")\nt(f"light.{light}")\nMessage("x", role=Role.MEMBER)\nMEMBER = "member"'
    code += '\n[key for key in english if key.startswith("widget.")]\ntranslate(f"{kind}.{word}")'
    code += '\nSeveral("review.accept")\ntranslate(f"{several.name}_done")'
    said = ["review.accept_done", "page.title", "light.red", "role.member", "widget.close", "sign_in.button"]
    keys = [*said, "page.foot", "lights.red", "role.leader"]
    found = unused(keys, [ast.parse(code)], '<button>{{ t("sign_in.button") }}</button>')
    assert found == ["page.foot", "lights.red", "role.leader"]
