"""Archives of workbooks: what is in them, under which names, and which are not opened."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.support.trail import refusal_of
from tracking.documents import archive_reading
from tracking.documents.archive_reading import MOST_FILES, files_again, packed_files, read_archive
from tracking.documents.workbook_process import DEEDS


def zipped(files: Mapping[str, bytes], how: int = 0) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_files_come_without_their_folders_and_without_what_systems_add():
    files = {"市/": b"", "市/甲.xlsx": b"1", "县\\乙.xlsx": b"2", "__MACOSX/丙.xlsx": b"3", "~$甲.xlsx": b"4"}
    assert read_archive(zipped(files)) == [("甲.xlsx", b"1"), ("乙.xlsx", b"2")]


def test_names_are_read_as_windows_writes_them_in_china():
    content = zipped({"XXXX.xlsx": b"1"}).replace(b"XXXX", "苏州".encode("gb18030"))
    assert read_archive(content) == [("苏州.xlsx", b"1")]


def test_files_cross_the_border_of_the_process_unchanged():
    files = [("甲.xlsx", b"a\nb"), ("乙.xlsx", b"")]
    assert list(files_again(packed_files(files))) == files
    assert list(files_again(DEEDS["unpack"](zipped(dict(files))))) == files


def _locked() -> bytes:
    content = bytearray(zipped({"a.xlsx": b"x"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + offset] |= 1
    return bytes(content)


def _spoilt() -> bytes:
    content = bytearray(zipped({"a.xlsx": b"x" * 99}, ZIP_DEFLATED))
    content[len("a.xlsx") + 30] ^= 0xFF
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"%PDF", "upload.no_archive"),
        (_spoilt(), "upload.no_archive"),
        (_locked(), "upload.archive_locked"),
        (zipped({f"{number}": b"" for number in range(MOST_FILES + 1)}), "upload.archive_too_many"),
    ],
)
def test_what_must_not_be_opened_says_why(content: bytes, key: str):
    assert refusal_of(read_archive, content).messages[0].key == key


def test_an_archive_that_says_it_is_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_reading, "MOST_UNPACKED", 5)
    assert refusal_of(read_archive, zipped({"a.xlsx": b"123456"})).messages[0].key == "upload.bomb"
