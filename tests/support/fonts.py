"""The Chinese fonts of the tests: found, and if need be installed; without them every picture shows boxes."""

import os
import shutil
import subprocess
import sys

from tests.support.packages import install

PACKAGES = ("fontconfig", "fonts-noto-cjk")


def has_chinese_font() -> bool:
    """Whether Chinese text would be drawn with glyphs of its own; True where nobody can tell."""
    if not shutil.which("fc-list"):
        return sys.platform != "linux"
    return bool(subprocess.check_output(["fc-list", ":lang=zh-cn", "family"]))


def needs_chinese_font() -> None:
    """For a test that cannot do without: skips it, under `CI` fails it."""
    import pytest

    if has_chinese_font():
        return
    if os.environ.get("CI"):
        pytest.fail(_MISSING)
    pytest.skip(_MISSING)


def main() -> int:
    """Install what is missing and may be installed; 1 only if CI would be left without."""
    found = has_chinese_font() or (install(*PACKAGES) and has_chinese_font())
    print("Chinese font: found" if found else _MISSING, file=sys.stdout if found else sys.stderr)
    return 1 if not found and os.environ.get("CI") else 0


_MISSING = f"NO CHINESE FONT: pictures will show boxes. Install {' '.join(PACKAGES)}"


if __name__ == "__main__":
    sys.exit(main())
