"""Fonts, browser and office suite in one go: three times apt would read its lists three times.

What cannot be had here, the steps of `make test` look for again, each in its own way, and tell.
"""

from tests.e2e.install_browser import PACKAGES as BROWSER, installed_browser
from tests.support import fonts, office
from tests.support.packages import install


def missing() -> list[str]:
    """The system packages of whatever this machine lacks."""
    needed = (
        (fonts.has_chinese_font(), fonts.PACKAGES),
        (installed_browser(), BROWSER),
        (office.find_office(), office.PACKAGES),
    )
    return [package for found, packages in needed if not found for package in packages]


if __name__ == "__main__":
    packages = missing()
    print("installing", *packages) if packages else print("fonts, browser and office suite: found")
    if packages:
        install(*packages)
