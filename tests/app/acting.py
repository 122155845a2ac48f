"""What page tests do repeatedly: find a button, press it, read a page's words.

Buttons in dialogs are out of AppTest's reach: `confirmed` answers the question as its yes would.
"""

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button


def button(seen: AppTest, label: str) -> Button:
    """The button of this label, outside the navigation."""
    return next(found for found in seen.main.button if found.label == label)


def press(seen: AppTest, label: str) -> AppTest:
    """Press it."""
    return button(seen, label).click().run()


def confirmed(seen: AppTest, label: str) -> AppTest:
    """The page after the yes to what this button asks."""
    seen.session_state[f"{button(seen, label).key}_confirmed"] = True
    return seen.run()


def words(seen: AppTest) -> str:
    """Every text of the page."""
    shown = (*seen.main.markdown, *seen.main.caption, *seen.main.error, *seen.main.success)
    return "\n".join(str(element.value) for element in shown)
