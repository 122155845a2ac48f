"""Installing system packages for tests, where this account may."""

import os
import shutil
import subprocess
from functools import cache


def install(*packages: str) -> bool:
    """Through apt, nothing that is only recommended, as root or with a sudo that asks for no password; False where that is not possible."""
    as_root = _as_root()
    if as_root is None or not shutil.which("apt-get"):
        return False
    run(*as_root, "apt-get", "update", "-q")
    command = ("apt-get", "install", "-y", "-q", "--no-install-recommends")
    return run(*as_root, "env", "DEBIAN_FRONTEND=noninteractive", *command, *packages)


def run(*command: str) -> bool:
    """Whether the command ended well; what it prints is shown."""
    return subprocess.run(command, check=False).returncode == 0


@cache
def _as_root() -> tuple[str, ...] | None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ()
    return ("sudo", "-n") if shutil.which("sudo") and run("sudo", "-n", "true") else None
