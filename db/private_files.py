"""The product's files are read by nobody but the account it runs as: 0600, and 0700 for folders."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from db.store import Store

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private() -> None:
    """Make everything this process and its children write private from now on; called once, at start."""
    os.umask(OTHERS)


def open_to_others(store: Store) -> list[Path]:
    """The parts of a store that other accounts can access: its folder, everything in it, its database."""
    return [path for path in _of_store(store) if _mode(path) & OTHERS]


def make_private(store: Store) -> None:
    """Make files private, including those written before this was enforced.

    Files owned by another account cannot be changed, and stay in `open_to_others`.
    """
    _close(open_to_others(store))


def make_folder_private(folder: Path) -> None:
    """The same for a folder that was copied: copies keep the modes of their originals."""
    _close(path for path in _with_all_below(folder) if _mode(path) & OTHERS)


def write_privately(file: Path) -> BinaryIO:
    """Open a file for writing that only its owner can read, also if it already exists."""
    opened = file.open("wb")
    if stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        os.fchmod(opened.fileno(), stat.S_IRUSR | stat.S_IWUSR)
    return opened


def _close(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(PermissionError, FileNotFoundError):
            path.chmod(_mode(path) & ~OTHERS)


def _of_store(store: Store) -> Iterator[Path]:
    folder = store.settings.data_dir
    yield from _with_all_below(folder)
    if store.engine.dialect.name == "sqlite":
        database = Path(str(store.engine.url.database))
        if folder.absolute() not in database.absolute().parents:
            yield from database.parent.glob(f"{database.name}*")


def _with_all_below(folder: Path) -> Iterator[Path]:
    if folder.exists():
        yield folder
        yield from (path for path in folder.rglob("*") if not path.is_symlink())


def _mode(path: Path) -> int:
    """The mode bits of a file, 0 if it has disappeared."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return 0
