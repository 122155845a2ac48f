"""Nothing comes from another host, and what is installed is written down with its reason."""

import re

from tests.support.finding import some
from tests.unit.structure import source

SHIPPED = {".py", ".html", ".css", ".js", ".toml", ".svg"}
ADDRESS = re.compile(r"(?:https?|wss?)://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
# The first is this machine; the others are names of formats, which nobody asks for anything.
NAMES = {"127.0.0.1", "www.w3.org", "schemas.openxmlformats.org", "purl.oclc.org"}


def hosts_in(text: str) -> set[str]:
    """The hosts that addresses in a text name, names of formats left out."""
    return {found["host"].lower() for found in ADDRESS.finditer(text)} - NAMES


def test_the_product_names_no_other_host():
    places = [source.ROOT / place for place in (*source.PRODUCT, ".streamlit")]
    paths = [path for place in places for path in ([place] if place.is_file() else some(place.rglob("*")))]
    shipped = [path for path in paths if path.suffix in SHIPPED]
    assert {path.suffix for path in shipped} == SHIPPED, "each kind of file is looked at"
    found = {source.short(path): hosts_in(path.read_text(encoding="utf-8")) for path in shipped}
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


def test_a_planted_host_is_caught():
    assert hosts_in('<script src="https://cdn.example.org/x.js">') == {"cdn.example.org"}
    assert hosts_in('xmlns="http://www.w3.org/2000/svg" // a comment') == set()


def requirements() -> dict[str, str]:
    """Each runtime dependency and its reason."""
    lines = (source.ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("#") for line in lines if line and not line.startswith("#")]
    return {re.split(r"[\[>=]", needed.strip())[0]: reason.strip() for needed, _, reason in some(pairs)}


def test_every_dependency_has_its_reason():
    assert [name for name, reason in requirements().items() if not reason] == []
