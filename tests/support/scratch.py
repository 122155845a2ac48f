"""Where tests write: in memory where there is room, since nothing has to last.

A fresh database a test is some hundred files; on a disk that costs more than the test itself.
"""

import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3


def work_in_memory() -> None:
    """Let every temporary file of this process and its children be there, unless somebody chose another place."""
    if "TMPDIR" in os.environ or not IN_MEMORY.is_dir() or not os.access(IN_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(IN_MEMORY).free >= ROOM:
        tempfile.tempdir = os.environ["TMPDIR"] = str(IN_MEMORY)
