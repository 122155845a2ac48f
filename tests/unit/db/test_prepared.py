"""Files made beforehand: their maker's alone, for a day, and none where making one failed."""

import os
import time
from pathlib import Path

import pytest

from db.prepared import KEPT_SECONDS, prepare, prepared
from db.store import Store
from tests.support.factories import people
from tests.support.trail import refusal_of

pytestmark = pytest.mark.covers_postgresql

CAST = people()


def test_a_file_waits_for_its_maker_for_a_day(store: Store):
    ticket = prepare(store, CAST.officer, "台账.xlsx", iter([b"1", b"2"]))
    file = prepared(store, CAST.officer, ticket)
    assert (file.name, file.read_bytes()) == ("台账.xlsx", b"12")
    for by, asked in ((CAST.southerner, ticket), (CAST.officer, "../" + ticket), (CAST.officer, "x" * 22)):
        assert refusal_of(prepared, store, by, asked).messages[0].key == "store.not_found"
    _aged(file, 0)
    prepare(store, CAST.officer, "再.xlsx", iter([b""]))
    assert file.exists()
    _aged(file, KEPT_SECONDS + 60)
    prepare(store, CAST.officer, "又.xlsx", iter([b""]))
    assert not file.exists()


def _aged(file: Path, seconds: float) -> None:
    """As if made so long ago; the system would say it by its own clock."""
    made = time.time() - seconds
    os.utime(file.parent, (made, made))


def test_what_could_not_be_made_leaves_nothing(store: Store):
    def broken():
        yield b"1"
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        prepare(store, CAST.officer, "台账.xlsx", broken())
    assert list((store.settings.data_dir / "prepared").iterdir()) == []
