"""Reading an .ods workbook into plain values; runs only in the limited process.

Rows and cells that are alike are written once and counted: how far they reach is checked before they are laid out.
"""

from collections.abc import Mapping
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

from tracking.documents.grids import Sheet
from tracking.documents.ods_cells import OdsCell
from tracking.documents.ods_styles import OdsStyles
from tracking.documents.ods_tables import OdsTable
from tracking.documents.workbook_limits import check_size
from tracking.documents.xml_parts import tree_of, walk
from tracking.messages import Message, Refusal

_CELLS = {"table-cell", "covered-table-cell"}
_LIST = "META-INF/manifest.xml"
_CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"


def read_ods(content: bytes) -> list[Sheet]:
    """Every sheet in order, hidden ones too. Raises `Refusal`."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_open(archive)
            reader = _Reader(_active(archive))
            for part in ("styles.xml", "content.xml"):
                if part in archive.namelist():
                    walk(archive.read(part), reader)
    except (ElementTree.ParseError, ExpatError, ValueError):
        raise Refusal(Message("upload.no_workbook")) from None
    return [table.sheet for table in reader.tables]


def _check_open(archive: ZipFile) -> None:
    """Refuse a workbook with a password, whose parts are no XML. Raises `Refusal`."""
    if _LIST in archive.namelist() and b"encryption-data" in archive.read(_LIST):
        raise Refusal(Message("upload.locked"))


def _active(archive: ZipFile) -> str:
    """The name of the sheet that is open, "" if that is not told."""
    if "settings.xml" not in archive.namelist():
        return ""
    items = tree_of(archive.read("settings.xml")).iter(f"{_CONFIG}config-item")
    return next((item.text or "" for item in items if item.get(f"{_CONFIG}name") == "ActiveTable"), "")


class _Reader:
    """The sheets of a workbook, as its tags are walked past."""

    def __init__(self, active: str) -> None:
        self._active, self._styles = active, OdsStyles()
        self.tables: list[OdsTable] = []
        self._cell: OdsCell | None = None
        self._inside = False

    def start(self, name: str, about: Mapping[str, str]) -> None:
        """An element begins."""
        if self._cell is not None:
            self._cell.start(name, about)
        elif name == "table":
            self.tables.append(OdsTable(about, self._styles, self._active))
            self._inside = True
        elif not self._inside:
            self._styles.start(name, about)
        elif name == "table-column":
            self.tables[-1].note_columns(about)
        elif name == "table-row":
            self.tables[-1].begin_row(about)
        elif name in _CELLS:
            self._cell = OdsCell(about, self._styles)

    def text(self, words: str) -> None:
        """What stands between two tags."""
        if self._cell is not None:
            self._cell.text(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _CELLS and self._cell is not None:
            self._cell.close()
            self.tables[-1].add(self._cell)
            self._cell = None
        elif self._cell is not None:
            self._cell.end(name)
        elif name == "table-row" and self._inside:
            self.tables[-1].end_row()
            check_size(sum(table.size for table in self.tables))
        elif name == "table":
            self._inside = False
