"""Reading an uploaded table of any kind into plain values; runs only in the limited process.

See `tracking.documents.limited`. Each kind has a reader of its own; what they give is judged alike.
"""

from collections.abc import Callable, Mapping

from tracking.documents.containers import Container, container_of
from tracking.documents.csv_reading import read_csv
from tracking.documents.grids import Sheet
from tracking.documents.ods_reading import read_ods
from tracking.documents.workbook_limits import check_names, check_texts
from tracking.documents.xls_reading import read_xls
from tracking.documents.xlsx_reading import read_xlsx

_READERS: Mapping[Container, Callable[[bytes], list[Sheet]]] = {
    Container.XLSX: read_xlsx,
    Container.XLS: read_xls,
    Container.ODS: read_ods,
    Container.CSV: read_csv,
}


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet in order, hidden ones too. Raises `Refusal` if it cannot be read or exceeds the limits."""
    sheets = _READERS[container_of(content)](content)
    check_names([sheet.name for sheet in sheets])
    check_texts(sheets)
    return sheets
