from io import BytesIO
from zipfile import ZipFile

import pytest

from tracking.evidence import (
    ADDRESS_LIMIT,
    LIMIT_MEGABYTES,
    LINK,
    MEDIA_TYPES,
    MOST_ENTRIES,
    NAME_LIMIT,
    checked_file,
    checked_link,
)
from tracking.messages import Refusal

PDF = b"%PDF-1.7 text"
PNG = b"\x89PNG\r\n\x1a\n data"


def archive(*names: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


def of_version(content: bytes, version: int) -> bytes:
    """An archive that asks for a reader of this version."""
    at = content.index(b"PK\x01\x02") + 6
    return content[:at] + bytes([version]) + content[at + 1 :]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0 data", "jpg"),
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_the_kind_is_told_by_the_content(content, kind):
    file = checked_file("佐证.exe", content)
    assert (file.name, file.media_type) == (f"佐证.{kind}", MEDIA_TYPES[kind])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "evidence.empty"),
        (b"MZ program", "evidence.other_kind"),
        (b"PK broken", "evidence.other_kind"),
        (archive("readme.txt"), "evidence.other_kind"),
        (of_version(archive("word/document.xml"), 200), "evidence.other_kind"),
        (b"PK\x01\x02" * (MOST_ENTRIES + 1), "evidence.other_kind"),
        (archive("word/document.xml", "word/vbaProject.bin"), "evidence.macros"),
        (PDF + bytes(LIMIT_MEGABYTES * 1024 * 1024), "evidence.too_large"),
    ],
)
def test_what_is_no_evidence_is_refused_in_one_sentence(content, message):
    with pytest.raises(Refusal) as refused:
        checked_file("佐证.pdf", content)
    assert [said.key for said in refused.value.messages] == [message]
    assert refused.value.fields == ("evidence",)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\etc/passwd.pdf", "passwd.pdf"),
        ("a b\u202e:c\x00.pdf", "a_b_c.pdf"),
        ("...", "pdf.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(given, kept):
    assert checked_file(given, PDF).name == kept


def test_a_page_is_kept_as_a_file_of_its_address():
    address = "https://example.invalid/公告?" + "a" * 200
    file = checked_link(f"  {address} ")
    assert (file.name, file.media_type, file.content) == (address[:NAME_LIMIT], LINK, address.encode())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "www.example.invalid",
        "http://",
        "https://[broken",
        "https://example.invalid/a b",
        "https://example.invalid/\u202ea",
        "https://example.invalid/" + "a" * ADDRESS_LIMIT,
    ],
)
def test_what_is_no_address_of_a_page_is_refused(address: str):
    with pytest.raises(Refusal) as refused:
        checked_link(address)
    assert [said.key for said in refused.value.messages] == ["evidence.no_address"]
