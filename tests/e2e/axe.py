"""Accessibility check of a page with axe-core, which ships with the tests."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.visits import drawn

SERIOUS = {"serious", "critical"}


def serious_faults(page: Page) -> list[str]:
    """Each serious fault as its rule and the first places it was found at; of what is drawn, not of what is fading."""
    if page.get_by_test_id("stApp").count():
        drawn(page)
    violations = Axe().run(page).response["violations"]
    return [_described(found) for found in violations if found["impact"] in SERIOUS]


def _described(violation: dict) -> str:
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']} at {places}"
