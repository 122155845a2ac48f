"""The front end's files: small on the way, whole on arrival, kept by the browser for good."""

import gzip
from pathlib import Path

import brotli
import pytest

from server.middleware import streamlit_shelf
from server.static_files import PREFIX, Shelf, encoding_for
from tests.unit.server.conftest import Browser

SCRIPT = "/static/js/index.1a2b.js"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(
    ("name", "accepted", "encoding"),
    [
        ("a.js", "gzip, deflate, br, zstd", "br"),
        ("a.css", "gzip, deflate", "gzip"),
        ("a.js", "gzip;q=0.5", "gzip"),
        ("a.js", "deflate", ""),
        ("a.js", "", ""),
        ("a.woff2", "gzip, br", ""),
        ("a.png", "gzip, br", ""),
    ],
)
def test_text_is_sent_in_the_best_encoding_that_the_browser_takes(name, accepted, encoding):
    assert encoding_for(Path(name), accepted) == encoding


def test_what_arrives_is_what_lies_in_the_folder(visitor: Browser, static_folder: Path):
    for accepted in ("br", "gzip", "identity"):
        answer = visitor.ask("GET", SCRIPT, headers={"Accept-Encoding": accepted})
        assert answer.content == (static_folder / "js" / "index.1a2b.js").read_bytes()
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"


def test_a_file_is_compressed_once(static_folder: Path, monkeypatch: pytest.MonkeyPatch):
    shelf = Shelf(static_folder)
    packed = shelf.content(SCRIPT, "br")
    monkeypatch.setattr("server.static_files.pack", lambda *_: pytest.fail("it was compressed again"))
    assert shelf.content(SCRIPT, "br") is packed


def test_what_a_first_visit_loads_is_compressed_ahead(static_folder: Path, monkeypatch: pytest.MonkeyPatch):
    shelf = Shelf(static_folder)
    shelf.pack_ahead(f'<script src="{SCRIPT}"></script>')
    monkeypatch.setattr("server.static_files.pack", lambda *_: pytest.fail("it was not ready"))
    assert shelf.answer(SCRIPT, "br").body
    assert shelf.answer(SCRIPT, "gzip").body


def test_the_front_ends_start_is_a_third_of_its_size():
    shelf = streamlit_shelf()
    scripts = [
        address for address, path in shelf.files.items() if "PlotlyChart" in path.name or "/index." in address
    ]
    raw = sum(shelf.files[address].stat().st_size for address in scripts)
    for encoding in ("br", "gzip"):
        assert sum(len(shelf.content(address, encoding)) for address in scripts) < raw / 3
    assert all(address.startswith(PREFIX) for address in scripts)
