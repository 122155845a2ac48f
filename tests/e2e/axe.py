"""Accessibility check of a page with axe-core, which ships with the tests."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.visits import drawn

SERIOUS = {"serious", "critical"}
# Every element as its way down from the page or the sidebar: what a rule looks at, without words, places and drawn names.
_KINDS = """page => {
  const drawn = /stAppEmbeddingId-\\S+|\\btrace[0-9a-f]{6}\\b|-[0-9a-f]{24,}\\S*|"#.*?"/g;
  const says = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const given = element => [...element.attributes]
    .map(({name, value}) => /^(class|role|type|tabindex|scope|lang)$/.test(name) ? name + value.replace(drawn, '')
      : /^(aria-|alt|title|href|for|disabled|id$)/.test(name) ? name + !value : '')
    .sort();
  const painted = ({style}) => style ? [style.color, style.backgroundColor, style.fill.replace(drawn, '')] : [];
  const kinds = new Set();
  const walk = (element, above) => {
    const kind = [above, element.tagName, ...given(element), ...painted(element), says(element)].join(' ');
    kinds.add(kind);
    for (const child of element.children) walk(child, element.dataset.testid === 'stSidebar' ? '' : kind);
  };
  walk(document.body, page);
  return [...kinds];
}"""


class Looked:
    """What was looked at for its faults: much of a page is the same for whoever comes after."""

    def __init__(self) -> None:
        self._kinds: set[str] = set()

    def faults(self, page: Page, name: str) -> list[str]:
        """The serious faults of a page, looked for again only where something on it is of a kind not seen on it yet."""
        drawn(page)
        kinds = set(page.evaluate(_KINDS, name)) - self._kinds
        self._kinds |= kinds
        return serious_faults(page) if kinds else []


def serious_faults(page: Page) -> list[str]:
    """Each serious fault as its rule and the first places it was found at; of what is drawn, not of what is fading."""
    if page.get_by_test_id("stApp").count():
        drawn(page)
    violations = Axe().run(page).response["violations"]
    return [_described(found) for found in violations if found["impact"] in SERIOUS]


def _described(violation: dict) -> str:
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']} at {places}"
