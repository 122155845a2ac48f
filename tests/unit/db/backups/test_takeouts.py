"""Everything taken out loads back to an equal store, on either database and from one to the other."""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.audit.anchor import anchor, anchor_file
from db.audit.queries import verify_chain
from db.backups.dictionary import HEADERS
from db.backups.open_format import CSV, JSON_LINES, kind_of
from db.backups.take_in import take_in
from db.backups.take_out import CHECKSUMS, DICTIONARY, KIND, MANIFEST, NOTE, TABLES, take_out
from db.backups.takeouts import note_takeout
from db.officers.actions import create_post
from db.seed.rows import move_sequences
from db.store import Store
from db.tables import EXPORTED, Setting, metadata
from tests.conftest import lend
from tests.support.databases import Databases, PostgresDatabases, SqliteFiles
from tests.support.factories import NORTH, YEAR, at, people, small_country
from tests.support.table_rows import rows
from tests.support.templates import empty_store
from tests.support.trail import everything, last_event, refusal_of
from tracking.vocabulary import UpdateStatus

pytestmark = pytest.mark.covers_postgresql

NAME = "5e" * 32
# What an open format must not lose: formulas, backslashes, quotes, ends of lines, nothing against an empty text.
AWKWARD = ("=1+1", "\\N", "\\", '"a","b"', "一行\r\n二行\r三行\n", "", " 空格 ", "\ufeff", "null", "𠮷")


@pytest.fixture
def full(store: Store) -> Store:
    """One row of every table, awkward texts, a country with a trail, evidence and an anchor."""
    small = date(YEAR, 3, 20)
    with at(small):
        with store.upkeep() as session:
            for row in rows():
                if row.__tablename__ != "audit_event":
                    session.add(row)
                    session.flush()
            move_sequences(session)
            for number, value in enumerate(AWKWARD):
                session.add(Setting(key=f"awkward{number}", value=[value, {"值": value}]))
            for value in AWKWARD:
                row = (
                    metadata.tables["officer"].insert().values(authority_id=1, name=value, office_phone=value)
                )
                session.execute(row)
            session.add(Setting(key="nothing", value=None))
        with store.write(None) as tx:
            tx.audit("plant", tx.load(Setting, "nothing"), detail={"文字": list(AWKWARD), "number": 0.1})
        kept = store.settings.evidence_dir / NAME[:2] / NAME
        kept.parent.mkdir(parents=True)
        kept.write_bytes(b"%PDF-1.7 evidence")
        anchor(store)
        note_takeout(store, by=None)
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Iterator[Store]:
    """Another installation, empty, of either kind, with the key of the first."""
    if request.config.getoption("store") not in {"both", request.param}:
        pytest.skip("one kind of database was asked for")
    name = {"sqlite": "sqlite_files", "postgresql": "postgres_databases"}[request.param]
    kind: Databases = request.getfixturevalue(name)
    assert isinstance(kind, SqliteFiles | PostgresDatabases)
    other = kind.fresh(empty_store, tmp_path / "elsewhere")
    other.settings.audit_key = store.settings.first_chain_key().decode()
    yield from lend(kind, other)


@pytest.fixture
def blank(databases: Databases, store: Store, tmp_path: Path) -> Iterator[Store]:
    """The same, of the kind of the first."""
    other = databases.fresh(empty_store, tmp_path / "blank")
    other.settings.audit_key = store.settings.first_chain_key().decode()
    yield from lend(databases, other)


@pytest.mark.parametrize(("form", "name"), [(CSV, "everything"), (JSON_LINES, "everything.zip")])
def test_what_is_taken_out_loads_back_to_an_equal_store(
    full: Store, elsewhere: Store, tmp_path: Path, form: str, name: str
):
    taken = take_out(full, tmp_path / "away" / name)
    report = take_in(elsewhere, tmp_path / "away" / name, form=form)
    assert everything(elsewhere) == everything(full)
    assert (report.intact, report.events) == (True, taken.event_number)
    assert verify_chain(elsewhere).intact
    assert (elsewhere.settings.evidence_dir / NAME[:2] / NAME).read_bytes() == b"%PDF-1.7 evidence"
    assert anchor_file(elsewhere).read_text() == anchor_file(full).read_text()


def test_the_loaded_store_goes_on_where_the_other_stopped(full: Store, blank: Store, tmp_path: Path):
    take_out(full, tmp_path / "away")
    take_in(blank, tmp_path / "away")
    create_post(blank, by=people().officer, authority_id=NORTH, title="另一处长")
    assert verify_chain(blank).intact


