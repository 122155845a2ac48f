"""Strict workbooks (ISO/IEC 29500), as some programs save them: the same parts under other names of their vocabularies."""

import re
from io import BytesIO
from zipfile import ZipFile

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = re.compile(re.escape(_STRICT) + rb"(\w+)/")
_COMMON = rb"http://schemas.openxmlformats.org/\1/2006/"
_XML = (".xml", ".rels")


def as_common(content: bytes) -> bytes:
    """A strict workbook under the names that every library knows; any other as it is."""
    with ZipFile(BytesIO(content)) as old:
        if _STRICT not in old.read("xl/workbook.xml"):
            return content
        out = BytesIO()
        with ZipFile(out, "w") as new:
            for entry in old.infolist():
                part = old.read(entry)
                named = entry.filename.endswith(_XML)
                new.writestr(entry, _NAMES.sub(_COMMON, part) if named else part)
    return out.getvalue()
