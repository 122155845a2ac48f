"""The office suite for tests: found, installed if need be, and asked to convert files.

LibreOffice reads, recalculates and saves workbooks and prints documents, so that files are read which no library of
ours wrote, and pages are measured as they come out. Without it those tests are skipped, loudly; under `CI` that is
a failure.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.packages import install
from tests.support.patience import SECONDS

# The measuring of printed pages belongs to it.
PACKAGES = ("libreoffice-calc-nogui", "libreoffice-writer-nogui", "poppler-utils")
WORKBOOK, PRINTED = "xlsx:Calc MS Excel 2007 XML", "pdf"
_PARTS = ("libsclo.so", "libswlo.so")


def find_office() -> str | None:
    """The path of LibreOffice with both its workbooks and its documents, beside a `pdftotext`; None without."""
    found = shutil.which("soffice")
    whole = found and all(Path(found).resolve().with_name(part).exists() for part in _PARTS)
    return found if whole and shutil.which("pdftotext") else None


def needs_office() -> str:
    """The path of the suite for a test that cannot do without; skips it, under `CI` fails it."""
    import pytest

    found = find_office()
    if found is None and os.environ.get("CI"):
        pytest.fail(f"no office suite: install {' '.join(PACKAGES)}")
    if found is None:
        pytest.skip(f"NO OFFICE SUITE: install {' '.join(PACKAGES)}")
    return found


def converted(folder: Path, *sources: Path, to: str = WORKBOOK) -> list[Path]:
    """The files as the suite has opened, recalculated and saved them, in `folder`, in one start of it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [needs_office(), profile, "--headless", "--convert-to", to, "--outdir", str(folder), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return [folder / source.with_suffix(f".{to.partition(':')[0]}").name for source in sources]


def pages_of(pdf: Path) -> int:
    """How many pages were printed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def main() -> int:
    """Install what is missing and may be installed; 1 only if CI would be left without."""
    found = find_office() or (install(*PACKAGES) and find_office())
    print(f"office suite: {found}" if found else _MISSING, file=sys.stdout if found else sys.stderr)
    return 1 if not found and os.environ.get("CI") else 0


_MISSING = f"""
***************************************************************************
  NO OFFICE SUITE: tests of workbooks and printed pages will be SKIPPED.
  Install {" ".join(PACKAGES)}
***************************************************************************
"""


if __name__ == "__main__":
    sys.exit(main())