def test_an_export_explains_itself_and_its_checksums_hold(full: Store, tmp_path: Path):
    folder = tmp_path / "away"
    take_out(full, folder)
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", CHECKSUMS],
        cwd=folder,
        check=False,
        capture_output=True,
    )
    assert checked.returncode == 0, checked.stderr
    assert (folder / NOTE).read_text(encoding="utf-8")
    said = (folder / DICTIONARY).read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(said)))
    assert tuple(lines[0]) == HEADERS
    told = {(line["table"], line["column"]) for line in lines if line["column"]}
    assert told == {(table.name, column.name) for table in EXPORTED for column in table.columns}
    assert all(line["meaning"] for line in lines if not line["column"])
    (status,) = [line for line in lines if (line["table"], line["column"]) == ("progress_update", "status")]
    assert status["words"].split() == [*UpdateStatus]


def test_a_text_stands_as_it_was_written(full: Store, tmp_path: Path):
    take_out(full, tmp_path / "away")
    written = (tmp_path / "away" / TABLES / "officer.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfid,authority_id,name")
    assert b",=1+1,=1+1,\\N\r\n" in written


def test_taking_everything_stands_in_the_trail_and_so_in_the_export(full: Store, tmp_path: Path):
    taken = take_out(full, tmp_path / "away")
    lines = (tmp_path / "away" / TABLES / "audit_event.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["action"] == last_event(full).action == "take_everything"
    assert taken.event_number == full.data_version()


def test_every_kind_of_column_has_its_way_of_writing():
    """A type that nobody thought of would be written as text, and might not come back as it was."""
    plain = {type(column.type) for table in EXPORTED for column in table.columns if kind_of(column) == "text"}
    assert {kind.__name__ for kind in plain} <= {"AutoString", "Text"}


def test_nothing_is_written_over(full: Store, tmp_path: Path):
    (tmp_path / "away").mkdir()
    take_out(full, tmp_path / "away")
    for place in (tmp_path / "away", tmp_path / "away" / MANIFEST):
        assert refusal_of(take_out, full, place).messages[0].key == "takeout.place_in_use"


@pytest.fixture
def taken(full: Store, tmp_path: Path) -> Path:
    """An export as a folder."""
    take_out(full, tmp_path / "away")
    return tmp_path / "away"


def key_of(store: Store, source: Path) -> str:
    return refusal_of(take_in, store, source).messages[0].key


def rewrite(folder: Path, **changed: object) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | changed))


def test_only_an_empty_store_is_loaded(full: Store, taken: Path):
    before = everything(full)
    assert key_of(full, taken) == "takeout.not_empty"
    assert everything(full) == before


def test_a_store_with_a_country_is_not_empty(blank: Store, taken: Path):
    small_country(blank)
    assert key_of(blank, taken) == "takeout.not_empty"


def test_what_is_no_export_is_refused(blank: Store, tmp_path: Path):
    (tmp_path / "some.zip").write_bytes(b"no archive")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("manifest.json", "[]")
    for source in (tmp_path / "some.zip", tmp_path / "other.zip", tmp_path, tmp_path / "nowhere"):
        assert key_of(blank, source) == "takeout.foreign"


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"kind": f"{KIND}-other"}, "takeout.foreign"),
        ({"format": 2}, "takeout.foreign"),
        ({"revision": "0001"}, "takeout.other_revision"),
        ({"key": "0" * 16}, "backup.other_key"),
        ({"made_at": "another day"}, "takeout.changed"),
    ],
)
def test_an_export_of_another_kind_or_key_is_refused(blank: Store, taken: Path, changed, key):
    rewrite(taken, **changed)
    assert key_of(blank, taken) == key


def _change(folder: Path) -> None:
    with (folder / TABLES / "officer.csv").open("a") as file:
        file.write("9,1,x,y\r\n")


def _add(folder: Path) -> None:
    (folder / "evidence" / "more").write_text("unlisted")


def _remove(folder: Path) -> None:
    (folder / TABLES / "officer.jsonl").unlink()


def _unlist(folder: Path) -> None:
    (folder / CHECKSUMS).unlink()


@pytest.mark.parametrize("damage", [_change, _add, _remove, _unlist])
def test_an_export_that_was_changed_is_refused_and_nothing_loaded(blank: Store, taken: Path, damage):
    before = everything(blank)
    damage(taken)
    assert key_of(blank, taken) == "takeout.changed"
    assert everything(blank) == before


def test_a_store_without_evidence_and_anchors_is_taken_out_as_well(
    store: Store, blank: Store, tmp_path: Path
):
    note_takeout(store, by=None)
    take_out(store, tmp_path / "away.zip")
    take_in(blank, tmp_path / "away.zip")
    assert everything(blank) == everything(store)
